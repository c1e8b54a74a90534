package dev.colophon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colophon.core.Name;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.json.Json;
import dev.colophon.core.run.LogChunk;
import dev.colophon.core.run.LogLine;
import dev.colophon.core.run.LogLine.Stream;
import dev.colophon.core.run.RunState;
import dev.colophon.core.run.TaskLogs;
import dev.colophon.embedded.Colophon;
import dev.colophon.testkit.SampleRecords;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogsTest {
  private static final Instant START = Instant.parse("2026-11-23T15:01:02Z");

  @TempDir private Path folder;
  private Terminal terminal = new Terminal(Path.of(""));

  @BeforeEach
  void aRunWhoseTasksSpoke() {
    terminal = new Terminal(folder);
    try (Colophon colophon = Colophon.open(terminal.home())) {
      RunId run = colophon.runs().start(SampleRecords.run("Flow")).id();
      TaskId load = SampleRecords.task(run, SampleRecords.LOAD);
      TaskId fit = SampleRecords.task(run, SampleRecords.FIT, 1);
      TaskLogs logs = colophon.taskLogs();
      logs.append(
          run,
          List.of(
              LogChunk.of(
                  load, 1, 0, List.of(line(Stream.STDOUT, 10, "a"), line(Stream.STDERR, 30, "c"))),
              LogChunk.of(fit, 1, 0, List.of(line(Stream.LOGGER, 20, "INFO x: b")))));
      logs.append(run, List.of(LogChunk.of(fit, 1, 1_000, List.of(line(Stream.STDOUT, 40, "d")))));
      colophon.runs().end(run, RunState.COMPLETED, START.plusSeconds(9), Optional.empty());
    }
  }

  private static LogLine line(Stream stream, int millis, String text) {
    return new LogLine(stream, START.plusMillis(millis), text);
  }

  private String out(String... words) {
    List<String> all = new ArrayList<>(List.of("logs"));
    all.addAll(List.of(words));
    Terminal.Said said = terminal.type(all.toArray(String[]::new));
    assertThat(said.err()).isEmpty();
    return said.out();
  }

  @Test
  void theLinesOfARunComeByTimeWithTheirTasksAndWhatIsMissing() {
    assertThat(out("Flow/1"))
        .isEqualTo(
            """
            2026-11-23 16:01:02.010 out load │ a
            2026-11-23 16:01:02.020 log fit/1 │ INFO x: b
            2026-11-23 16:01:02.030 err load │ c
            … 990 bytes left out fit/1 …
            2026-11-23 16:01:02.040 out fit/1 │ d
            """);
  }

  @Test
  void ofATaskTheyDoNotRepeatWhichOneItIs() {
    assertThat(out("Flow/1/load"))
        .isEqualTo(
            """
            2026-11-23 16:01:02.010 out load │ a
            2026-11-23 16:01:02.030 err load │ c
            """);
    assertThat(out("Flow/1/fit/1", "--head", "1"))
        .isEqualTo("2026-11-23 16:01:02.020 log │ INFO x: b\n");
  }

  @Test
  void asManyLinesAreShownAsWereAskedFor() {
    assertThat(out("Flow/1", "--head", "2")).hasLineCount(2).contains("│ a", "│ INFO x: b");
    assertThat(out("Flow/1", "--tail", "1")).hasLineCount(1).contains("│ d");
  }

  @Test
  void theDocumentHasThemAll() {
    Json.Obj document = (Json.Obj) Json.parse(out("Flow/1/fit", "--json"));
    assertThat(document.get("of")).isEqualTo(Json.of("Flow/1/fit"));
    assertThat(document.get("lines").asList())
        .containsExactly(
            Json.parse(
                """
                {"task":"Flow/1/fit/1","attempt":1,"stream":"logger","time":"2026-11-23T15:01:02.020Z","text":"INFO x: b"}"""),
            Json.parse("{\"task\":\"Flow/1/fit/1\",\"attempt\":1,\"leftOutBytes\":990}"),
            Json.parse(
                """
                {"task":"Flow/1/fit/1","attempt":1,"stream":"stdout","time":"2026-11-23T15:01:02.040Z","text":"d"}"""));
  }

  @Test
  void followingARunThatHasEndedEndsAtOnce() {
    assertThat(out("Flow/1", "--follow")).isEqualTo(out("Flow/1"));
  }

  @Test
  void followedAsDocumentsEachLineIsOne() {
    assertThat(out("Flow/1", "--follow", "--json").lines().map(Json::parse)).hasSize(5);
  }

  @Test
  void showTellsTheEndOfIt() {
    assertThat(terminal.type("show", "Flow/1/fit/1").out()).contains("log, 1.0 kB\n", "\nd\n");
  }

  @Test
  void aLogOfAnEarlierColophonIsShownAsItIs() {
    terminal.given(flights -> flights.failed());
    assertThat(out("FlightDelays/1/fit/1")).isEqualTo("fold 1\nno such route: JFK-XYZ\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Flow/1 --head 1 --tail 1",
        "Flow/1 --head 1 --follow",
        "Flow/1 --tail -1",
        "Flow/2",
        "Flow/1/none",
        "Flow/1/fit/7"
      })
  void whatMakesNoSenseIsRefused(String words) {
    Terminal.Said said = terminal.type(("logs " + words).split(" ", -1));
    assertThat(said.status()).isNotZero();
    assertThat(said.err()).startsWith("error: ");
  }

  @Test
  void aStepThatSaidNothingHasNoLines() {
    assertThat(out("Flow/1/" + Name.of("register"))).isEmpty();
  }
}
