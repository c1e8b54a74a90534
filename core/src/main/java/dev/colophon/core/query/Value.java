package dev.colophon.core.query;

import java.time.Instant;

/** What a field is compared with. */
public sealed interface Value {
  /** A number. */
  record Num(double value) implements Value {}

  /** A text; of a parameter also a date, whose texts sort as the dates do. */
  record Text(String value) implements Value {}

  /** True or false. */
  record Bool(boolean value) implements Value {}

  /**
   * A stretch of time: a day is equal to every moment in it, later than what comes before it,
   * earlier than what comes after.
   *
   * @param to first moment after it
   */
  record Span(Instant from, Instant to) implements Value {}
}
