package dev.colophon.testkit;

import static dev.colophon.testkit.SampleRecords.FIT;
import static dev.colophon.testkit.SampleRecords.LOAD;
import static dev.colophon.testkit.SampleRecords.START;
import static dev.colophon.testkit.SampleRecords.completed;
import static dev.colophon.testkit.SampleRecords.ended;
import static dev.colophon.testkit.SampleRecords.run;
import static dev.colophon.testkit.SampleRecords.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colophon.core.Digest;
import dev.colophon.core.Name;
import dev.colophon.core.Subject.InRun;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.error.ColophonException.Conflict;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.run.LogChunk;
import dev.colophon.core.run.LogLine;
import dev.colophon.core.run.LogLine.Stream;
import dev.colophon.core.run.RunLog;
import dev.colophon.core.run.RunState;
import dev.colophon.core.run.TaskEnd;
import dev.colophon.core.run.TaskKey;
import dev.colophon.core.run.TaskLogs;
import dev.colophon.core.run.TaskLogs.Piece;
import dev.colophon.core.run.TaskRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What {@link TaskLogs} promise beside the run log whose tasks they are of. */
public abstract class TaskLogsContract {
  private static final int ALL = 1_000;

  /** The run log beside the logs under test; the same one throughout a test. */
  protected abstract RunLog runLog();

  /** The logs under test, empty at first; the same ones throughout a test. */
  protected abstract TaskLogs taskLogs();

  private RunId start() {
    return runLog().start(run("Flow")).id();
  }

  private static LogChunk chunk(TaskId task, long fromByte, String... texts) {
    List<LogLine> lines = new ArrayList<>();
    for (String text : texts) {
      lines.add(new LogLine(Stream.STDOUT, START.plusNanos(lines.size()), text));
    }
    return LogChunk.of(task, 1, fromByte, lines);
  }

  private void append(LogChunk... chunks) {
    taskLogs().append(chunks[0].task().run(), List.of(chunks));
  }

  private List<String> texts(InRun of) {
    return taskLogs().read(of, 0, ALL).stream()
        .flatMap(piece -> piece.chunk().lines().stream())
        .map(LogLine::text)
        .toList();
  }

  @Test
  void linesComeBackAsTheyWere() {
    TaskId task = task(start(), LOAD);
    List<LogLine> lines =
        List.of(
            new LogLine(Stream.STDOUT, START, "Übung 1"),
            new LogLine(Stream.STDERR, START.plusNanos(1), ""),
            new LogLine(Stream.LOGGER, START.plusNanos(2), "INFO a: b c"));
    append(LogChunk.of(task, 1, 7, lines));
    LogChunk kept = taskLogs().read(task, 0, ALL).getFirst().chunk();
    assertThat(kept.lines()).isEqualTo(lines);
    assertThat(kept.fromByte()).isEqualTo(7);
    assertThat(kept.textBytes()).isEqualTo(9 + 1 + 12);
  }

  @Test
  void aLongChunkComesBackAsItWas() {
    TaskId task = task(start(), LOAD);
    String text = "epoch 1 loss 0.5 ".repeat(1_000);
    append(chunk(task, 0, text, text));
    assertThat(texts(task)).containsExactly(text, text);
  }

  @Test
  void whatWasReadIsNotReadAgain() {
    TaskId task = task(start(), LOAD);
    append(chunk(task, 0, "a"));
    long last = taskLogs().read(task, 0, ALL).getLast().position();
    append(chunk(task, 2, "b"));
    assertThat(taskLogs().read(task, last, ALL))
        .singleElement()
        .satisfies(piece -> assertThat(piece.chunk().lines().getFirst().text()).isEqualTo("b"));
  }

  @Test
  void noMoreIsReadThanAskedFor() {
    TaskId task = task(start(), LOAD);
    append(chunk(task, 0, "a"), chunk(task, 2, "b"), chunk(task, 4, "c"));
    assertThat(taskLogs().read(task, 0, 2)).hasSize(2);
  }

  @Test
  void aRunAStepAndATaskEachHaveTheirOwn() {
    RunId run = start();
    append(chunk(task(run, LOAD), 0, "load"), chunk(task(run, FIT, 0), 0, "fit 0"));
    append(chunk(task(run, FIT, 1), 0, "fit 1"));
    append(chunk(task(start(), FIT, 1), 0, "another run"));
    assertThat(texts(run)).containsExactly("load", "fit 0", "fit 1");
    assertThat(texts(run.step(FIT))).containsExactly("fit 0", "fit 1");
    assertThat(texts(task(run, FIT, 1))).containsExactly("fit 1");
  }

