package dev.colophon.flow.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.flow.Artifact;
import dev.colophon.flow.codec.Samples.Chain;
import dev.colophon.flow.codec.Samples.Job;
import dev.colophon.flow.codec.Samples.Jobs;
import dev.colophon.flow.codec.Samples.Pair;
import dev.colophon.flow.codec.Samples.Point;
import dev.colophon.flow.codec.Samples.Route;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Values and types that can't be stored are refused, saying where and what they are. */
final class RefusalTest {
  sealed interface Open {
    record Leaf() implements Open {}

    non-sealed interface Anything extends Open {}
  }

  sealed interface Twins {
    record One() implements Twins {}

    /** Holds a leaf of the same simple name. */
    final class Holder {
      private Holder() {}

      record One() implements Twins {}
    }
  }

  sealed interface Dollars {
    record Price(int $amount) implements Dollars {}
  }

  record Growing<T>(Optional<Growing<List<T>>> next) {}

  record Failing(int value) {
    @Override
    public int value() {
      throw new IllegalStateException("no value today");
    }
  }

  private final MemoryContents contents = new MemoryContents();
  private final Codecs codecs = new Codecs();

  static Stream<Arguments> typesWithoutCodec() {
    return Stream.of(
        Arguments.of(Runnable.class, "step result has type java.lang.Runnable, which can't"),
        Arguments.of(Object.class, "step result has type java.lang.Object, which can't be stored"),
        Arguments.of(
            new TypeOf<Artifact<String>>() {}.type(),
            "dev.colophon.flow.Artifact<java.lang.String>"),
        Arguments.of(Job.class, "component body of the step result has type java.lang.Runnable"),
        Arguments.of(Jobs.class, "component all[][].body of the step result has type"),
        Arguments.of(List.class, "step result has type java.util.List, which can't be stored"),
        Arguments.of(
            new TypeOf<ArrayList<String>>() {}.type(), "declare it as List, Set, SortedSet"),
        Arguments.of(
            new TypeOf<Map<String, Path>>() {}.type(), "a Path is stored as the whole result"),
        Arguments.of(new TypeOf<Map<Point, String>>() {}.type(), "expected keys of type String"),
        Arguments.of(new TypeOf<Map<BigDecimal, String>>() {}.type(), "expected keys of type"),
        Arguments.of(new TypeOf<SortedSet<Point>>() {}.type(), "have no order of their own"),
        Arguments.of(new TypeOf<Optional<Optional<String>>>() {}.type(), "Optional of an Optional"),
        Arguments.of(
            Pair.class, "Samples$Pair, which can't be stored: it lacks its type arguments"),
        Arguments.of(Open.class, "RefusalTest$Open$Anything, which can't be stored: a leaf"),
        Arguments.of(Twins.class, "its family has another leaf of the same simple name"),
        Arguments.of(Dollars.class, "component $amount would come before \"@type\""),
        Arguments.of(
            new TypeOf<Growing<Integer>>() {}.type(), "its type arguments grow without end"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("typesWithoutCodec")
  void aTypeWithoutCodecIsRefused(Type type, String message) {
    Object anything = type == Object.class ? "x" : List.of();
    assertThatThrownBy(() -> codecs.encode(type, anything, contents))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining(message);
  }

  @SuppressWarnings("NullAway") // nulls are what this is about
  static Stream<Arguments> valuesThatAreRefused() {
    Map<String, List<Route>> routes = new HashMap<>();
    routes.put(
        "a.b",
        Arrays.asList(
            new Route("x", "y", Optional.empty(), OptionalInt.empty()),
            new Route("x", null, Optional.empty(), OptionalInt.empty())));
    IdentityHashMap<String, Integer> twice = new IdentityHashMap<>();
    twice.put("a", 1);
    twice.put(String.valueOf(new char[] {'a'}), 2);
    Map<String, Integer> nullKey = new HashMap<>();
    nullKey.put(null, 1);
    SortedSet<String> alike = new TreeSet<>(Comparator.comparingInt(System::identityHashCode));
    alike.add("a");
    alike.add(String.valueOf(new char[] {'a'}));
    return Stream.of(
        Arguments.of(
            new TypeOf<Map<String, List<Route>>>() {}.type(),
            routes,
            "component [\"a.b\"][1].to of the step result is null, expected a value of type String"),
        Arguments.of(
            new TypeOf<List<Integer>>() {}.type(), Arrays.asList(1, null), "component [1] of the"),
        Arguments.of(Integer[].class, new Integer[] {null}, "component [0] of the step result is"),
        Arguments.of(new TypeOf<Map<String, Integer>>() {}.type(), nullKey, "has a null key"),
        Arguments.of(
            new TypeOf<Map<String, Integer>>() {}.type(), twice, "two keys that are stored as"),
        Arguments.of(
            new TypeOf<SortedSet<String>>() {}.type(), alike, "two elements that are stored as"),
        Arguments.of(
            new TypeOf<List<Integer>>() {}.type(),
            List.of("x"),
            "component [0] of the step result is a value of java.lang.String, expected one of"
                + " java.lang.Integer"),
        Arguments.of(int.class, "x", "step result is of type java.lang.String, expected a value"),
        Arguments.of(String.class, "a\uD800b", "half a character (a lone surrogate, U+D800) at"),
        Arguments.of(char.class, '\uDC00', "half a character (a lone surrogate, U+DC00)"),
        Arguments.of(
            new TypeOf<Map<String, Integer>>() {}.type(), Map.of("\uD800", 1), "half a character"),
        Arguments.of(Failing.class, new Failing(1), "component value of the step result can't be"));
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("valuesThatAreRefused")
  void aValueThatCantBeStoredIsRefused(Type type, Object value, String message) {
    assertThatThrownBy(() -> codecs.encode(type, value, contents))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining(message);
  }

  @Test
  @SuppressWarnings("NullAway") // what a careless step returns
  void nullIsRefused() {
    assertThatThrownBy(() -> codecs.encode(Point.class, null, contents))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("step result is null");
  }

  @Test
  void aLambdaReturnedAsARecordIsRefused() {
    Runnable nothing = () -> {};
    assertThatThrownBy(() -> codecs.encode(Job.class, new Job("n", nothing), contents))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("component body of the step result has type java.lang.Runnable");
  }

  @Test
  void aValueThatNestsTooDeepIsRefused() {
    Chain chain = chain(501);
    assertThatThrownBy(() -> codecs.encode(Chain.class, chain, contents))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("nests more than 500 values in each other");
  }

  @Test
  void aValueThatNestsAsDeepAsAllowedComesBack() throws Exception {
    Stored stored = codecs.encode(Chain.class, chain(500), contents);
    assertThat(codecs.decode(Chain.class, stored, contents, Path.of("unused")))
        .isEqualTo(chain(500));
  }

  private static Chain chain(int length) {
    Chain chain = new Chain(Optional.empty());
    for (int i = 1; i < length; i++) {
      chain = new Chain(Optional.of(chain));
    }
    return chain;
  }

  @Test
  void aValueIsReadOnlyAsATypeOfItsCodec() throws Exception {
    Stored stored = codecs.encode(String.class, "x", contents);
    assertThatThrownBy(() -> codecs.decode(int[].class, stored, contents, Path.of("unused")))
        .isInstanceOf(Invalid.class)
        .hasMessage(
            "value stored by codec \"text\" can't be read as int[], which is stored by [npy]");
  }

  @Test
  void aClassOfTheJdkIsRefusedAsAnyOther() {
    assertThatThrownBy(() -> codecs.encode(Locale.class, Locale.ROOT, contents))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("step result has type java.util.Locale");
  }
}
