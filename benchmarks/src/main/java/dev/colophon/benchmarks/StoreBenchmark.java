package dev.colophon.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import dev.colophon.core.Artifact;
import dev.colophon.core.Digest;
import dev.colophon.store.LocalStore;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * How fast the local store keeps and hands out a 200 MB array, many small things, and how long
 * opening takes. Prints medians; the first argument is a folder on the disk to measure.
 */
public final class StoreBenchmark {
  private static final int ARRAY_BYTES = 200_000_000;
  private static final int SMALL_THINGS = 20_000;
  private static final int SMALL_BYTES = 2_000;
  private static final int REPEATS = 7;

  private StoreBenchmark() {}

  public static void main(String[] arguments) throws IOException {
    var folder = Files.createTempDirectory(Path.of(arguments[0]), "store-benchmark");
    try {
      for (Map.Entry<String, Supplier<byte[]>> kind : kinds().entrySet()) {
        array(folder, kind.getKey(), kind.getValue().get());
      }
      small(folder);
      opening(folder);
    } finally {
      remove(folder);
    }
  }

  private static Map<String, Supplier<byte[]>> kinds() {
    Map<String, Supplier<byte[]>> kinds = new LinkedHashMap<>();
    kinds.put("random bytes", StoreBenchmark::noise);
    kinds.put("normal doubles", StoreBenchmark::doubles);
    kinds.put("counting longs", StoreBenchmark::counting);
    kinds.put("csv text", StoreBenchmark::csv);
    return kinds;
  }

  private static void array(Path folder, String kind, byte[] array) throws IOException {
    var save = new Speeds();
    var open = new Speeds();
    var copy = new Speeds();
    long kept = 0;
    for (int i = 0; i < REPEATS; i++) {
      var root = folder.resolve("array");
      try (var store = new LocalStore(root, UUID::randomUUID)) {
        save.begin();
        Artifact.Blob blob = store.put(out -> out.write(array));
        store.sync();
        save.end(i);
        open.begin();
        try (InputStream in = store.open(blob.digest())) {
          drain(in);
        }
        open.end(i);
        var file = folder.resolve("copy");
        copy.begin();
        store.copyTo(blob.digest(), file);
        copy.end(i);
        Files.delete(file);
      }
      kept = size(root);
      remove(root);
    }
    System.out.printf(
        "200 MB of %-14s  kept in %3.0f %%  save %s  open %s  copyTo %s%n",
        kind, 100.0 * kept / ARRAY_BYTES, save, open, copy);
  }

  private static void small(Path folder) throws IOException {
    var save = new double[REPEATS];
    var open = new double[REPEATS];
    long files = 0;
    for (int i = 0; i < REPEATS; i++) {
      var root = folder.resolve("small");
      var random = new Random(i);
      var blobs = new Artifact.Blob[SMALL_THINGS];
      var content = new byte[SMALL_BYTES];
      try (var store = new LocalStore(root, UUID::randomUUID)) {
        long start = System.nanoTime();
        for (int thing = 0; thing < SMALL_THINGS; thing++) {
          random.nextBytes(content);
          blobs[thing] = store.put(content);
        }
        store.sync();
        save[i] = seconds(start);
      }
      try (var store = new LocalStore(root, UUID::randomUUID)) {
        long start = System.nanoTime();
        for (Artifact.Blob blob : blobs) {
          try (InputStream in = store.open(blob.digest())) {
            drain(in);
          }
        }
        open[i] = seconds(start);
      }
      try (var all = Files.walk(root)) {
        files = all.filter(Files::isRegularFile).count();
      }
      if (i < REPEATS - 1) {
        remove(root);
      }
    }
    System.out.printf(
        "%,d things of %,d bytes  save %.3f s  open %.3f s  in %d files%n",
        SMALL_THINGS, SMALL_BYTES, median(save), median(open), files);
  }

  /** Expects the small things to be there still. */
  private static void opening(Path folder) throws IOException {
    var nothing = new double[REPEATS];
    var one = new double[REPEATS];
    var digest = Digest.of("never put");
    for (int i = 0; i < REPEATS; i++) {
      long start = System.nanoTime();
      try (var store = new LocalStore(folder.resolve("small"), UUID::randomUUID)) {
        nothing[i] = seconds(start);
        store.missing(List.of(digest));
        one[i] = seconds(start);
      }
    }
    System.out.printf(
        "open a store %.2f ms (first in this process %.2f ms), and ask it for one of %,d things"
            + " %.2f ms%n",
        1e3 * median(nothing), 1e3 * nothing[0], SMALL_THINGS, 1e3 * median(one));
  }

  private static byte[] noise() {
    var bytes = new byte[ARRAY_BYTES];
    new Random(1).nextBytes(bytes);
    return bytes;
  }

  private static byte[] doubles() {
    var random = new Random(2);
    var buffer = ByteBuffer.allocate(ARRAY_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      buffer.putDouble(random.nextGaussian());
    }
    return buffer.array();
  }

  private static byte[] counting() {
    var buffer = ByteBuffer.allocate(ARRAY_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (long i = 0; buffer.hasRemaining(); i++) {
      buffer.putLong(i);
    }
    return buffer.array();
  }

  private static byte[] csv() {
    var random = new Random(3);
    var bytes = new byte[ARRAY_BYTES];
    int at = 0;
    for (int i = 0; at < bytes.length; i++) {
      var line =
          "%d,%d,UA,%f,2013-01-%d\n"
              .formatted(i, random.nextInt(1000), random.nextFloat(), 1 + i % 31)
              .getBytes(StandardCharsets.US_ASCII);
      int length = Math.min(line.length, bytes.length - at);
      System.arraycopy(line, 0, bytes, at, length);
      at += length;
    }
    return bytes;
  }

  private static void drain(InputStream in) throws IOException {
    var buffer = new byte[1 << 16];
    while (in.read(buffer) >= 0) {
      Arrays.fill(buffer, 0, 1, (byte) 0);
    }
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private static double median(double[] values) {
    var sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static long size(Path folder) throws IOException {
    long size = 0;
    try (var all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        size += Files.size(file);
      }
    }
    return size;
  }

  private static void remove(Path folder) throws IOException {
    try (var all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /** Wall and processor time of what is done with an array, over the repeats. */
  private static final class Speeds {
    private final OperatingSystemMXBean system =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private final double[] wall = new double[REPEATS];
    private final double[] processor = new double[REPEATS];
    private long wallStart = 0;
    private long processorStart = 0;

    void begin() {
      wallStart = System.nanoTime();
      processorStart = system.getProcessCpuTime();
    }

    void end(int repeat) {
      wall[repeat] = seconds(wallStart);
      processor[repeat] = (system.getProcessCpuTime() - processorStart) / 1e9;
    }

    @Override
    public String toString() {
      return "%5.0f MB/s (%4.0f MB a CPU-second)"
          .formatted(ARRAY_BYTES / 1e6 / median(wall), ARRAY_BYTES / 1e6 / median(processor));
    }
  }
}
