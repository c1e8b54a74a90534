package dev.colophon.flow.fingerprint;

import dev.colophon.core.Digest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** A small binary form: numbers of few bytes, and each text once. */
final class Bytes {
  private static final int DIGEST_BYTES = 32;

  private Bytes() {}

  /** Writes. Confined to one thread. */
  static final class Out {
    private byte[] bytes = new byte[1024];
    private int size;
    private final Map<String, Integer> texts = new HashMap<>();

    /** Any int; small ones that are not negative take a byte. */
    void number(int value) {
      int left = value;
      while ((left & ~0x7f) != 0) {
        u1((left & 0x7f) | 0x80);
        left >>>= 7;
      }
      u1(left);
    }

    void flag(boolean value) {
      u1(value ? 1 : 0);
    }

    private void u1(int value) {
      room(1);
      bytes[size++] = (byte) value;
    }

    void text(String text) {
      var known = texts.putIfAbsent(text, texts.size());
      if (known != null) {
        number(known + 1);
        return;
      }
      number(0);
      byte[] content = text.getBytes(StandardCharsets.UTF_8);
      number(content.length);
      raw(content);
    }

    void digest(Digest digest) {
      raw(digest.bytes());
    }

    void bytes(byte[] content) {
      number(content.length);
      raw(content);
    }

    private void raw(byte[] content) {
      room(content.length);
      System.arraycopy(content, 0, bytes, size, content.length);
      size += content.length;
    }

    <T> void list(List<T> items, BiConsumer<Out, T> writer) {
      number(items.size());
      items.forEach(item -> writer.accept(this, item));
    }

    byte[] copy() {
      return Arrays.copyOf(bytes, size);
    }

    private void room(int more) {
      if (size + more > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
      }
    }
  }

  /**
   * Reads what an {@link Out} wrote. Confined to one thread.
   *
   * <p>What was not so written ends in an {@link IndexOutOfBoundsException} or an {@link
   * IllegalArgumentException}.
   */
  static final class In {
    private final byte[] bytes;
    private int at;
    private final List<String> texts = new ArrayList<>();

    In(byte[] bytes, int from) {
      this.bytes = bytes;
      this.at = from;
    }

    int number() {
      int value = 0;
      for (int shift = 0; ; shift += 7) {
        int next = bytes[at++];
        value |= (next & 0x7f) << shift;
        if (next >= 0) {
          return value;
        }
      }
    }

    boolean flag() {
      return bytes[at++] != 0;
    }

    String text() {
      int known = number();
      if (known > 0) {
        return texts.get(known - 1);
      }
      int length = number();
      var text = new String(bytes, at, length, StandardCharsets.UTF_8);
      at += length;
      texts.add(text);
      return text;
    }

    Digest digest() {
      var digest = Digest.ofBytes(Arrays.copyOfRange(bytes, at, at + DIGEST_BYTES));
      at += DIGEST_BYTES;
      return digest;
    }

    byte[] bytes() {
      int length = number();
      at += length;
      return Arrays.copyOfRange(bytes, at - length, at);
    }

    <T> List<T> list(Function<In, T> reader) {
      int size = number();
      List<T> items = new ArrayList<>(Math.min(size, bytes.length));
      for (int i = 0; i < size; i++) {
        items.add(reader.apply(this));
      }
      return items;
    }
  }
}
