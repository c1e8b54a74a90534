package dev.colophon.flow.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colophon.core.Artifact;
import dev.colophon.core.Digest;
import dev.colophon.core.Name;
import dev.colophon.core.Subject.VersionId;
import dev.colophon.core.TreeListing;
import dev.colophon.core.json.Json;
import dev.colophon.core.model.MadeVersion;
import dev.colophon.flow.ModelVersion;
import dev.colophon.flow.codec.Samples.Fixed;
import dev.colophon.flow.codec.Samples.Inner;
import dev.colophon.flow.codec.Samples.Level;
import dev.colophon.flow.codec.Samples.Pair;
import dev.colophon.flow.codec.Samples.Point;
import dev.colophon.flow.codec.Samples.Result;
import dev.colophon.flow.codec.Samples.Route;
import dev.colophon.flow.codec.Samples.Shape;
import dev.colophon.flow.codec.Samples.Table;
import java.io.IOException;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The bytes that each codec writes, which are a format: a changed line here changes digests. */
final class GoldenTest {
  private final MemoryContents contents = new MemoryContents();
  private final Codecs codecs = new Codecs();

  private String json(Type type, Object value) throws IOException {
    Stored stored = codecs.encode(type, value, contents);
    assertThat(stored.codec()).isEqualTo("json");
    return contents.text(stored.artifact());
  }

