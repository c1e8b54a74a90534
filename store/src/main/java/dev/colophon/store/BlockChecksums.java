package dev.colophon.store;

import java.util.zip.CRC32C;

/** A checksum for each block of some content, taken in one pass and compared in the next. */
final class BlockChecksums {
  private final int[] checksums;
  private int count = 0;

  BlockChecksums(long contentBytes) {
    checksums = new int[Math.toIntExact(contentBytes / Hashing.BLOCK_BYTES + 1)];
  }

  /** Takes the next block of the first pass. */
  void add(byte[] block, int length) {
    checksums[count++] = checksum(block, length);
  }

  /** Whether a block of a later pass is the same; a block of length 0 is the end. */
  boolean matches(int number, byte[] block, int length) {
    return length == 0
        ? number == count
        : number < count && checksums[number] == checksum(block, length);
  }

  private static int checksum(byte[] block, int length) {
    var crc = new CRC32C();
    crc.update(block, 0, length);
    return (int) crc.getValue();
  }
}
