package dev.colophon.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colophon.cli.e2e.Command.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused before anything runs, and how it is said. */
class RefusedFlowTest {
  @TempDir Path folder;
  private Command colophon;

  @BeforeEach
  void writeTheFlow() throws Exception {
    colophon =
        Command.in(folder)
            .file(
                "Given.java",
                """
                import dev.colophon.flow.*;
                import java.time.*;
                import java.util.*;

                @Flow
                class Given {
                  enum Size { SMALL, LARGE }

                  @Param("How many months")
                  int months = 6;

                  @Param double bar = 0.64;
                  @Param YearMonth from = YearMonth.of(2013, 4);
                  @Param Size size = Size.LARGE;
                  @Param List<String> names = List.of("a", "b");

                  @Step
                  int only(int months) {
                    return months;
                  }
                }
                """);
  }

  private void refusedWithoutARun(Ended ended) throws Exception {
    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.text("error.code")).isEqualTo("invalid");
    assertThat(colophon.run("runs", "--json").out()).doesNotContain("Given");
  }

  @Test
  void theHelpOfAFlowListsItsParametersWithTheirDefaults() throws Exception {
    Ended ended = colophon.run("run", "Given.java", "--help");
    assertThat(ended.status()).isEqualTo(0);
    assertThat(ended.out())
        .containsPattern("--months.*How many months.*6")
        .containsPattern("--bar.*0\\.64")
        .containsPattern("--from.*2013-04")
        .containsPattern("--size.*LARGE")
        .containsPattern("--names.*a");
  }

  @ParameterizedTest
  @CsvSource({"months,many", "bar,high", "from,April", "size,HUGE"})
  void aValueThatItsTypeDoesNotHaveIsRefusedByName(String parameter, String value)
      throws Exception {
    Ended ended = colophon.run("run", "Given.java", "--" + parameter, value, "--json");
    refusedWithoutARun(ended);
    assertThat(ended.text("error.message"))
        .contains("parameter \"" + parameter + "\"")
        .contains(value);
  }

  @Test
  void anUnknownParameterIsRefusedWithTheOneThatWasMeant() throws Exception {
    Ended ended = colophon.run("run", "Given.java", "--month", "3", "--json");
    refusedWithoutARun(ended);
    assertThat(ended.text("error.message"))
        .contains("\"month\"")
        .contains("did you mean")
        .contains("months");
  }

  @Test
  void anUnknownStepIsRefusedWithFileLineColumnAndSuggestion() throws Exception {
    colophon.file(
        "Typo.java",
        """
        import dev.colophon.flow.*;

        @Flow
        class Typo {
          @Step
          int train() {
            return 1;
          }

          @Step
          int score(int trian) {
            return trian;
          }
        }
        """);
    Ended ended = colophon.run("run", "Typo.java", "--json");
    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.text("error.message"))
        .contains("Typo.java:11:17")
        .contains("trian")
        .contains("did you mean")
        .contains("train");
  }

  @Test
  void everyMistakeOfAFileIsToldAtOnce() throws Exception {
    colophon.file(
        "Wrong.java",
        """
        import dev.colophon.flow.*;

        @Flow
        class Wrong {
          @Step
          int one(int nothing) {
            return 1;
          }

          @Step
          Thread two() {
            return null;
          }
        }
        """);
    assertThat(colophon.run("run", "Wrong.java").err())
        .contains("Wrong.java:6:")
        .contains("Wrong.java:11:");
  }

  @Test
  void aValueWithoutACodecIsRefusedWithFileLineAndType() throws Exception {
    colophon.file(
        "Odd.java",
        """
        import dev.colophon.flow.*;

        @Flow
        class Odd {
          @Step
          Runnable only() {
            return () -> {};
          }
        }
        """);
    Ended ended = colophon.run("run", "Odd.java", "--json");
    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.text("error.message")).contains("Odd.java:6:").contains("Runnable");
  }

  @Test
  void aFileThatDoesNotCompileIsRefusedWithFileAndLine() throws Exception {
    colophon.file(
        "Broken.java", "import dev.colophon.flow.*;\n@Flow class Broken {\n  int x = ;\n}\n");
    Ended ended = colophon.run("run", "Broken.java", "--json");
    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.text("error.message")).contains("Broken.java:3");
  }

  @Test
  void aFileThatIsNotThereIsNamed() throws Exception {
    Ended ended = colophon.run("run", "Gone.java", "--json");
    assertThat(ended.status()).isEqualTo(4);
    assertThat(ended.text("error.message")).contains("Gone.java");
  }

  @Test
  void aDatasetThatIsNotThereIsNamed() throws Exception {
    colophon.file(
        "Reads.java",
        """
        import dev.colophon.flow.*;
        import java.nio.file.*;

        @Flow
        class Reads {
          @Step
          int only(@Input("data/flights.csv") Path csv) {
            return 1;
          }
        }
        """);
    colophon.file("data/flight.csv", "x");
    Ended ended = colophon.run("run", "Reads.java", "--json");
    assertThat(ended.status()).isEqualTo(4);
    assertThat(ended.text("error.message"))
        .contains("data/flights.csv")
        .contains("did you mean")
        .contains("flight.csv");
    assertThat(colophon.run("runs", "--json").out()).doesNotContain("Reads");
  }

  @Test
  void aLibraryThatCannotBeHadIsNamed() throws Exception {
    Files.createDirectories(colophon.person().resolve(".m2"));
    Files.writeString(
        colophon.person().resolve(".m2").resolve("settings.xml"),
        "<settings><offline>true</offline></settings>");
    colophon.file(
        "Needs.java",
        """
        //DEPS com.example.nowhere:nothing:9.9.9
        import dev.colophon.flow.*;

        @Flow
        class Needs {
          @Step
          int only() {
            return 1;
          }
        }
        """);
    Ended ended = colophon.run("run", "Needs.java", "--json");
    assertThat(ended.status()).isEqualTo(7);
    assertThat(ended.text("error.message")).contains("//DEPS com.example.nowhere:nothing:9.9.9");
  }

  @Test
  void aLibraryThatIsNoCoordinateIsNamed() throws Exception {
    colophon.file(
        "Needs.java", "//DEPS tribuo\nimport dev.colophon.flow.*;\n@Flow class Needs {}\n");
    Ended ended = colophon.run("run", "Needs.java", "--json");
    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.text("error.message"))
        .contains("//DEPS tribuo")
        .contains("expected group:artifact:version");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-leading", "a b", "ä", "a/b", "", ".hidden"})
  void aTagThatIsNoNameIsRefused(String tag) throws Exception {
    Ended ended = colophon.run("run", "Given.java", "--tag=" + tag, "--json");
    refusedWithoutARun(ended);
    assertThat(ended.text("error.message")).contains("\"" + tag + "\"");
  }

  @Test
  void aTagOf129LettersIsRefused() throws Exception {
    refusedWithoutARun(colophon.run("run", "Given.java", "--tag", "x".repeat(129), "--json"));
  }

  @Test
  void aModelThatIsNoNameFailsTheStepThatNamesIt() throws Exception {
    Ended ended = register("my model");
    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.text("failure.task")).isEqualTo("Registers/1/register");
    assertThat(ended.text("failure.headline")).contains("name \"my model\": expected a letter");
  }

  @Test
  void anAliasThatIsNoNameIsRefused() throws Exception {
    assertThat(register("m").status()).isEqualTo(0);
    Ended ended = colophon.run("model", "alias", "m", "best ever", "1", "--json");
    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.text("error.message")).contains("name \"best ever\": expected a letter");
  }

  private Ended register(String name) throws Exception {
    return colophon
        .file(
            "Registers.java",
            """
            import dev.colophon.flow.*;

            @Flow
            class Registers {
              record Weights(double[] numbers) {}

              @Param String name = "m";

              @Step
              NewVersion register(String name) {
                return NewVersion.of(name, new Weights(new double[] {1, 2}));
              }
            }
            """)
        .run("run", "Registers.java", "--name", name, "--json");
  }
}
