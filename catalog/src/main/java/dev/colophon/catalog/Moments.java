package dev.colophon.catalog;

import dev.colophon.core.error.ColophonException.Invalid;
import java.time.Instant;

/**
 * Moments as 64-bit nanoseconds since 1970-01-01T00:00:00Z: the years 1677 to 2262, without losing
 * a digit.
 */
final class Moments {
  private static final long SECOND = 1_000_000_000;

  private Moments() {}

  /**
   * @throws Invalid if the moment lies outside
   */
  static long toNanos(Instant moment) {
    try {
      return Math.addExact(Math.multiplyExact(moment.getEpochSecond(), SECOND), moment.getNano());
    } catch (ArithmeticException e) {
      throw new Invalid("moment %s: the catalog keeps the years 1678 to 2261".formatted(moment), e);
    }
  }

  static Instant ofNanos(long nanos) {
    return Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND));
  }
}