  static Stream<Arguments> valuesAndTheirJson() {
    return Stream.of(
        Arguments.of(boolean.class, true, "true"),
        Arguments.of(int.class, -7, "-7"),
        Arguments.of(long.class, Long.MAX_VALUE, "9223372036854775807"),
        Arguments.of(Byte.class, (byte) -1, "-1"),
        Arguments.of(double.class, 1e10, "1.0E10"),
        Arguments.of(double.class, 0.1, "0.1"),
        Arguments.of(double.class, -0.0, "-0.0"),
        Arguments.of(double.class, Double.NaN, "\"NaN\""),
        Arguments.of(Double.class, Double.NEGATIVE_INFINITY, "\"-Infinity\""),
        Arguments.of(float.class, 0.1f, "0.1"),
        Arguments.of(float.class, Float.POSITIVE_INFINITY, "\"Infinity\""),
        Arguments.of(char.class, 'é', "\"é\""),
        Arguments.of(Level.class, Level.HIGH, "\"HIGH\""),
        Arguments.of(BigDecimal.class, new BigDecimal("1.50"), "\"1.50\""),
        Arguments.of(BigInteger.class, BigInteger.TWO.pow(70), "\"1180591620717411303424\""),
        Arguments.of(UUID.class, new UUID(1, 2), "\"00000000-0000-0001-0000-000000000002\""),
        Arguments.of(URI.class, URI.create("s3://b/k?v=1"), "\"s3://b/k?v=1\""),
        Arguments.of(Instant.class, Instant.EPOCH, "\"1970-01-01T00:00:00Z\""),
        Arguments.of(Duration.class, Duration.ofMillis(1500), "\"PT1.5S\""),
        Arguments.of(LocalDate.class, LocalDate.of(2013, 4, 1), "\"2013-04-01\""),
        Arguments.of(YearMonth.class, YearMonth.of(12345, 6), "\"+12345-06\""),
        Arguments.of(
            ZonedDateTime.class,
            Instant.EPOCH.atZone(ZoneId.of("Europe/Berlin")),
            "\"1970-01-01T01:00+01:00[Europe/Berlin]\""),
        Arguments.of(Point.class, new Point(1, 2), "{\"x\":2,\"y\":1}"),
        Arguments.of(
            Route.class,
            new Route("JFK", "a\"b\n\u001f/é😀", Optional.of(new Point(0, 0)), OptionalInt.of(1)),
            "{\"at\":{\"x\":0,\"y\":0},\"from\":\"JFK\",\"stops\":1,"
                + "\"to\":\"a\\\"b\\n\\u001F/é😀\"}"),
        Arguments.of(
            Route.class,
            new Route("", "", Optional.empty(), OptionalInt.empty()),
            "{\"from\":\"\",\"to\":\"\"}"),
        Arguments.of(Shape.class, new Shape.Dot(), "{\"@type\":\"Dot\"}"),
        Arguments.of(
            Shape.class,
            new Shape.Group(List.of(new Shape.Circle(2), Fixed.UNIT_SQUARE)),
            "{\"@type\":\"Group\",\"parts\":[{\"@type\":\"Circle\",\"radius\":2.0},"
                + "{\"@type\":\"Fixed\",\"@value\":\"UNIT_SQUARE\"}]}"),
        Arguments.of(Shape.Circle.class, new Shape.Circle(2), "{\"radius\":2.0}"),
        Arguments.of(
            new TypeOf<Result<Point>>() {}.type(),
            new Result.Good<>(new Point(1, 2)),
            "{\"@type\":\"Good\",\"value\":{\"x\":2,\"y\":1}}"),
        Arguments.of(
            new TypeOf<Pair<List<Level>, Map<Integer, Boolean>>>() {}.type(),
            new Pair<>(List.of(Level.LOW), Map.of(10, true, 9, false)),
            "{\"left\":[\"LOW\"],\"right\":{\"10\":true,\"9\":false}}"),
        Arguments.of(new TypeOf<Optional<String>>() {}.type(), Optional.empty(), "null"),
        Arguments.of(new TypeOf<Optional<String>>() {}.type(), Optional.of("x"), "\"x\""),
        Arguments.of(
            new TypeOf<List<Optional<Integer>>>() {}.type(),
            List.of(Optional.of(1), Optional.empty()),
            "[1,null]"),
        Arguments.of(new TypeOf<Set<Integer>>() {}.type(), Set.of(9, 10), "[10,9]"),
        Arguments.of(String[][].class, new String[][] {{"a"}, {}}, "[[\"a\"],[]]"),
        Arguments.of(double[][].class, new double[][] {{1, Double.NaN}}, "[[1.0,\"NaN\"]]"),
        Arguments.of(
            new TypeOf<List<char[]>>() {}.type(),
            List.of(new char[] {'A', '\uD800'}),
            "[[65,55296]]"),
        Arguments.of(
            new TypeOf<List<boolean[]>>() {}.type(), List.of(new boolean[] {true}), "[[true]]"),
        Arguments.of(
            ModelVersion.class,
            new ModelVersion("m", 3, "ab"),
            "{\"digest\":\"ab\",\"model\":\"m\",\"version\":3}"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("valuesAndTheirJson")
  void aValueIsCanonicalJson(Type type, Object value, String expected) throws IOException {
    assertThat(json(type, value)).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("valuesAndTheirJson")
  void theTreeOfAValueHasTheSameCanonicalJson(Type type, Object value, String expected)
      throws IOException {
    assertThat(Json.parse(json(type, value)).canonical()).isEqualTo(expected);
  }

  @Test
  void mapsThatAreEqualHaveOneDigestWhateverTheirOrder() throws IOException {
    Type type = new TypeOf<Map<String, Set<String>>>() {}.type();
    Map<String, Set<String>> hashed = new HashMap<>();
    for (int i = 0; i < 100; i++) {
      hashed.put("k" + i, Set.of("v" + i));
    }
    List<String> backwards = new ArrayList<>(hashed.keySet());
    Collections.reverse(backwards);
    Map<String, Set<String>> linked = new LinkedHashMap<>();
    backwards.forEach(key -> linked.put(key, Set.of("v" + key.substring(1))));
    SortedMap<String, Set<String>> sorted = new TreeMap<>(Collections.reverseOrder());
    sorted.putAll(hashed);
    Stored expected = codecs.encode(type, hashed, contents);
    assertThat(codecs.encode(type, linked, contents)).isEqualTo(expected);
    assertThat(codecs.encode(type, sorted, contents)).isEqualTo(expected);
  }

  @Test
  void setsThatAreEqualHaveOneDigestWhateverTheirOrder() throws IOException {
    Type type = new TypeOf<Set<Point>>() {}.type();
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      points.add(new Point(i, -i));
    }
    Stored expected = codecs.encode(type, new HashSet<>(points), contents);
    Collections.reverse(points);
    assertThat(codecs.encode(type, new LinkedHashSet<>(points), contents)).isEqualTo(expected);
  }

  @Test
  void aTextIsItsUtf8() throws IOException {
    Stored stored = codecs.encode(String.class, "é😀\n", contents);
    assertThat(stored).isEqualTo(Stored.of(contents.keep("é😀\n"), "text"));
  }

  @Test
  void bytesAreThemselves() throws IOException {
    Stored stored = codecs.encode(byte[].class, new byte[] {0, -1}, contents);
    assertThat(stored).isEqualTo(Stored.of(contents.keep(new byte[] {0, -1}), "bytes"));
  }

  @Test
  void anArrayIsAnNpyFile() throws IOException {
    Stored stored = codecs.encode(int[].class, new int[] {1, -2}, contents);
    assertThat(stored.codec()).isEqualTo("npy");
    assertThat(contents.bytes(stored.artifact().digest()))
        .startsWith(0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0)
        .endsWith('\n', 1, 0, 0, 0, -2, -1, -1, -1)
        .hasSize(128 + 8)
        .asString(StandardCharsets.ISO_8859_1)
        .contains("{'descr': '<i4', 'fortran_order': False, 'shape': (2,), }   ");
  }

  @Test
  void aTableIsATreeOfItsJsonAndItsArrays() throws IOException {
    Table table =
        new Table(
            "t",
            new double[] {0.5},
            new Inner(new int[] {1}, new byte[] {2}, Map.of("m", new long[] {3})),
            List.of(new int[] {4}));
    Stored stored = codecs.encode(Table.class, table, contents);
    assertThat(stored.codec()).isEqualTo("table");
    var entries = TreeListing.parse(contents.bytes(stored.artifact().digest())).entries();
    assertThat(entries.keySet())
        .containsExactly("delay.npy", "inner.carrier.npy", "inner.flags.npy", "value.json");
    var value = entries.get("value.json");
    assertThat(value).isNotNull();
    assertThat(contents.text(value.artifact()))
        .isEqualTo(
            "{\"delay\":{\"@npy\":\"delay.npy\"},"
                + "\"inner\":{\"carrier\":{\"@npy\":\"inner.carrier.npy\"},"
                + "\"flags\":{\"@npy\":\"inner.flags.npy\"},\"more\":{\"m\":[3]}},"
                + "\"name\":\"t\",\"parts\":[[4]]}");
  }

  @Test
  void aMadeVersionOfTheEngineIsReadAsWhatAuthorsSee() throws IOException {
    Digest digest = Digest.of("model");
    MadeVersion made = new MadeVersion(new VersionId(Name.of("delays"), 3), digest);
    Artifact artifact = contents.keep(made.bytes());
    Object read =
        codecs.decode(
            ModelVersion.class,
            Stored.of(artifact, MadeVersion.CODEC),
            contents,
            Path.of("unused"));
    assertThat(read).isEqualTo(new ModelVersion("delays", 3, digest.hex()));
  }
}
