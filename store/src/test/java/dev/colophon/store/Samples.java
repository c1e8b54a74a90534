package dev.colophon.store;

import dev.colophon.core.ArtifactStore;
import dev.colophon.core.Digest;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Random;

/** Content to keep, and ways to damage what was kept. */
final class Samples {
  /** Lengths that are kept in memory, streamed, and read in two passes. */
  static final int SHORT = 3_000;

  static final int STREAMED = 2_000_000;
  static final int LONG = 9_000_000;

  private Samples() {}

  /** Bytes that can't be compressed, the same for the same seed. */
  static byte[] noise(int seed, int size) {
    var bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  /** Bytes that compress well, the same for the same seed. */
  static byte[] text(int seed, int size) {
    var random = new Random(seed);
    var bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) ('a' + (i % 8 == 0 ? random.nextInt(26) : i % 13));
    }
    return bytes;
  }

  static byte[] read(ArtifactStore store, byte[] content) throws IOException {
    try (var in = store.open(Digest.of(content))) {
      return in.readAllBytes();
    }
  }

  static void flip(Path file, long at) throws IOException {
    try (var medium = new RandomAccessFile(file.toFile(), "rw")) {
      medium.seek(at);
      int found = medium.read();
      medium.seek(at);
      medium.write(found ^ 0x10);
    }
  }
}
