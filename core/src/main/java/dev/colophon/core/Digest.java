package dev.colophon.core;

import dev.colophon.core.error.ColophonException.Invalid;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 of some content: equal content has an equal digest on every machine.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record Digest(String hex) implements Comparable<Digest> {
  private static final int HEX_DIGITS = 64;
  private static final String PREFIX = "sha256:";

  public Digest {
    if (!isHex(hex)) {
      throw new Invalid("digest \"%s\": expected 64 lower-case hexadecimal digits".formatted(hex));
    }
  }

  /** A loop, not a pattern: a snapshot reads thousands of digests while the JVM is still cold. */
  private static boolean isHex(String text) {
    if (text.length() != HEX_DIGITS) {
      return false;
    }
    for (int i = 0; i < HEX_DIGITS; i++) {
      char digit = text.charAt(i);
      if ((digit < '0' || digit > '9') && (digit < 'a' || digit > 'f')) {
        return false;
      }
    }
    return true;
  }

  /** Digest whose 32 bytes were computed by a {@link #sha256()}. */
  public static Digest ofBytes(byte[] sha256) {
    return new Digest(HexFormat.of().formatHex(sha256));
  }

  /** Digest of the given content. */
  public static Digest of(byte[] content) {
    return ofBytes(sha256().digest(content));
  }

  /** Digest of the UTF-8 form of a text. */
  public static Digest of(String content) {
    return of(content.getBytes(StandardCharsets.UTF_8));
  }

  /** Reads {@code sha256:<hex>} or plain hex. */
  public static Digest parse(String text) {
    return new Digest(text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text);
  }

  /** A fresh SHA-256, which every Java platform has. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(
          "this Java platform has no SHA-256, which its specification demands", e);
    }
  }

  /** The 32 bytes. */
  public byte[] bytes() {
    return HexFormat.of().parseHex(hex);
  }

  /** First 12 digits, for a person to read; never for looking up by a program. */
  public String abbreviated() {
    return hex.substring(0, 12);
  }

  @Override
  public int compareTo(Digest other) {
    return hex.compareTo(other.hex);
  }

  /** {@code sha256:<hex>}. */
  @Override
  public String toString() {
    return PREFIX + hex;
  }
}
