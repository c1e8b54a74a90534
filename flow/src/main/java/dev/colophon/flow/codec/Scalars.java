package dev.colophon.flow.codec;

import dev.colophon.flow.codec.ScalarForm.As;
import java.lang.invoke.MethodType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** The types that are one text, number or truth value, enums aside. */
final class Scalars {
  /**
   * {@link YearMonth#toString} leaves out the sign that its parser expects of years beyond 9999.
   */
  private static final DateTimeFormatter YEAR_MONTH =
      new DateTimeFormatterBuilder()
          .appendValue(ChronoField.YEAR, 4, 10, SignStyle.EXCEEDS_PAD)
          .appendLiteral('-')
          .appendValue(ChronoField.MONTH_OF_YEAR, 2)
          .toFormatter(Locale.ROOT);

  private static final Map<Class<?>, ScalarForm<?>> FORMS = forms();

  /** Types that have an order that agrees with equals, and one text for equal values. */
  private static final Set<Class<?>> KEYS =
      Set.of(
          Boolean.class,
          Byte.class,
          Character.class,
          Double.class,
          Duration.class,
          Float.class,
          Instant.class,
          Integer.class,
          LocalDate.class,
          LocalDateTime.class,
          LocalTime.class,
          Long.class,
          MonthDay.class,
          OffsetDateTime.class,
          OffsetTime.class,
          Short.class,
          String.class,
          UUID.class,
          Year.class,
          YearMonth.class,
          ZoneOffset.class,
          ZonedDateTime.class);

  /** In an array of numbers a {@code char} is the number of its UTF-16 unit. */
  private static final ScalarForm<Character> UNIT =
      new ScalarForm<>(
          Character.class,
          As.NUMBER,
          unit -> Integer.toString(unit),
          text -> {
            int unit = Integer.parseInt(text);
            if (unit != (char) unit) {
              throw new IllegalArgumentException("expected 0 to 65535");
            }
            return (char) unit;
          });

  private Scalars() {}

  /** The form of a scalar type, primitive, boxed or other. */
  static Optional<ScalarForm<?>> find(Class<?> type) {
    return type.isEnum()
        ? Optional.of(ScalarForm.ofEnum(type))
        : Optional.ofNullable(FORMS.get(type));
  }

  /** The form of a type that may be the key of a map. */
  static Optional<ScalarForm<?>> findKey(Class<?> type) {
    return type.isEnum() || KEYS.contains(type) ? find(type) : Optional.empty();
  }

  /** The form of an element of a primitive array. */
  static ScalarForm<?> element(Class<?> primitive) {
    return primitive == char.class ? UNIT : find(primitive).orElseThrow();
  }

  private static Map<Class<?>, ScalarForm<?>> forms() {
    Map<Class<?>, ScalarForm<?>> forms = new HashMap<>();
    put(forms, Boolean.class, As.TRUTH, Scalars::truth);
    put(forms, Byte.class, As.NUMBER, Byte::valueOf);
    put(forms, Short.class, As.NUMBER, Short::valueOf);
    put(forms, Integer.class, As.NUMBER, Integer::valueOf);
    put(forms, Long.class, As.NUMBER, Long::valueOf);
    put(forms, Float.class, As.FLOATING, Float::valueOf);
    put(forms, Double.class, As.FLOATING, Double::valueOf);
    put(forms, Character.class, As.TEXT, Scalars::character);
    put(forms, String.class, As.TEXT, text -> text);
    put(forms, BigDecimal.class, As.TEXT, BigDecimal::new);
    put(forms, BigInteger.class, As.TEXT, BigInteger::new);
    put(forms, UUID.class, As.TEXT, UUID::fromString);
    put(forms, URI.class, As.TEXT, URI::create);
    putTimes(forms);
    for (Class<?> primitive :
        List.of(
            boolean.class,
            byte.class,
            short.class,
            char.class,
            int.class,
            long.class,
            float.class,
            double.class)) {
      Class<?> box = MethodType.methodType(primitive).wrap().returnType();
      forms.put(primitive, Objects.requireNonNull(forms.get(box)));
    }
    return Map.copyOf(forms);
  }

  private static void putTimes(Map<Class<?>, ScalarForm<?>> forms) {
    put(forms, Instant.class, As.TEXT, Instant::parse);
    put(forms, Duration.class, As.TEXT, Duration::parse);
    put(forms, Period.class, As.TEXT, Period::parse);
    put(forms, LocalDate.class, As.TEXT, LocalDate::parse);
    put(forms, LocalTime.class, As.TEXT, LocalTime::parse);
    put(forms, LocalDateTime.class, As.TEXT, LocalDateTime::parse);
    put(forms, OffsetTime.class, As.TEXT, OffsetTime::parse);
    put(forms, OffsetDateTime.class, As.TEXT, OffsetDateTime::parse);
    put(forms, ZonedDateTime.class, As.TEXT, ZonedDateTime::parse);
    put(forms, MonthDay.class, As.TEXT, MonthDay::parse);
    put(forms, ZoneId.class, As.TEXT, ZoneId::of);
    put(forms, ZoneOffset.class, As.TEXT, ZoneOffset::of);
    put(forms, Year.class, As.TEXT, text -> Year.of(Integer.parseInt(text)));
    forms.put(
        YearMonth.class,
        new ScalarForm<>(
            YearMonth.class,
            As.TEXT,
            YEAR_MONTH::format,
            text -> YearMonth.parse(text, YEAR_MONTH)));
  }

  private static <T> void put(
      Map<Class<?>, ScalarForm<?>> forms, Class<T> type, As as, Function<String, T> parse) {
    forms.put(type, new ScalarForm<>(type, as, Object::toString, parse));
  }

  private static Boolean truth(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException("expected true or false");
    }
    return text.equals("true");
  }

  private static Character character(String text) {
    if (text.length() != 1) {
      throw new IllegalArgumentException("expected one UTF-16 unit");
    }
    return text.charAt(0);
  }
}
