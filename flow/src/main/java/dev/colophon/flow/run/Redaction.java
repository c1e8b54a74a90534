package dev.colophon.flow.run;

import dev.colophon.flow.SecretValue;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Takes secrets out of one stream of bytes, wherever the pieces in which it comes are cut: bytes
 * that may turn out to be the beginning of a secret are held back until they are told. Not
 * thread-safe.
 */
final class Redaction {
  /** Where the bytes go. */
  interface Target {
    void write(byte[] bytes, int offset, int length);
  }

  private static final byte[] HIDDEN = SecretValue.HIDDEN.getBytes(StandardCharsets.UTF_8);

  private final List<byte[]> secrets;
  private final boolean[] first = new boolean[256];
  private byte[] held = new byte[0];

  /**
   * @param secrets as bytes, none of them empty
   */
  Redaction(List<byte[]> secrets) {
    this.secrets = secrets;
    secrets.forEach(secret -> first[secret[0] & 0xff] = true);
  }

  /** Takes more of the stream, and hands on what is certain. */
  void next(byte[] bytes, int offset, int length, Target target) {
    if (secrets.isEmpty()) {
      target.write(bytes, offset, length);
      return;
    }
    byte[] all = new byte[held.length + length];
    System.arraycopy(held, 0, all, 0, held.length);
    System.arraycopy(bytes, offset, all, held.length, length);
    held = new byte[0];
    pass(all, false, target);
  }

  /** Nothing follows: hands on what was held back. */
  void end(Target target) {
    byte[] rest = held;
    held = new byte[0];
    pass(rest, true, target);
  }

  private void pass(byte[] all, boolean last, Target target) {
    ByteArrayOutputStream clean = new ByteArrayOutputStream(all.length);
    int at = 0;
    while (at < all.length) {
      if (!first[all[at] & 0xff]) {
        clean.write(all[at++]);
      } else if (!last && mayGoOn(all, at)) {
        held = Arrays.copyOfRange(all, at, all.length);
        break;
      } else {
        int hidden = longest(all, at);
        if (hidden == 0) {
          clean.write(all[at++]);
        } else {
          clean.writeBytes(HIDDEN);
          at += hidden;
        }
      }
    }
    if (clean.size() > 0) {
      target.write(clean.toByteArray(), 0, clean.size());
    }
  }

  /** Whether all bytes from here on are the beginning of a longer secret. */
  private boolean mayGoOn(byte[] all, int at) {
    int rest = all.length - at;
    return secrets.stream()
        .anyMatch(
            secret -> secret.length > rest && Arrays.equals(all, at, all.length, secret, 0, rest));
  }

  private int longest(byte[] all, int at) {
    int longest = 0;
    for (byte[] secret : secrets) {
      if (secret.length > longest
          && at + secret.length <= all.length
          && Arrays.equals(all, at, at + secret.length, secret, 0, secret.length)) {
        longest = secret.length;
      }
    }
    return longest;
  }
}
