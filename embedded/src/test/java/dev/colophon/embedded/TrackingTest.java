package dev.colophon.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.Subject.VersionId;
import dev.colophon.core.error.ColophonException.Conflict;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.error.ColophonException.NotFound;
import dev.colophon.core.json.Json;
import dev.colophon.core.run.Dataset;
import dev.colophon.core.run.Input;
import dev.colophon.core.run.Metric;
import dev.colophon.core.run.RunFilter;
import dev.colophon.core.run.RunRecord;
import dev.colophon.core.run.RunState;
import dev.colophon.embedded.read.Run;
import dev.colophon.embedded.track.TrackedRun;
import dev.colophon.flow.NewVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that are not flows, and what can be read of them. */
class TrackingTest {
  private static final String NAME = "nightly-train";

  /** A value that a program leaves behind. */
  record Score(double auc) {}

  /** What ends a program in the middle. */
  private static final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1;

    Crash() {
      super("out of luck");
    }
  }

  private Path folder;
  private Colophon colophon;

  @BeforeEach
  void open(@TempDir Path folder) {
    this.folder = folder;
    this.colophon = Colophon.open(folder.resolve("home"));
  }

  @AfterEach
  void close() {
    colophon.close();
  }

  private Run last() {
    return colophon.read().runs(NAME).findFirst().orElseThrow();
  }

  private Path csv() throws IOException {
    return Files.writeString(folder.resolve("flights.csv"), "delay\n12\n");
  }

  @Test
  void aBlockThatComesToItsEndIsACompletedRun() {
    try (var run = colophon.start(NAME)) {
      run.param("depth", 6);
    }
    assertThat(last().state()).isEqualTo(RunState.COMPLETED);
  }

  @Test
  void aBlockThatAnExceptionLeavesIsAFailedRun() {
    assertThatThrownBy(this::crash).isInstanceOf(Crash.class);
    assertThat(last().state()).isEqualTo(RunState.FAILED);
  }

  private void crash() {
    try (var run = colophon.start(NAME)) {
      run.param("depth", 6);
      throw new Crash();
    }
  }

  @Test
  void aBlockInsideAnotherThatComesToItsEndIsACompletedRun() {
    try (var inner = Colophon.open(folder.resolve("home"));
        var run = inner.start(NAME)) {
      run.param("depth", 6);
    }
    assertThat(last().state()).isEqualTo(RunState.COMPLETED);
  }

  @Test
  void aBlockThatIsLeftByReturnIsACompletedRun() {
    assertThat(returning()).isEqualTo(6);
    assertThat(last().state()).isEqualTo(RunState.COMPLETED);
  }

  private int returning() {
    try (var run = colophon.start(NAME)) {
      run.param("depth", 6);
      return 6;
    }
  }

  @Test
  void aFailureThatIsToldIsOnRecord() {
    try (var run = colophon.start(NAME)) {
      run.fail(new Crash());
    }
    assertThat(last().state()).isEqualTo(RunState.FAILED);
    assertThat(last().toRecord().failure().map(RunRecord.RunFailure::headline))
        .contains(Crash.class.getName() + ": out of luck");
  }

  @Test
  void trackedWorkThatThrowsIsAFailedRunWithTheExceptionOnRecord() {
    assertThatThrownBy(
            () ->
                colophon.track(
                    NAME,
                    run -> {
                      throw new Crash();
                    }))
        .isInstanceOf(Crash.class);
    assertThat(last().toRecord().failure().map(RunRecord.RunFailure::headline).orElseThrow())
        .contains("out of luck");
  }

  @Test
  void trackedWorkThatReturnsIsACompletedRun() {
    int six =
        colophon.track(
            NAME,
            run -> {
              run.metric("auc", 0.7);
              return 6;
            });
    assertThat(six).isEqualTo(6);
    assertThat(last().state()).isEqualTo(RunState.COMPLETED);
  }

  @Test
  void parametersAreReadAsTheyWereGiven() {
    try (var run = colophon.start(NAME)) {
      run.metric("auc", 0.5);
      run.param("depth", 6);
      run.param("route", "north");
      run.param("depth", 6);
    }
    assertThat(last().parameter("depth", int.class)).isEqualTo(6);
    assertThat(last().parameter("route", String.class)).isEqualTo("north");
  }

  @Test
  void aParameterHasOneValue() {
    try (var run = colophon.start(NAME)) {
      run.param("depth", 6);
      assertThatThrownBy(() -> run.param("depth", 7))
          .isInstanceOf(Conflict.class)
          .hasMessageContaining("depth");
    }
  }

  @Test
  void metricsAreReadInTheOrderOfMeasuring() {
    try (var run = colophon.start(NAME)) {
      run.metric("loss", 0.9, 1);
      run.metric("loss", 0.4, 2);
    }
    assertThat(last().metrics()).extracting(Metric::value).containsExactly(0.9, 0.4);
    assertThat(last().metric("loss")).contains(0.4);
  }

  @Test
  void anArtifactIsReadByItsName() {
    try (var run = colophon.start(NAME)) {
      run.artifact("score", new Score(0.71));
    }
    assertThat(last().step("score").artifact(Score.class)).isEqualTo(new Score(0.71));
  }

  @Test
  void aFileIsReadUnderTheNameThatItHad() throws IOException {
    try (var run = colophon.start(NAME)) {
      run.artifact("table", csv());
    }
    Path copy = last().step("table").task().artifact().copyTo(folder.resolve("copies"));
    assertThat(copy).hasFileName("flights.csv").hasContent("delay\n12\n");
  }

  @Test
  void aNameIsForOneArtifact() {
    try (var run = colophon.start(NAME)) {
      run.artifact("score", new Score(0.71));
      assertThatThrownBy(() -> run.artifact("score", new Score(0.72))).isInstanceOf(Conflict.class);
    }
  }

  @Test
  void aValueWithoutACodecIsRefusedAndNamed() {
    try (var run = colophon.start(NAME)) {
      assertThatThrownBy(() -> run.artifact("score", new Object()))
          .isInstanceOf(Invalid.class)
          .hasMessageContaining("score");
    }
  }

  @Test
  void aNameThatWasRefusedIsFree() {
    try (var run = colophon.start(NAME)) {
      assertThatThrownBy(() -> run.artifact("score", new Object())).isInstanceOf(Invalid.class);
      run.artifact("score", new Score(0.71));
    }
    assertThat(last().step("score").artifact(Score.class)).isEqualTo(new Score(0.71));
  }

  @Test
  void listsAndMapsOfStorableValuesAreStored() {
    try (var run = colophon.start(NAME)) {
      run.artifact("list", List.of(1, 2));
      run.artifact("none", List.of());
      run.artifact("scores", Map.of("best", List.of(new Score(0.71))));
      run.param("layers", List.of(64, 32));
    }
    assertThat(text("list")).isEqualTo("[1,2]");
    assertThat(text("none")).isEqualTo("[]");
    assertThat(text("scores")).isEqualTo("{\"best\":[{\"auc\":0.71}]}");
    assertThat(last().toRecord().parameters().get("layers"))
        .extracting(Json::canonical)
        .isEqualTo("[64,32]");
  }

  private String text(String step) {
    try (InputStream in = last().step(step).task().artifact().open()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aListOfSeveralTypesIsRefusedAndNamed() {
    try (var run = colophon.start(NAME)) {
      assertThatThrownBy(() -> run.artifact("list", List.of(1, "two")))
          .isInstanceOf(Invalid.class)
          .hasMessageContaining("artifact \"list\": it holds values of java.lang.Integer");
    }
  }

  @Test
  void aValueReadAsAnotherTypeIsRefused() {
    try (var run = colophon.start(NAME)) {
      run.artifact("score", new Score(0.71));
    }
    assertThatThrownBy(() -> last().step("score").artifact(WholeScore.class))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("auc");
  }

  /** A score as it was not stored. */
  record WholeScore(int auc) {}

  @Test
  void anInputThatIsSaidTwiceIsOneInput() throws IOException {
    try (var run = colophon.start(NAME)) {
      run.register("delays", new Score(0.71));
    }
    try (var run = colophon.start("evening-check")) {
      run.input("delays@1");
      run.input("delays@1");
      run.input(csv());
      run.input(csv());
      run.artifact("check", "good");
    }
    Run evening = colophon.read().run("evening-check/1");
    assertThat(evening.state()).isEqualTo(RunState.COMPLETED);
    assertThat(evening.step("check").task().toRecord().inputs()).hasSize(2);
  }

  @Test
  void whatIsLeftBehindNamesTheInputsThatWereCapturedBefore() throws IOException {
    try (var run = colophon.start(NAME)) {
      run.artifact("early", 1);
      run.input(csv());
      run.artifact("late", 2);
    }
    String name = folder.resolve("flights.csv").toString();
    assertThat(last().datasets()).extracting(Dataset::name).containsExactly(name);
    assertThat(last().step("early").task().toRecord().inputs()).isEmpty();
    assertThat(last().step("late").task().toRecord().inputs())
        .extracting(Input::source)
        .containsExactly(new Input.FromDataset(name));
  }

  @Test
  void anInputThatIsMissingIsRefused() {
    try (var run = colophon.start(NAME)) {
      assertThatThrownBy(() -> run.input(folder.resolve("none.csv"))).isInstanceOf(NotFound.class);
    }
  }

  @Test
  void aModelVersionHasItsNumberAtOnceAndIsTracedToItsData() throws IOException {
    VersionId version;
    try (var run = colophon.start(NAME)) {
      run.input(csv());
      version = run.register(NewVersion.of("delays", new Score(0.71)).metric("auc", 0.71));
    }
    assertThat(version).hasToString("delays@1");
    assertThat(colophon.read().model("delays").version(1).artifact().as(Score.class))
        .isEqualTo(new Score(0.71));
    assertThat(colophon.read().trace("delays@1").toJson().canonical()).contains("flights.csv");
  }

  @Test
  void aRunThatReadsAModelVersionIsAmongWhatCameOfIt() {
    try (var run = colophon.start(NAME)) {
      run.register("delays", new Score(0.71));
    }
    TaskId read;
    try (var run = colophon.start("evening-check")) {
      read = run.input("delays@1");
      run.artifact("check", "good");
    }
    assertThat(read).hasToString("nightly-train/1/delays");
    assertThat(colophon.read().impact("delays@1").toJson().canonical()).contains("evening-check");
  }

  @Test
  void theProgramsCodeIsCaptured() {
    colophon.start(NAME).complete();
    assertThat(last().code().flow()).isEqualTo(TrackingTest.class.getName());
    assertThat(last().code().classPath()).isNotEmpty();
  }

  @Test
  void aThousandMetricsAndArtifactsOfManyThreadsAreAllRecorded() {
    try (var run = colophon.start(NAME)) {
      IntStream.range(0, 1_000)
          .parallel()
          .forEach(
              i -> {
                run.metric("m", i);
                run.artifact("a" + i, i);
              });
    }
    List<String> names =
        last().steps().stream().map(step -> step.toRecord().name().text()).toList();
    assertThat(names).hasSize(1_001).contains("a0", "a999");
    assertThat(last().metrics()).hasSize(1_000);
  }

  @Test
  void nothingIsAddedToARunThatHasEnded() {
    TrackedRun run = colophon.start(NAME);
    run.complete();
    assertThatThrownBy(() -> run.metric("auc", 0.7)).isInstanceOf(Conflict.class);
  }

  @Test
  void aRunThatWasDeclaredLostIsToldSo() {
    TrackedRun run = colophon.start(NAME);
    colophon.runs().declareLost(any -> true, Instant.now());
    run.metric("auc", 0.7);
    assertThatThrownBy(run::complete).isInstanceOf(Conflict.class);
    assertThat(last().state()).isEqualTo(RunState.LOST);
  }

  @Test
  void aProgramThatIsKilledLeavesALostRun() throws IOException, InterruptedException {
    Process process = OtherProcess.start("track", folder.toString());
    assertThat(process.inputReader().readLine()).isEqualTo("tracking");
    process.destroyForcibly().waitFor();
    colophon.declareLost(Machine.current(), Instant.now());
    assertThat(last().state()).isEqualTo(RunState.LOST);
    assertThat(last().step("score").artifact(Score.class)).isEqualTo(new Score(0.7));
  }

  @Test
  void aProgramThatIsToldToEndLeavesACancelledRun() throws IOException, InterruptedException {
    Process process = OtherProcess.start("track", folder.toString());
    assertThat(process.inputReader().readLine()).isEqualTo("tracking");
    process.destroy();
    process.waitFor();
    assertThat(last().state()).isEqualTo(RunState.CANCELLED);
  }

  @Test
  void portsWithoutAHomeTrackNothing() {
    try (Colophon ports =
        Colophon.of(colophon.runs(), colophon.registry(), colophon.outcomes(), colophon.store())) {
      assertThatThrownBy(() -> ports.start(NAME)).isInstanceOf(Invalid.class);
    }
  }

  @Test
  void aTemporaryHomeIsGoneWhenItIsClosed() {
    Path home;
    try (Colophon temporary = Colophon.temporary()) {
      temporary.start(NAME).complete();
      assertThat(temporary.read().runs()).hasSize(1);
      home = temporary.home().orElseThrow().folder();
      assertThat(home).exists();
    }
    assertThat(home).doesNotExist();
  }

  @Test
  void runsAreReadBeyondOnePageAndFiltered() {
    for (int i = 0; i < 5; i++) {
      colophon.start(NAME).complete();
    }
    colophon.start("other").complete();
    RunFilter two =
        new RunFilter(
            Optional.empty(),
            Optional.of(RunState.COMPLETED),
            Optional.empty(),
            2,
            Optional.empty());
    assertThat(colophon.read().runs(two)).hasSize(6);
    assertThat(colophon.read().runs(NAME)).hasSize(5);
  }

  @Test
  void artifactsOfManyRunsAreReadTogetherAndRunsWithoutOneAreLeftOut() {
    for (double auc : new double[] {0.6, 0.7}) {
      colophon.track(
          NAME,
          run -> {
            run.artifact("score", new Score(auc));
            return auc;
          });
    }
    colophon.start(NAME).complete();
    List<Run> runs = colophon.read().runs(NAME).toList();
    assertThat(colophon.read().artifacts(runs, "score", Score.class).values())
        .containsExactly(new Score(0.7), new Score(0.6));
  }

  @Test
  void aStepThatARunHasNotIsNamedBesideThoseThatItHas() {
    colophon.start(NAME).complete();
    assertThatThrownBy(() -> last().step("scoer"))
        .isInstanceOf(NotFound.class)
        .hasMessageContaining("main");
  }
}
