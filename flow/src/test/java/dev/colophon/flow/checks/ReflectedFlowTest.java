package dev.colophon.flow.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.flow.graph.FlowDeclaration.Step;
import dev.colophon.flow.graph.Position;
import dev.colophon.flow.reflect.ReflectedFlow;
import dev.colophon.flow.reflect.ReflectedType;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a compiled class tells of a flow. */
class ReflectedFlowTest {
  private static final String TWO =
      """
      import dev.colophon.flow.*;
      @Flow class Bad {
        @Step
        int z() {
          return 1;
        }
        @Step int a(int z) { return z; }
      }
      """;

  @Test
  void stepsComeInTheOrderOfTheSource() {
    assertThat(ReflectedFlow.read(load(TWO, "-parameters")).steps())
        .extracting(Step::name)
        .containsExactly("z", "a");
  }

  @Test
  void aStepStandsAtTheFirstLineOfItsBody() {
    assertThat(ReflectedFlow.read(load(TWO, "-parameters")).steps().getFirst().position())
        .isEqualTo(new Position("Bad.java", 5, 0));
  }

  @Test
  void aClassWithoutLinesStillNamesItsFile() {
    assertThat(ReflectedFlow.read(load(TWO, "-parameters", "-g:none")).position())
        .hasToString("Bad.java");
  }

  @Test
  void aClassWithoutParameterNamesIsRefused() {
    assertThatThrownBy(() -> ReflectedFlow.read(load(TWO)))
        .isInstanceOf(Invalid.class)
        .hasMessage(
            "Bad.java:7 was compiled without the names of parameters, by which steps are wired;"
                + " compile with -parameters (Maven:"
                + " <maven.compiler.parameters>true</maven.compiler.parameters>)");
  }

  @Test
  void allProblemsAreListedInOneError() {
    var source = TWO.replace("a(int z) { return z; }", "a(int y, long z) { return 1; }");
    assertThatThrownBy(() -> ReflectedFlow.graph(load(source, "-parameters")))
        .isInstanceOf(Invalid.class)
        .hasMessage(
            """
            flow Bad cannot run:
              Bad.java:7 no step named "y"; did you mean "z"?
              Bad.java:7 argument "z" has type long, but step z returns int; declare int z""");
  }

  @Test
  void theTypesOfItsGraphAreThoseOfReflection() {
    assertThat(ReflectedFlow.graph(load(TWO, "-parameters")).steps().getFirst().result())
        .isEqualTo(new ReflectedType(int.class));
  }

  @Test
  void theClassIsNotInitialised() {
    var source = TWO.replace("@Step int", "static { if (true) throw new Error(); }\n@Step int");
    assertThat(ReflectedFlow.graph(load(source, "-parameters")).steps()).hasSize(2);
  }

  private static Class<?> load(String source, String... options) {
    return Compilation.of("Bad.java", source, Optional.empty(), List.of(options)).load("Bad");
  }
}
