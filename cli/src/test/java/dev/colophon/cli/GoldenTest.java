package dev.colophon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colophon.core.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What each command answers, to the letter: its document ({@code golden/NAME.json}, indented for
 * the eye) and its text ({@code golden/NAME.txt}). {@code -Dgolden=write} writes the files anew:
 * read the difference before it is committed, since the documents are promised to programs.
 */
class GoldenTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");

  private static final String COMMANDS =
      """
      runs,                 runs --all
      runs-others,          runs
      runs-none,            runs --flow Nothing
      runs-page,            runs --all --limit 1
      runs-filtered,        runs --by ana --state completed --tag nightly --limit 1
      runs-where,           runs --all --where "state != failed and param.months = 6" --sort seconds
      runs-artifact,        runs --all --flow FlightDelays --artifact best
      tag,                  tag FlightDelays/2 --add good
      tag-show,             tag FlightDelays/3
      flows,                flows
      status,               status
      show-flow,            show FlightDelays
      show-run,             show FlightDelays/1
      show-failed-run,      show FlightDelays/3
      show-step,            show FlightDelays/3/fit
      show-task,            show FlightDelays/1/fit/1
      show-failed-task,     show FlightDelays/3/fit/1
      show-first-task,      show FlightDelays/1/flights
      show-registration,    show FlightDelays/1/register
      logs,                 logs FlightDelays/3
      diff-run,             diff FlightDelays/1 FlightDelays/3
      diff-version,         diff flight-delays@1 flight-delays@champion
      code-show,            code show FlightDelays/1
      error-code-model,     code show flight-delays
      get,                  get FlightDelays/1/best --to best.json
      get-component,        get FlightDelays/1/best.fold --to fold.json
      trace-version,        trace flight-delays@champion
      trace-run,            trace FlightDelays/3
      trace-step,           trace FlightDelays/1/fit
      trace-task,           trace FlightDelays/1/fit/0
      trace-digest,         trace 57be809c
      trace-chain,          trace Chain/1/s30
      impact-dataset,       impact data/flights.csv.zip
      impact-digest,        impact 541bc918
      impact-run,           impact FlightDelays/1
      impact-version,       impact flight-delays@champion
      models,               models
      model-show,           model show flight-delays
      model-show-version,   model show flight-delays@1
      model-alias,          model alias flight-delays challenger 2 --why "better in autumn"
      model-history,        model history flight-delays
      error-not-found,      show FlightDelays/9
      error-flow,           trace FlightDelays
      error-model,          show flight-delays
      error-version,        show flight-delays@1
      error-name,           trace FlihgtDelays
      error-dataset,        impact ./data/none.csv
      error-conflict,       model alias flight-delays champion 1 --expect 9
      error-where,          runs --where "stat = failed"
      error-tag,            tag FlightDelays/1 --add user:bo
      error-usage,          runs --limt 3
      error-command,        rnus
      """;

  @TempDir private static Path folder;

  @BeforeAll
  static void twoRunsThatCompletedOneThatFailedAndAChain() {
    Terminal terminal = new Terminal(folder);
    terminal.given(
        flights -> {
          flights.completed(2);
          flights.completed(2);
          flights.failed();
          flights.chain(40);
        });
    assertThat(terminal.type("tag", "FlightDelays/2", "--add", "good").status()).isZero();
    point(terminal, "champion", "1", "--why", "first");
    point(terminal, "champion", "2", "--expect", "1");
    point(terminal, "challenger", "2", "--why", "better in autumn");
  }

  private static void point(Terminal terminal, String alias, String version, String... more) {
    List<String> words = new ArrayList<>(List.of("model", "alias", "flight-delays", alias));
    words.add(version);
    words.addAll(List.of(more));
    assertThat(terminal.type(words.toArray(String[]::new)).status()).isZero();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(textBlock = COMMANDS)
  void itsDocumentIs(String name, String command) throws IOException {
    Terminal.Said said = new Terminal(folder).typeWithJson(words(command, "json"));
    assertThat(said.out()).endsWith("\n").hasLineCount(1);
    expect(name + ".json", Json.parse(said.out().strip()).pretty() + "\n");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(textBlock = COMMANDS)
  void itsTextIs(String name, String command) throws IOException {
    Terminal.Said said = new Terminal(folder).type(words(command, "txt").toArray(String[]::new));
    expect(name + ".txt", said.out() + said.err());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(textBlock = COMMANDS)
  void onATerminalNoLineIsWiderThanItButThoseToCopy(String name, String command) {
    Terminal narrow = new Terminal(folder).narrow(60);
    Terminal.Said said = narrow.type(true, words(command, "tty").toArray(String[]::new));
    assertThat(said.out().replaceAll("\033\\[[0-9]*m", "").lines())
        .allMatch(
            line -> line.length() <= 60 || line.matches(".*(sha256:[0-9a-f]{64}|: colophon .*)"));
  }

  /** Words of the command, so that what it makes is made once for each form. */
  private static List<String> words(String command, String form) {
    return Arrays.stream(command.split(" (?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1))
        .map(word -> word.replace("\"", "").replace(".json", "." + form))
        .toList();
  }

  private static void expect(String name, String found) throws IOException {
    String portable = found.replace(folder.toString(), "FOLDER").replace(".txt", ".json");
    Path file = GOLDEN.resolve(name);
    if ("write".equals(System.getProperty("golden"))) {
      Files.writeString(file, portable);
    }
    assertThat(file).as("golden file").exists();
    assertThat(portable).isEqualTo(Files.readString(file));
  }
}
