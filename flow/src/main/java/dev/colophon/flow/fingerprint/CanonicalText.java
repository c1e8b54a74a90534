package dev.colophon.flow.fingerprint;

import dev.colophon.core.Digest;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Bytes from which a digest is made; different sequences of writes give different bytes. Numbers
 * may be put in later, and stretches left out. Confined to one thread.
 */
final class CanonicalText {
  private byte[] bytes = new byte[512];
  private int size;

  int size() {
    return size;
  }

  void u1(int value) {
    room(1);
    bytes[size++] = (byte) value;
  }

  void u4(int value) {
    room(4);
    put4(size, value);
    size += 4;
  }

  void u8(long value) {
    u4((int) (value >>> 32));
    u4((int) value);
  }

  /** Writes a number over four bytes that were written before. */
  void put4(int at, int value) {
    bytes[at] = (byte) (value >>> 24);
    bytes[at + 1] = (byte) (value >>> 16);
    bytes[at + 2] = (byte) (value >>> 8);
    bytes[at + 3] = (byte) value;
  }

  /** Any text, halves of characters included: a class file may hold them. */
  void text(String text) {
    int length = text.length();
    u4(length);
    room(3 * length);
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        bytes[size++] = (byte) c;
      } else {
        bytes[size++] = (byte) (0x80 | (c >>> 12));
        bytes[size++] = (byte) (0x80 | ((c >>> 6) & 0x3f));
        bytes[size++] = (byte) (0x80 | (c & 0x3f));
      }
    }
  }

  void digest(Digest digest) {
    var hex = digest.hex();
    room(hex.length());
    for (int i = 0; i < hex.length(); i++) {
      bytes[size++] = (byte) hex.charAt(i);
    }
  }

  byte[] copy() {
    return Arrays.copyOf(bytes, size);
  }

  void raw(byte[] more) {
    room(more.length);
    System.arraycopy(more, 0, bytes, size, more.length);
    size += more.length;
  }

  Digest digest() {
    MessageDigest sha = Digest.sha256();
    sha.update(bytes, 0, size);
    return Digest.ofBytes(sha.digest());
  }

  /**
   * Leaves out a stretch.
   *
   * @param to exclusive
   */
  void cut(int from, int to) {
    System.arraycopy(bytes, to, bytes, from, size - to);
    size -= to - from;
  }

  private void room(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
    }
  }
}
