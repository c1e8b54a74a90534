package dev.colophon.store;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Reads what a pack itself says it holds. Where no whole entry begins, because a crash or damage
 * left something else there, the next one is looked for byte by byte.
 */
final class PackScan {
  private static final int WINDOW_BYTES = 1 << 16;

  private PackScan() {}

  /** All entries of a pack, in order, as their headers tell them: their content may be damaged. */
  static List<Entry> entries(UUID pack, Path file) throws IOException {
    List<Entry> found = new ArrayList<>();
    try (var in = new RandomAccessFile(file.toFile(), "r")) {
      long size = in.length();
      long at = 0;
      while (size - at >= Entry.HEADER_BYTES) {
        var entry = headerAt(in, pack, at, size);
        if (entry.isPresent()) {
          found.add(entry.get());
          at = entry.get().end();
        } else {
          at = nextMagic(in, at + 1, size);
        }
      }
    }
    return found;
  }

  private static Optional<Entry> headerAt(RandomAccessFile in, UUID pack, long at, long size)
      throws IOException {
    var header = new byte[Entry.HEADER_BYTES];
    in.seek(at);
    in.readFully(header);
    return Entry.parseHeader(header, 0, pack, at)
        .filter(entry -> entry.storedBytes() >= 0 && entry.storedBytes() <= size - entry.from());
  }

  /** Offset of the next thing that looks like a header, or the end. */
  private static long nextMagic(RandomAccessFile in, long from, long size) throws IOException {
    var window = new byte[WINDOW_BYTES];
    for (long at = from; size - at >= Entry.HEADER_BYTES; at += WINDOW_BYTES - Long.BYTES + 1) {
      in.seek(at);
      int length = in.read(window, 0, (int) Math.min(WINDOW_BYTES, size - at));
      var buffer = ByteBuffer.wrap(window);
      for (int i = 0; i + Long.BYTES <= length; i++) {
        if (buffer.getLong(i) == Entry.HEADER_MAGIC) {
          return at + i;
        }
      }
    }
    return size;
  }
}
