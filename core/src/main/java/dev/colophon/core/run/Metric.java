package dev.colophon.core.run;

import dev.colophon.core.error.ColophonException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A number measured by a task.
 *
 * @param name chosen by the author, 1 to 250 characters
 * @param value any double, NaN and infinities included; a negative zero is taken as zero, which it
 *     equals, because not every catalog keeps a zero's sign
 * @param step position in a series, such as an epoch
 * @param unit such as {@code ms}
 * @param at when it was measured
 */
public record Metric(
    String name, double value, OptionalLong step, Optional<String> unit, Instant at) {
  public Metric {
    if (name.isEmpty() || name.length() > 250) {
      throw new ColophonException.Invalid(
          "metric name \"%s\": %d characters, expected 1 to 250".formatted(name, name.length()));
    }
    value = value == 0 ? 0.0 : value;
  }
}
