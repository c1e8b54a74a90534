package dev.colophon.flow.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colophon.flow.ModelVersion;
import dev.colophon.flow.codec.Samples.Inner;
import dev.colophon.flow.codec.Samples.Job;
import dev.colophon.flow.codec.Samples.Level;
import dev.colophon.flow.codec.Samples.Pair;
import dev.colophon.flow.codec.Samples.Point;
import dev.colophon.flow.codec.Samples.Result;
import dev.colophon.flow.codec.Samples.Shape;
import dev.colophon.flow.codec.Samples.Tree;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Only what nobody can change is shared between tasks. */
final class ShareableTest {
  static Stream<Arguments> types() {
    return Stream.of(
        Arguments.of(int.class, true),
        Arguments.of(Double.class, true),
        Arguments.of(String.class, true),
        Arguments.of(Level.class, true),
        Arguments.of(Instant.class, true),
        Arguments.of(Point.class, true),
        Arguments.of(Shape.class, true),
        Arguments.of(Tree.class, true),
        Arguments.of(ModelVersion.class, true),
        Arguments.of(new TypeOf<List<Map<String, Set<Point>>>>() {}.type(), true),
        Arguments.of(new TypeOf<Optional<Result<Integer>>>() {}.type(), true),
        Arguments.of(double[].class, false),
        Arguments.of(byte[].class, false),
        Arguments.of(String[].class, false),
        Arguments.of(Path.class, false),
        Arguments.of(new TypeOf<List<Path>>() {}.type(), false),
        Arguments.of(Inner.class, false),
        Arguments.of(new TypeOf<List<int[]>>() {}.type(), false),
        Arguments.of(new TypeOf<Map<String, Optional<String[]>>>() {}.type(), false),
        Arguments.of(new TypeOf<Result<int[]>>() {}.type(), false),
        Arguments.of(new TypeOf<Pair<Tree, Pair<Tree, int[]>>>() {}.type(), false),
        Arguments.of(Job.class, false),
        Arguments.of(Object.class, false));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("types")
  void aTypeIsShareableIfItsValuesAreImmutable(Type type, boolean expected) {
    assertThat(new Codecs().isShareable(type)).isEqualTo(expected);
  }

  @Test
  void onlyFilesAndListsOfFilesAreReadIntoAFolder() {
    Codecs codecs = new Codecs();
    assertThat(codecs.placesFiles(Path.class)).isTrue();
    assertThat(codecs.placesFiles(new TypeOf<List<Path>>() {}.type())).isTrue();
    assertThat(codecs.placesFiles(new TypeOf<List<String>>() {}.type())).isFalse();
    assertThat(codecs.placesFiles(PathMatcher.class)).isFalse();
  }
}
