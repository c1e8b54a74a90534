package dev.colophon.core.query;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a person writes for a time: {@code 2026-11}, {@code 2026-11-23}, {@code 2026-11-23T15:01},
 * with seconds or fractions, with an offset or {@code Z}; {@code today}, {@code yesterday}; or
 * {@code 90s}, {@code 30m}, {@code 24h}, {@code 7d}, {@code 2w} ago.
 *
 * @param zone of what is written without an offset
 * @param now what {@code ago} counts from
 */
public record Spans(ZoneId zone, Instant now) {
  /** For messages. */
  static final String SHAPES = "a time such as 2026-11-23, 2026-11-23T15:01, today or 7d (ago)";

  private static final Pattern AGO = Pattern.compile("([0-9]{1,6})(s|m|h|d|w)");
  private static final Pattern MONTH = Pattern.compile("[0-9]{4}-[0-9]{2}");
  private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
  private static final Pattern TIME =
      Pattern.compile(
          "[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,9})?)?(Z|[+-][0-9]{2}:[0-9]{2})?");

  /** The stretch of time that the text names. */
  public Optional<Value.Span> find(String text) {
    try {
      LocalDate today = LocalDate.ofInstant(now, zone);
      Matcher ago = AGO.matcher(text);
      if (ago.matches()) {
        Instant at = now.minus(unit(ago.group(2)).multipliedBy(Long.parseLong(ago.group(1))));
        return Optional.of(new Value.Span(at, at.plusNanos(1)));
      }
      if (text.equals("today") || text.equals("yesterday")) {
        return Optional.of(day(text.equals("today") ? today : today.minusDays(1)));
      }
      if (MONTH.matcher(text).matches()) {
        YearMonth month = YearMonth.parse(text);
        return Optional.of(
            new Value.Span(start(month.atDay(1)), start(month.plusMonths(1).atDay(1))));
      }
      if (DAY.matcher(text).matches()) {
        return Optional.of(day(LocalDate.parse(text)));
      }
      return moment(text);
    } catch (DateTimeException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  private static Duration unit(String letter) {
    return switch (letter) {
      case "s" -> Duration.ofSeconds(1);
      case "m" -> Duration.ofMinutes(1);
      case "h" -> Duration.ofHours(1);
      case "d" -> Duration.ofDays(1);
      default -> Duration.ofDays(7);
    };
  }

  private Value.Span day(LocalDate day) {
    return new Value.Span(start(day), start(day.plusDays(1)));
  }

  private Instant start(LocalDate day) {
    return day.atStartOfDay(zone).toInstant();
  }

  /** As long as what its last digits count: a minute, a second, a nanosecond. */
  private Optional<Value.Span> moment(String text) throws DateTimeParseException {
    Matcher time = TIME.matcher(text);
    if (!time.matches()) {
      return Optional.empty();
    }
    String iso = text.replace(' ', 'T');
    Instant at =
        time.group(3) == null
            ? LocalDateTime.parse(iso).atZone(zone).toInstant()
            : OffsetDateTime.parse(iso).toInstant();
    Duration length =
        time.group(1) == null
            ? Duration.ofMinutes(1)
            : time.group(2) == null ? Duration.ofSeconds(1) : Duration.ofNanos(1);
    return Optional.of(new Value.Span(at, at.plus(length)));
  }
}
