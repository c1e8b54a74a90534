package dev.colophon.flow.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule refuses the flow that breaks it, whichever reader reads it, in the same words. */
class LiesTest {
  static List<Lie> lies() {
    return Stream.of(NameLies.ALL, ClassLies.ALL, TypeLies.ALL, StorableLies.ALL)
        .flatMap(List::stream)
        .toList();
  }

  static Stream<Arguments> readings() {
    return Arrays.stream(Reading.values())
        .flatMap(reading -> lies().stream().map(lie -> Arguments.of(reading, lie)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("readings")
  void eachLieIsToldByLineAndName(Reading reading, Lie lie) {
    assertThat(reading.problems(lie.source())).isEqualTo(lie.expected());
  }
}
