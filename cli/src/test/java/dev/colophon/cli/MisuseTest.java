package dev.colophon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Command lines that can't be meant so, and the next move. */
class MisuseTest {
  private Terminal terminal = new Terminal(Path.of(""));

  @BeforeEach
  void aFolderWithAFlow(@TempDir Path folder) throws IOException {
    terminal = new Terminal(folder);
    Files.writeString(
        folder.resolve("Temps.java"),
        """
        import dev.colophon.flow.*;

        @Flow
        class Temps {
          @Param int days = 3;
          @Param String password = "";

          @Step
          int only(int days) {
            return days;
          }
        }
        """);
    Files.writeString(folder.resolve("x.txt"), "text");
    Files.createDirectory(folder.resolve("empty"));
  }

  private Terminal.Said type(String words) {
    return terminal.type(Arrays.stream(words.split(" ", -1)).toArray(String[]::new));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          rusn                  | unknown command "rusn"; did you mean runs?
          nonsense --help       | unknown command "nonsense"
          runs --limt=3         | unknown option "--limt=3"; did you mean --limit?
          runs three            | unexpected word "three"
          runs --limit          | --limit: its value is missing; write --limit N
          runs --limit many     | --limit: "many" is no whole number; write --limit N
          runs --flow a --flow b | --flow is given twice; give it once
          run                   | FLOW is missing; write "colophon run FLOW", such as "colophon run examples/flights/FlightDelays.java --months 3 --tag try"
          get Temps/1/only      | --to FILE is missing; write "colophon get WHAT --to FILE", such as "colophon get FlightDelays/12/last --to model.bin"
          model                 | a command is missing; expected one of show, alias, history, such as "colophon model show flight-delays"
          run --days 2 Temps.java | parameter --days stands before the flow, and "2" where the flow should be; the flow's own parameters follow it: colophon run Temps.java --days …
          run Temps.java --password     | parameter "password" (String): its value is missing; write --password VALUE such as text
          run Temps             | Temps would be a compiled class, but there is the source file Temps.java; type colophon run Temps.java
          run .                 | . is a folder; name a flow in it: colophon run ./Temps.java
          run empty             | empty is a folder without a flow in it; expected a .java file or the name of a class
          run x.txt             | x.txt is a file, but no .java file; expected one, or the name of a class
          run Temps.java days   | "days": expected a parameter of the flow, as --name value
          run Temps.java --sede=3 -P days        | -P "days": expected NAME=VALUE, such as -P days=5
          run Temps.java -P days=1 --days 2      | parameter "days" is given twice, as "1" and as "2"; give it once
          run Temps.java --workers 0             | --workers 0: expected 1 or more
          """)
  void itIsSaidWhatToType(String words, String message) {
    Terminal.Said said = type(words);
    assertThat(said.err().lines()).contains("error: " + message);
    assertThat(said.status()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"run Gone.java --help", "run Gone.java --help --json"})
  void theHelpOfAFlowThatIsNotThereIsAnError(String words) {
    Terminal.Said said = type(words);
    assertThat(said.err()).contains("error: flow file Gone.java");
    assertThat(said.status()).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource({
    "help, Commands:",
    "help runs, Usage: colophon runs",
    "version, 'colophon '",
    "run --workers 2 Temps.java --help, --days int"
  })
  void whatPeopleTryAnswers(String words, String answer) {
    Terminal.Said said = type(words);
    assertThat(said.out()).contains(answer);
    assertThat(said.status()).isZero();
  }

  @Test
  void aFolderOfItsNameDoesNotHideAClassWhoseClassPathIsGiven() {
    assertThat(type("run empty --class-path classes").err()).doesNotContain("is a folder");
  }

  @Test
  void theHelpOfAFlowMakesNoHome() {
    assertThat(type("run Temps.java --help").status()).isZero();
    assertThat(terminal.home().exists()).isFalse();
  }

  @Test
  void aHelpIsADocumentToo() {
    assertThat(type("runs --help --json").out()).startsWith("{\"command\":\"colophon runs\"");
  }

  @Test
  void aRunNamesTheHomeThatItMakesOnce() {
    String line = "new home for runs and models: " + terminal.home();
    assertThat(type("run Temps.java").err()).contains(line);
    assertThat(type("run Temps.java").err()).doesNotContain("new home");
  }

  @Test
  void whoGivesASecretAsAParameterIsWarnedThatItIsStored() {
    assertThat(type("run Temps.java --password x").err())
        .containsOnlyOnce("warning: parameters are stored with the run")
        .contains(": password;")
        .contains("@Secret(\"password\")");
  }

  @Test
  void otherParametersAreNothingToWarnOf() {
    assertThat(type("run Temps.java --days 1").err()).doesNotContain("warning");
  }
}
