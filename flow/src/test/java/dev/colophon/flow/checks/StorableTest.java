package dev.colophon.flow.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colophon.core.Artifact;
import dev.colophon.core.ArtifactStore;
import dev.colophon.core.Digest;
import dev.colophon.flow.codec.Codecs;
import dev.colophon.flow.codec.Contents;
import dev.colophon.flow.reflect.ReflectedFlow;
import dev.colophon.flow.reflect.ReflectedType;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Values that a step may return; those that it may not are among the {@link StorableLies}. */
class StorableTest {
  private static final String TYPES =
      """
      enum Colour { RED }
      record Pair<A, B>(A a, B b) {}
      record Node(String name, List<Node> next, Optional<Node> parent) {}
      sealed interface Shape {}
      record Round(double radius) implements Shape {}
      enum Flat implements Shape { SQUARE }
      sealed interface Answer<T> permits Yes, No {}
      record Yes<X>(X value) implements Answer<X> {}
      record No<X>() implements Answer<X> {}
      """;

  static Stream<String> types() {
    return Stream.of(
        "int",
        "Integer",
        "char",
        "String",
        "Colour",
        "byte[]",
        "double[][]",
        "List<double[]>",
        "Pair<String, List<Integer>>",
        "Pair<Pair<int[], Colour>, Colour[]>[]",
        "Node",
        "Answer<String>",
        "List<Shape>",
        "Set<Long>",
        "Collection<String>",
        "SortedSet<String>",
        "Map<String, List<Double>>",
        "SortedMap<java.time.YearMonth, Colour>",
        "Map<Colour, Map<UUID, Integer>>",
        "Optional<String>",
        "OptionalDouble",
        "java.time.Instant",
        "java.time.ZoneId",
        "java.time.DayOfWeek",
        "java.math.BigDecimal",
        "java.net.URI",
        "List<? extends Shape>",
        "ModelVersion",
        "Path",
        "List<Path>");
  }

  static Stream<Arguments> readings() {
    return Arrays.stream(Reading.values())
        .flatMap(
            reading ->
                Stream.concat(types(), Stream.of("void", "NewVersion"))
                    .map(type -> Arguments.of(reading, type)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("readings")
  void aStepMayReturnIt(Reading reading, String type) {
    assertThat(reading.problems(source(type))).isEmpty();
  }

  /** What the checker lets pass, the codecs have to keep: this one refuses the value only. */
  @ParameterizedTest
  @MethodSource("types")
  void aCodecExistsForIt(String type) {
    var compiled =
        Compilation.of("lies/Bad.java", source(type), Optional.empty(), List.of("-parameters"));
    var result =
        ReflectedFlow.graph(compiled.load("lies.Bad")).steps().getFirst().result()
                instanceof ReflectedType reflected
            ? reflected.type()
            : void.class;
    assertThatThrownBy(() -> new Codecs().encode(result, new Object(), new Nowhere()))
        .hasMessageStartingWith("step result is of type java.lang.Object, expected");
  }

  private static String source(String type) {
    var step = "@Step %s fit() { throw new IllegalStateException(); }\n".formatted(type);
    return Lie.inFlow(type, TYPES + step).source();
  }

  /** Keeps nothing, since nothing gets so far. */
  private static final class Nowhere implements Contents {
    @Override
    public Artifact.Blob put(ArtifactStore.Writer writer) {
      throw new IllegalStateException("put");
    }

    @Override
    public Artifact.Blob putFile(Path file) {
      throw new IllegalStateException("putFile");
    }

    @Override
    public InputStream open(Digest digest) {
      throw new IllegalStateException("open");
    }

    @Override
    public void copyTo(Digest digest, Path file) {
      throw new IllegalStateException("copyTo");
    }
  }
}
