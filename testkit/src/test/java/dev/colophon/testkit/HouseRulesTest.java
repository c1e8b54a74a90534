package dev.colophon.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each rule catches a class that breaks it; the bad classes are in {@code
 * dev.colophon.flow.fixture}.
 */
class HouseRulesTest {
  private static final JavaClasses FIXTURES =
      new ClassFileImporter()
          .importPackages("dev.colophon.flow.fixture", "dev.colophon.store.fixture");

  @ParameterizedTest
  @CsvSource({
    "KnowsANeighbour, it knows only the floors below it",
    "Neighbour, its classes live in its own packages",
    "Unmarked, each of its packages is @NullMarked",
    "SpeaksSql, it speaks no SQL (that is catalog's work)",
    "SpeaksHttp, it speaks no HTTP",
    "Prints, it neither exits nor prints (that is cli's work)",
    "PrintsATrace, it neither exits nor prints (that is cli's work)",
    "Exits, it neither exits nor prints (that is cli's work)",
    "ReadsTheClock, 'clock, ids and randomness come to it by constructor'",
    "DrawsAnId, 'clock, ids and randomness come to it by constructor'",
    "SeedsItself, 'clock, ids and randomness come to it by constructor'",
  })
  void aClassThatBreaksARuleIsCaughtByThatRule(String type, String rule) {
    assertThat(broken("flow", named(type))).containsExactly(rule);
  }

  @Test
  void twoPackagesThatKnowEachOtherAreCaught() {
    assertThat(broken("flow", named("One", "Two")))
        .containsExactly("its packages are free of cycles");
  }

  @Test
  void aClassThatTakesItsWorldByConstructorBreaksNoRule() {
    assertThat(broken("flow", named("Behaves"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Prints", "Exits", "ReadsTheClock"})
  void theProgramsMayPrintExitAndReadTheClock(String type) {
    assertThat(broken("cli", named(type))).containsOnly("its classes live in its own packages");
  }

  @Test
  void aModuleWithoutAFloorIsRefused() {
    assertThatThrownBy(() -> HouseRules.rules("attic"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("module \"attic\" has no floor");
  }

  private static JavaClasses named(String... types) {
    var wanted = List.of(types);
    return FIXTURES.that(
        DescribedPredicate.describe(
            "are " + wanted, type -> wanted.contains(type.getSimpleName())));
  }

  private static List<String> broken(String module, JavaClasses classes) {
    return HouseRules.rules(module).entrySet().stream()
        .filter(rule -> rule.getValue().evaluate(classes).hasViolation())
        .map(rule -> rule.getKey())
        .toList();
  }
}
