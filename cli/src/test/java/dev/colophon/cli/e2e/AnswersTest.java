package dev.colophon.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colophon.cli.e2e.Command.Ended;
import dev.colophon.core.json.Json;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With {@code --json}, standard output is exactly one document, whatever happens. */
class AnswersTest {
  @TempDir private static Path folder;
  private static Optional<Command> command = Optional.empty();

  @BeforeAll
  static void makeSomethingToAskAbout() throws Exception {
    Command colophon =
        Command.in(folder)
            .file("rows.csv", "a,b\n1,2\n")
            .file(
                "Told.java",
                """
                import dev.colophon.flow.*;
                import java.nio.file.*;

                @Flow
                class Told {
                  record Weights(double[] numbers) {}

                  @Step
                  long rows(@Input("rows.csv") Path csv) throws Exception {
                    System.out.println("{\\"not\\": \\"the answer\\"}");
                    System.err.println("nor this");
                    return Files.lines(csv).count();
                  }

                  @Step
                  NewVersion register(long rows) {
                    return NewVersion.of("told", new Weights(new double[] {rows}));
                  }
                }
                """)
            .file(
                "Fails.java",
                """
                import dev.colophon.flow.*;

                @Flow
                class Fails {
                  @Step
                  int only() {
                    throw new IllegalStateException("bad");
                  }
                }
                """);
    command = Optional.of(colophon);
    assertThat(colophon.run("run", "Told.java").status()).isEqualTo(0);
    assertThat(colophon.run("model", "alias", "told", "best", "1").status()).isEqualTo(0);
  }

  private static Ended run(String words) throws Exception {
    String[] given =
        Stream.concat(Stream.of(words.split(" ")), Stream.of("--json")).toArray(String[]::new);
    return command.orElseThrow().run(given);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run Told.java",
        "runs",
        "show Told/1",
        "show Told/1/rows",
        "show Told/1/register",
        "models",
        "model show told",
        "model show told@1",
        "model show told@best",
        "model history told",
        "model alias told best 1 --expect 1",
        "trace told@1",
        "trace told@best",
        "trace Told/1",
        "trace Told/1/rows",
        "impact rows.csv",
        "get Told/1/rows --to rows.json --force",
        "--version"
      })
  void aCommandThatWorksAnswersWithOneDocument(String words) throws Exception {
    Ended ended = run(words);
    assertThat(ended.err()).doesNotContain("error:");
    assertThat(ended.status()).isEqualTo(0);
    assertThat(ended.json()).isInstanceOf(Json.Obj.class);
    assertThat(ended.out()).endsWith("}\n");
  }

  @ParameterizedTest
  @CsvSource({
    "show Told/99, 4, not_found",
    "show Told/1/nothing, 4, not_found",
    "trace told@99, 4, not_found",
    "trace nobody@1, 4, not_found",
    "impact nothing.csv, 4, not_found",
    "model show nobody, 4, not_found",
    "model history nobody, 4, not_found",
    "model alias told best 99, 4, not_found",
    "model alias told best 1 --expect 7, 5, conflict",
    "get Told/1/nothing --to x, 4, not_found",
    "get Told/1/rows --to rows.csv, 5, conflict",
    "get Told/1/rows, 2, invalid",
    "get Told/1/rows --to -, 2, invalid",
    "show a//b, 2, invalid",
    "runs --limit many, 2, invalid",
    "runs --nonsense, 2, invalid",
    "nonsense, 2, invalid",
    "run, 2, invalid",
    "run Nothing.java, 4, not_found",
    "run Told.java --workers 0, 2, invalid",
    "run Told.java --as-of yesterday, 2, invalid",
    "model, 2, invalid"
  })
  void aCommandThatIsRefusedAnswersWithOneDocumentAndTheStatusOfItsError(
      String words, int status, String code) throws Exception {
    Ended ended = run(words);
    assertThat(ended.text("error.code")).isEqualTo(code);
    assertThat(ended.status()).isEqualTo(status);
    assertThat(ended.text("error.message")).isNotBlank();
    assertThat(ended.err()).contains("error: ");
  }

  @Test
  void aRunThatFailsAnswersWithOneDocumentAndStatusOne() throws Exception {
    Ended ended = run("run Fails.java");
    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.text("state")).isEqualTo("failed");
    assertThat(ended.text("failure.headline")).isEqualTo("java.lang.IllegalStateException: bad");
  }

  @Test
  void whatAStepPrintsIsNoPartOfTheAnswer() throws Exception {
    Ended ended = run("run Told.java --no-cache");
    assertThat(ended.out()).doesNotContain("the answer");
    assertThat(ended.err()).contains("the answer").contains("nor this");
  }
}
