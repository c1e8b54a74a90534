package dev.colophon.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** What tests do with a store in a process of their own, to kill it or to bound its memory. */
final class OtherProcess {
  /** A little more than an int can count. */
  static final long HUGE_BYTES = (1L << 31) + 12_345;

  private OtherProcess() {}

  /** Starts {@link #main}. Its output and errors are one stream. */
  static Process start(List<String> options, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-cp");
    command.add(System.getProperty("java.class.path", ""));
    command.add(OtherProcess.class.getName());
    Collections.addAll(command, arguments);
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  public static void main(String[] arguments) throws IOException {
    var root = Path.of(arguments[1]);
    switch (arguments[0]) {
      case "forever" -> putForever(root, Integer.parseInt(arguments[2]));
      case "huge" -> putHuge(root);
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  /** Prints the seed of each content once it is synced; {@link #content} makes it again. */
  private static void putForever(Path root, int firstSeed) throws IOException {
    try (var store = new LocalStore(root, UUID::randomUUID)) {
      for (int seed = firstSeed; ; seed += 3) {
        for (int i = 0; i < 3; i++) {
          store.put(content(seed + i));
        }
        store.sync();
        System.out.println(seed + "\n" + (seed + 1) + "\n" + (seed + 2));
      }
    }
  }

  static byte[] content(int seed) {
    int size = new Random(seed).nextInt(seed % 5 == 0 ? 3_000_000 : 20_000);
    return seed % 2 == 0 ? Samples.noise(seed, size) : Samples.text(seed, size);
  }

  private static void putHuge(Path root) throws IOException {
    try (var store = new LocalStore(root, UUID::randomUUID)) {
      var blob = store.put(OtherProcess::writeHuge);
      store.sync();
      long length = 0;
      var buffer = new byte[1 << 16];
      try (var in = store.open(blob.digest())) {
        for (int some = in.read(buffer); some >= 0; some = in.read(buffer)) {
          length += some;
        }
      }
      store.copyTo(blob.digest(), root.resolve("copy"));
      System.out.println(length + " " + Files.size(root.resolve("copy")));
    }
  }

  private static void writeHuge(OutputStream out) throws IOException {
    var block = Samples.noise(1, 1_000_003);
    for (long left = HUGE_BYTES; left > 0; left -= block.length) {
      block[0]++;
      out.write(block, 0, (int) Math.min(block.length, left));
    }
  }
}