  @Test
  void nothingIsFoundOfWhatDoesNotExist() {
    assertThat(texts(new RunId(Name.of("None"), 1))).isEmpty();
  }

  @Test
  void aTaskThatSpeaksHasBegun() {
    RunId run = start();
    append(chunk(task(run, LOAD), 0, "a"));
    assertThat(runLog().getGraph(run).tasks())
        .singleElement()
        .extracting(TaskRecord::state, TaskRecord::startedAt)
        .containsExactly(RunState.RUNNING, START);
  }

  @Test
  void aTaskThatSpokeCanEnd() {
    TaskId task = task(start(), LOAD);
    append(chunk(task, 0, "a"));
    runLog().commit(task.run(), List.of(completed(task, "rows")));
    assertThat(runLog().getGraph(task.run()).tasks())
        .extracting(TaskRecord::state)
        .containsExactly(RunState.COMPLETED);
  }

  @Test
  void whatComesAfterTheEndOfATaskIsKeptAsWell() {
    TaskId task = task(start(), LOAD);
    runLog().commit(task.run(), List.of(completed(task, "rows")));
    append(chunk(task, 0, "late"));
    assertThat(texts(task)).containsExactly("late");
  }

  @Test
  void attemptsAreKeptApart() {
    TaskId task = task(start(), LOAD);
    append(chunk(task, 0, "first"));
    runLog().commit(task.run(), List.of(ended(task, RunState.FAILED, 1)));
    append(LogChunk.of(task, 2, 0, List.of(new LogLine(Stream.STDOUT, START, "second"))));
    assertThat(taskLogs().read(task, 0, ALL))
        .extracting(piece -> piece.chunk().attempt())
        .containsExactly(1, 2);
  }

  @Test
  void aReusedTaskHasTheLogOfItsOrigin() {
    TaskId origin = task(start(), LOAD);
    TaskKey key = key();
    append(chunk(origin, 0, "computed"));
    runLog().commit(origin.run(), List.of(completed(origin, "rows").withKey(key)));
    TaskId again = task(start(), LOAD);
    runLog().commit(again.run(), List.of(reused(again, origin, key)));
    assertThat(taskLogs().read(again.run(), 0, ALL))
        .singleElement()
        .satisfies(
            piece -> {
              assertThat(piece.task()).isEqualTo(again);
              assertThat(piece.chunk().task()).isEqualTo(origin);
              assertThat(piece.isReused()).isTrue();
            });
  }

  private static TaskKey key() {
    return new TaskKey(
        Digest.of("code"),
        25,
        new TreeMap<>(),
        new TreeMap<>(),
        new TreeMap<>(),
        Optional.empty(),
        Optional.empty());
  }

  private static TaskEnd reused(TaskId task, TaskId origin, TaskKey key) {
    TaskEnd bare = ended(task, RunState.COMPLETED, 1);
    return new TaskEnd(
        task,
        bare.state(),
        bare.attempt(),
        bare.startedAt(),
        bare.endedAt(),
        List.of(),
        Optional.of(new TaskEnd.Reused(origin)),
        Map.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(key));
  }

  @Test
  void ofALongLogHeadAndTailAreKeptAndTheMiddleIsDropped() {
    TaskId task = task(start(), LOAD);
    String line = "x".repeat(100_000 - 1);
    for (int i = 0; i < 30; i++) {
      append(chunk(task, 100_000L * i, line));
    }
    List<Long> kept =
        taskLogs().read(task, 0, ALL).stream().map(piece -> piece.chunk().fromByte()).toList();
    assertThat(kept)
        .containsExactly(
            0L,
            100_000L,
            200_000L,
            300_000L,
            400_000L,
            500_000L,
            2_400_000L,
            2_500_000L,
            2_600_000L,
            2_700_000L,
            2_800_000L,
            2_900_000L);
  }

  @Test
  void nothingIsAddedToARunThatHasEnded() {
    TaskId task = task(start(), LOAD);
    runLog().end(task.run(), RunState.COMPLETED, START.plusSeconds(9), Optional.empty());
    assertThatThrownBy(() -> append(chunk(task, 0, "late"))).isInstanceOf(Conflict.class);
    assertThat(taskLogs().read(task, 0, ALL)).extracting(Piece::position).isEmpty();
  }

  @Test
  void aTaskOfAnotherRunIsRefused() {
    RunId run = start();
    LogChunk other = chunk(task(start(), LOAD), 0, "a");
    assertThatThrownBy(() -> taskLogs().append(run, List.of(other))).isInstanceOf(Invalid.class);
  }
}
