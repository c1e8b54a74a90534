package dev.colophon.flow.codec;

import dev.colophon.flow.codec.Samples.Fixed;
import dev.colophon.flow.codec.Samples.Level;
import dev.colophon.flow.codec.Samples.Point;
import dev.colophon.flow.codec.Samples.Result;
import dev.colophon.flow.codec.Samples.Route;
import dev.colophon.flow.codec.Samples.Shape;
import dev.colophon.flow.codec.Samples.Tree;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** Draws values of all kinds that have the method equals; the same ones for the same seed. */
final class RandomValues {
  /** Every type of one text, number or truth value. */
  record Scalars(
      boolean truth,
      byte small,
      Short half,
      char unit,
      int whole,
      Long large,
      float single,
      Double twice,
      String text,
      Level level,
      BigDecimal decimal,
      BigInteger integer,
      UUID id,
      URI uri,
      Times times,
      Zones zones) {}

  record Times(
      Instant instant,
      Duration duration,
      Period period,
      LocalDate date,
      LocalTime time,
      LocalDateTime dateTime,
      Year year,
      YearMonth month,
      MonthDay day) {}

  record Zones(
      ZoneId zone,
      ZoneOffset offset,
      OffsetTime time,
      OffsetDateTime moment,
      ZonedDateTime local) {}

  record Everything(
      Scalars scalars,
      List<Shape> shapes,
      Map<String, Map<YearMonth, List<Double>>> byName,
      Map<UUID, Optional<Route>> byId,
      Map<Character, Level> byUnit,
      Map<Level, Set<Set<Integer>>> sets,
      Optional<Tree> tree,
      Result<Map<Long, Point>> result) {}

  private static final int[] CHARACTERS = {
    'a', 'Z', '0', ' ', '"', '\\', '/', '\n', 0, 0x1f, 0x7f, 'é', 0x2028, 0xffff, 0x1f600, 0x10ffff
  };

  private final Random random;

  RandomValues(long seed) {
    random = new Random(seed);
  }

  Everything everything() {
    return new Everything(
        scalars(),
        list(() -> shape(3)),
        map(this::text, () -> map(this::month, () -> list(this::number))),
        map(this::id, () -> optional(this::route)),
        map(this::unit, this::level),
        map(this::level, () -> set(() -> set(random::nextInt))),
        optional(() -> tree(4)),
        random.nextBoolean()
            ? new Result.Good<>(map(random::nextLong, this::point))
            : new Result.Bad<>(text(), list(() -> map(random::nextLong, this::point))));
  }

  Scalars scalars() {
    return new Scalars(
        random.nextBoolean(),
        (byte) random.nextInt(),
        (short) random.nextInt(),
        unit(),
        random.nextInt(),
        pick(random.nextLong(), Long.MIN_VALUE, Long.MAX_VALUE),
        Float.intBitsToFloat(random.nextInt()),
        number(),
        text(),
        level(),
        new BigDecimal(new BigInteger(70, random), random.nextInt(-99, 99)),
        new BigInteger(200, random).negate(),
        id(),
        URI.create("file:/" + random.nextInt() + "?q=%C3%A9#f"),
        times(),
        zones());
  }

  private Times times() {
    return new Times(
        pick(instant(), Instant.MIN, Instant.MAX),
        pick(
            Duration.ofSeconds(random.nextLong() >> 4, random.nextInt()),
            Duration.ofNanos(-1),
            Duration.ofSeconds(Long.MAX_VALUE, 999_999_999),
            Duration.ofSeconds(Long.MIN_VALUE)),
        Period.of(random.nextInt(), random.nextInt(), random.nextInt()),
        pick(date(), LocalDate.MIN, LocalDate.MAX),
        LocalTime.ofNanoOfDay(random.nextLong(86_400_000_000_000L)),
        pick(dateTime(), LocalDateTime.MIN, LocalDateTime.MAX),
        Year.of(random.nextInt(Year.MIN_VALUE, Year.MAX_VALUE)),
        month(),
        MonthDay.of(1 + random.nextInt(12), 1 + random.nextInt(28)));
  }

  private Zones zones() {
    ZoneId zone =
        pick(ZoneId.of("Europe/Berlin"), ZoneId.of("UTC+01:00"), ZoneOffset.UTC, offset());
    return new Zones(
        zone,
        offset(),
        OffsetTime.of(LocalTime.ofSecondOfDay(random.nextInt(86_400)), offset()),
        pick(OffsetDateTime.of(dateTime(), offset()), OffsetDateTime.MIN, OffsetDateTime.MAX),
        // the hour that comes twice, both times
        ZonedDateTime.ofInstant(
            Instant.ofEpochSecond(1_382_832_000 + random.nextInt(10_800)), zone));
  }

  private ZoneOffset offset() {
    return ZoneOffset.ofTotalSeconds(random.nextInt(-64_800, 64_801));
  }

  private Instant instant() {
    return Instant.ofEpochSecond(random.nextLong() >> 30, random.nextInt(1_000_000_000));
  }

  private LocalDate date() {
    return LocalDate.ofEpochDay(random.nextLong(-1_000_000_000, 1_000_000_000));
  }

  private LocalDateTime dateTime() {
    return LocalDateTime.of(date(), LocalTime.ofNanoOfDay(random.nextLong(86_400_000_000_000L)));
  }

  private YearMonth month() {
    return YearMonth.of(pick(2013, -5, 99, 0, 123_456), 1 + random.nextInt(12));
  }

  private UUID id() {
    return new UUID(random.nextLong(), random.nextLong());
  }

  private Double number() {
    return pick(
        random.nextGaussian(),
        Double.longBitsToDouble(random.nextLong()),
        -0.0,
        0.0,
        Double.NaN,
        Double.NEGATIVE_INFINITY,
        Double.MIN_VALUE,
        Double.MAX_VALUE);
  }

  private char unit() {
    char unit = (char) random.nextInt(0x10000);
    return Character.isSurrogate(unit) ? 'x' : unit;
  }

  private Level level() {
    return pick(Level.LOW, Level.HIGH);
  }

  private Point point() {
    return new Point(random.nextInt(), random.nextInt());
  }

  private Route route() {
    OptionalInt stops =
        random.nextBoolean() ? OptionalInt.of(random.nextInt()) : OptionalInt.empty();
    return new Route(text(), text(), optional(this::point), stops);
  }

  private Shape shape(int depth) {
    return switch (random.nextInt(depth == 0 ? 3 : 4)) {
      case 0 -> new Shape.Dot();
      case 1 -> Fixed.UNIT_SQUARE;
      case 2 -> new Shape.Circle(number());
      default -> new Shape.Group(list(() -> shape(depth - 1)));
    };
  }

  private Tree tree(int depth) {
    return new Tree(text(), depth == 0 ? List.of() : list(() -> tree(depth - 1)));
  }

  String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(8); i > 0; i--) {
      text.appendCodePoint(CHARACTERS[random.nextInt(CHARACTERS.length)]);
    }
    return text.toString();
  }

  @SafeVarargs
  private <T> T pick(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private <T> Optional<T> optional(Supplier<T> value) {
    return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
  }

  private <T> List<T> list(Supplier<T> element) {
    List<T> list = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      list.add(element.get());
    }
    return list;
  }

  private <T> Set<T> set(Supplier<T> element) {
    return new HashSet<>(list(element));
  }

  private <K, V> Map<K, V> map(Supplier<K> key, Supplier<V> value) {
    Map<K, V> map = random.nextBoolean() ? new HashMap<>() : new LinkedHashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      map.put(key.get(), value.get());
    }
    return map;
  }
}
