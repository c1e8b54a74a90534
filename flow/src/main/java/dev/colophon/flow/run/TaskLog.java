package dev.colophon.flow.run;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * What a task printed, bounded: of a long log the head and the tail are kept, with a marker between
 * them that says how much is missing. Thread-safe.
 */
final class TaskLog {
  /** How much of the beginning, and of the end, is kept, in bytes. */
  static final int KEPT_BYTES = 512 * 1024;

  private final ByteArrayOutputStream head = new ByteArrayOutputStream();
  private byte[] tail = new byte[0];
  private long writtenBytes;

  synchronized void append(byte[] bytes, int offset, int length) {
    int toHead = Math.min(length, KEPT_BYTES - head.size());
    if (toHead > 0) {
      head.write(bytes, offset, toHead);
    }
    for (int i = Math.max(0, toHead); i < length; i++) {
      if (tail.length == 0) {
        tail = new byte[KEPT_BYTES];
      }
      tail[(int) ((writtenBytes + i - KEPT_BYTES) % KEPT_BYTES)] = bytes[offset + i];
    }
    writtenBytes += length;
  }

  synchronized long writtenBytes() {
    return writtenBytes;
  }

  /** The text as UTF-8. */
  synchronized byte[] content() {
    long beyond = writtenBytes - head.size();
    if (beyond == 0) {
      return head.toByteArray();
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(head.toByteArray());
    long lost = Math.max(0, beyond - KEPT_BYTES);
    if (lost > 0) {
      all.writeBytes("\n… %,d bytes left out …\n".formatted(lost).getBytes(StandardCharsets.UTF_8));
    }
    int kept = (int) Math.min(beyond, KEPT_BYTES);
    int start = (int) ((beyond - kept) % KEPT_BYTES);
    all.write(tail, start, Math.min(kept, KEPT_BYTES - start));
    all.write(tail, 0, kept - Math.min(kept, KEPT_BYTES - start));
    return all.toByteArray();
  }
}
