package dev.colophon.benchmarks;

import dev.colophon.core.Artifact;
import dev.colophon.core.ArtifactStore;
import dev.colophon.core.Digest;
import dev.colophon.flow.codec.Codecs;
import dev.colophon.flow.codec.Contents;
import dev.colophon.store.LocalStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * How fast an array of random doubles is saved, durably, and loaded, verified, in a warm process:
 * the way a step's value goes through codec and store. Prints one JSON document with the speeds in
 * millions of bytes a second.
 */
public final class ArraySpeed {
  private static final int LENGTH = 25_000_000;
  private static final int WARM_UP = 3;

  private ArraySpeed() {}

  /**
   * Measures.
   *
   * @param arguments an empty folder for the store, and how often to measure
   */
  public static void main(String[] arguments) throws IOException {
    var folder = Path.of(arguments[0]);
    int times = Integer.parseInt(arguments[1]);
    var scratch = Files.createDirectories(folder.resolve("scratch"));
    List<Double> saved = new ArrayList<>();
    List<Double> loaded = new ArrayList<>();
    var codecs = new Codecs();
    try (var store = new LocalStore(folder.resolve("store"), UUID::randomUUID)) {
      var contents = new Stores(store);
      for (int i = 0; i < WARM_UP + times; i++) {
        double[] numbers = new SplittableRandom(i).doubles(LENGTH).toArray();
        long start = System.nanoTime();
        var stored = codecs.encode(double[].class, numbers, contents);
        store.sync();
        long middle = System.nanoTime();
        Object again = codecs.decode(double[].class, stored, contents, scratch);
        long end = System.nanoTime();
        if (!(again instanceof double[] same) || !Arrays.equals(numbers, same)) {
          throw new IllegalStateException("array %d came back changed".formatted(i));
        }
        if (i >= WARM_UP) {
          saved.add(megabytesPerSecond(middle - start));
          loaded.add(megabytesPerSecond(end - middle));
        }
      }
    }
    System.out.printf("{\"save\": %s, \"load\": %s}%n", saved, loaded);
  }

  private static double megabytesPerSecond(long nanos) {
    return 8.0 * LENGTH * 1e3 / nanos;
  }

  /** All content in the store, as content of this size is. */
  private record Stores(ArtifactStore store) implements Contents {
    @Override
    public Artifact.Blob put(ArtifactStore.Writer writer) throws IOException {
      return store.put(writer);
    }

    @Override
    public Artifact.Blob putFile(Path file) throws IOException {
      return store.putFile(file);
    }

    @Override
    public InputStream open(Digest digest) {
      return store.open(digest);
    }

    @Override
    public void copyTo(Digest digest, Path file) {
      store.copyTo(digest, file);
    }
  }
}
