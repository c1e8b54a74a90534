package dev.colophon.testkit;

import static dev.colophon.testkit.SampleRecords.FIT;
import static dev.colophon.testkit.SampleRecords.LOAD;
import static dev.colophon.testkit.SampleRecords.REGISTER;
import static dev.colophon.testkit.SampleRecords.START;
import static dev.colophon.testkit.SampleRecords.blob;
import static dev.colophon.testkit.SampleRecords.completed;
import static dev.colophon.testkit.SampleRecords.ended;
import static dev.colophon.testkit.SampleRecords.failed;
import static dev.colophon.testkit.SampleRecords.registered;
import static dev.colophon.testkit.SampleRecords.run;
import static dev.colophon.testkit.SampleRecords.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colophon.core.Digest;
import dev.colophon.core.Name;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.Subject.VersionId;
import dev.colophon.core.error.ColophonException.Conflict;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.error.ColophonException.NotFound;
import dev.colophon.core.json.Json;
import dev.colophon.core.model.MadeVersion;
import dev.colophon.core.run.Dataset;
import dev.colophon.core.run.Input;
import dev.colophon.core.run.Metric;
import dev.colophon.core.run.NewRun;
import dev.colophon.core.run.Output;
import dev.colophon.core.run.RunAddition;
import dev.colophon.core.run.RunGraph;
import dev.colophon.core.run.RunLog;
import dev.colophon.core.run.RunLog.Begun;
import dev.colophon.core.run.RunLog.ProductionToken;
import dev.colophon.core.run.RunRecord;
import dev.colophon.core.run.RunRecord.RunFailure;
import dev.colophon.core.run.RunState;
import dev.colophon.core.run.StepRecord;
import dev.colophon.core.run.TaskEnd;
import dev.colophon.core.run.TaskRecord;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What writing to a {@link RunLog} promises: every implementation passes. */
public abstract class RunLogContract {
  private static final Instant LATER = START.plusSeconds(60);

  /** The run log under test, empty at first; the same one throughout a test. */
  protected abstract RunLog runLog();

  private RunId started() {
    return runLog().start(run("Flow")).id();
  }

  @Test
  public void runsOfAFlowAreNumberedFromOneWithoutGaps() {
    assertThat(IntStream.range(0, 3).mapToObj(i -> started().toString()))
        .containsExactly("Flow/1", "Flow/2", "Flow/3");
  }

  @Test
  public void eachFlowHasItsOwnNumbers() {
    started();
    assertThat(runLog().start(run("Other")).id()).hasToString("Other/1");
  }

  private static RunAddition more(String value, Name step) {
    return new RunAddition(
        new TreeMap<>(Map.of("depth", Json.of(value))),
        List.of(new StepRecord(step, List.of(), List.of())),
        List.of(new Dataset("more.csv", blob("more"), "/data/more.csv", START)));
  }

  @Test
  public void whatIsAppendedToARunIsReadAfterWhatItStartedWith() {
    RunId run = started();
    RunGraph before = runLog().getGraph(run);
    runLog().append(run, more("3", Name.of("late")));
    RunGraph after = runLog().getGraph(run);
    assertThat(after.run().parameters()).containsEntry("depth", Json.of("3"));
    assertThat(after.run().parameters()).containsAllEntriesOf(before.run().parameters());
    assertThat(after.steps().getLast().name()).isEqualTo(Name.of("late"));
    assertThat(after.steps()).hasSize(before.steps().size() + 1).containsAll(before.steps());
    assertThat(after.datasets().getLast().name()).isEqualTo("more.csv");
    assertThat(after.datasets()).hasSize(before.datasets().size() + 1);
  }

  @Test
  public void tasksOfAnAppendedStepAreCommitted() {
    RunId run = started();
    runLog().append(run, more("3", Name.of("late")));
    TaskId late = task(run, Name.of("late"));
    runLog().commit(run, List.of(completed(late, "rows")));
    assertThat(runLog().getGraph(run).tasks()).extracting(TaskRecord::id).containsExactly(late);
  }

  @Test
  public void aParameterKeepsTheValueItHas() {
    RunId run = started();
    runLog().append(run, more("3", Name.of("late")));
    assertThatThrownBy(() -> runLog().append(run, more("4", Name.of("later"))))
        .isInstanceOf(Conflict.class)
        .hasMessageContaining("depth");
    assertThat(runLog().getGraph(run).steps())
        .extracting(StepRecord::name)
        .doesNotContain(Name.of("later"));
  }

  @Test
  public void aStepIsNotAppendedTwice() {
    RunId run = started();
    assertThatThrownBy(() -> runLog().append(run, more("3", LOAD))).isInstanceOf(Invalid.class);
  }

  @Test
  public void nothingIsAppendedToARunThatHasEnded() {
    RunId run = started();
    runLog().end(run, RunState.COMPLETED, LATER, Optional.empty());
    assertThatThrownBy(() -> runLog().append(run, more("3", Name.of("late"))))
        .isInstanceOf(Conflict.class);
  }

  @Test
  public void aRunIsRecordedAsItWasStarted() {
    NewRun run = run("Flow", "nightly", "x");
    RunRecord record = runLog().start(run);
    assertThat(record)
        .isEqualTo(
            new RunRecord(
                record.id(),
                RunState.RUNNING,
                run.parameters(),
                run.tags(),
                run.codeDigest(),
                run.seed(),
                run.asOf(),
                run.startedAt(),
                run.startedAt(),
                Optional.empty(),
                run.by(),
                run.runner(),
                Optional.empty(),
                run.place()));
  }

  @Test
  public void aRunIsFoundAsItWasRecorded() {
    RunRecord record = runLog().start(run("Flow", "nightly", "x"));
    assertThat(runLog().findRun(record.id())).contains(record);
  }

  @Test
  public void aTagGivenTwiceCountsOnce() {
    assertThat(runLog().start(run("Flow", "a", "b", "a")).tags())
        .containsExactly(Name.of("a"), Name.of("b"));
  }

  @Test
  public void aRunThatIsNotThereIsNotFound() {
    RunId none = RunId.parse("Flow/7");
    assertThat(runLog().findRun(none)).isEmpty();
    assertThatThrownBy(() -> runLog().getGraph(none)).isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> runLog().getEnvironment(none)).isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> runLog().beat(none, LATER, List.of())).isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> runLog().commit(none, List.of())).isInstanceOf(NotFound.class);
  }

  @Test
  public void theTokenThatWasMadeLastCounts() {
    Name project = Name.of("flights");
    ProductionToken first = new ProductionToken(Digest.of("one"), START, "ana");
    ProductionToken second = new ProductionToken(Digest.of("two"), LATER, "bo");
    assertThat(runLog().productionToken(project)).isEmpty();
    runLog().makeProductionToken(project, Optional.empty(), first);
    runLog().makeProductionToken(project, Optional.of(first.digest()), second);
    assertThat(runLog().productionToken(project)).contains(second);
    assertThat(runLog().productionToken(Name.of("other"))).isEmpty();
  }

  @Test
  public void aTokenIsNotMadeInPlaceOfAnotherThanWasExpected() {
    Name project = Name.of("flights");
    ProductionToken token = new ProductionToken(Digest.of("one"), START, "ana");
    runLog().makeProductionToken(project, Optional.empty(), token);
    assertThatThrownBy(() -> runLog().makeProductionToken(project, Optional.empty(), token))
        .isInstanceOf(Conflict.class)
        .hasMessageContaining("project flights");
    assertThat(runLog().productionToken(project)).contains(token);
  }

  @Test
  public void theCodeOfARunIsKeptByItsDigest() {
    NewRun run = run("Flow");
    Digest code = runLog().start(run).code();
    assertThat(runLog().getCode(code)).isEqualTo(run.code());
  }

  @Test
  public void codeThatNoRunHadIsNotFound() {
    assertThatThrownBy(() -> runLog().getCode(Digest.of("none"))).isInstanceOf(NotFound.class);
  }

  @Test
  public void theEnvironmentOfARunIsKept() {
    assertThat(runLog().getEnvironment(started())).isEqualTo(SampleRecords.environment());
  }

  @Test
  public void aGraphOfANewRunHasItsStepsAndDatasetsAndNoTasks() {
    NewRun run = run("Flow");
    RunRecord record = runLog().start(run);
    assertThat(runLog().getGraph(record.id()))
        .isEqualTo(new RunGraph(record, run.steps(), List.of(), run.datasets()));
  }

  @Test
  public void aCommitIsASignOfLifeOfTheMomentItIsRecorded() {
    RunId run = started();
    Instant late = LATER.plusSeconds(3_600);
    runLog().commit(run, List.of(completed(task(run, LOAD), "rows")), InstantSource.fixed(late));
    assertThat(runLog().getRun(run).heardAt()).isEqualTo(late);
  }

  @Test
  public void aBeatMovesTheLastSignOfLife() {
    RunId run = started();
    runLog().beat(run, LATER, List.of());
    assertThat(runLog().getRun(run).heardAt()).isEqualTo(LATER);
  }

  @Test
  public void aTaskThatBeganIsRunning() {
    RunId run = started();
    TaskId task = task(run, FIT, 3);
    runLog().beat(run, LATER, List.of(new Begun(task, 1, START)));
    assertThat(runLog().getGraph(run).tasks())
        .singleElement()
        .extracting(TaskRecord::id, TaskRecord::state, TaskRecord::startedAt, TaskRecord::endedAt)
        .containsExactly(task, RunState.RUNNING, START, Optional.empty());
  }

  @Test
  public void aBeatThatComesLateChangesNothingOfATaskThatEnded() {
    RunId run = started();
    TaskEnd end = completed(task(run, LOAD), "rows");
    runLog().commit(run, List.of(end));
    List<TaskRecord> before = runLog().getGraph(run).tasks();
    runLog().beat(run, LATER, List.of(new Begun(end.task(), 1, START)));
    assertThat(runLog().getGraph(run).tasks()).isEqualTo(before);
  }

  @Test
  public void aTaskThatNeverSaidHowItEndedEndsWithItsRun() {
    RunId run = started();
    runLog().beat(run, LATER, List.of(new Begun(task(run, LOAD), 1, START)));
    runLog().end(run, RunState.CANCELLED, LATER, Optional.empty());
    assertThat(runLog().getGraph(run).tasks())
        .singleElement()
        .extracting(TaskRecord::state, TaskRecord::endedAt)
        .containsExactly(RunState.CANCELLED, Optional.of(LATER));
  }

  @Test
  public void aCommittedTaskIsRecordedWithItsInputsAndOutput() {
    RunId run = started();
    TaskId load = task(run, LOAD);
    TaskId fit = task(run, FIT, 0);
    TaskEnd first =
        completed(
            load,
            "rows",
            new Input("csv", Digest.of("the data"), new Input.FromDataset("data.csv")));
    TaskEnd second =
        completed(fit, "model", new Input("load", Digest.of("rows"), new Input.FromTask(load)));
    List<Optional<Output>> outputs = runLog().commit(run, List.of(first, second));
    assertThat(runLog().getGraph(run).tasks())
        .containsExactly(record(first, outputs.getFirst()), record(second, outputs.getLast()));
  }

  private static TaskRecord record(TaskEnd end, Optional<Output> output) {
    return new TaskRecord(
        end.task(),
        end.state(),
        end.attempt(),
        end.startedAt(),
        Optional.of(end.endedAt()),
        end.inputs(),
        output,
        end.failure(),
        end.log(),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  public void aFailedTaskIsRecordedWithItsFailureAndLog() {
    RunId run = started();
    TaskEnd end = failed(task(run, FIT, 0), 1, List.of());
    runLog().commit(run, List.of(end));
    assertThat(runLog().getGraph(run).tasks()).containsExactly(record(end, Optional.empty()));
  }

  @Test
  public void theLastAttemptOfATaskIsOnTop() {
    RunId run = started();
    TaskId task = task(run, FIT, 0);
    runLog().commit(run, List.of(failed(task, 1, List.of())));
    runLog().beat(run, LATER, List.of(new Begun(task, 2, LATER)));
    TaskEnd second = ended(task, RunState.COMPLETED, 2);
    runLog().commit(run, List.of(second));
    assertThat(runLog().getGraph(run).tasks()).containsExactly(record(second, Optional.empty()));
  }

  @Test
  public void attemptsOfOneTaskMayBeCommittedTogether() {
    RunId run = started();
    TaskId task = task(run, FIT, 0);
    TaskEnd second = ended(task, RunState.COMPLETED, 2);
    runLog().commit(run, List.of(failed(task, 1, List.of()), second));
    assertThat(runLog().getGraph(run).tasks()).containsExactly(record(second, Optional.empty()));
  }

  @Test
  public void tasksAreListedByStepThenByIndexAsNumbers() {
    RunId run = started();
    runLog()
        .commit(
            run,
            List.of(
                completed(task(run, FIT, 10), "a"),
                completed(task(run, FIT, 9), "b"),
                completed(task(run, LOAD), "c")));
    assertThat(runLog().getGraph(run).tasks())
        .extracting(task -> task.id().toString())
        .containsExactly("Flow/1/load", "Flow/1/fit/9", "Flow/1/fit/10");
  }

  @Test
  public void aRegistrationGivesTheNextNumberAndHandsTheVersionDown() {
    RunId run = started();
    runLog().commit(run, List.of(registered(task(run, FIT, 0), "m", "one")));
    MadeVersion made = new MadeVersion(new VersionId(Name.of("m"), 2), Digest.of("two"));
    assertThat(runLog().commit(run, List.of(registered(task(run, REGISTER), "m", "two"))))
        .containsExactly(
            Optional.of(
                new Output(
                    made.artifact(), MadeVersion.CODEC, Optional.empty(), Optional.of(made.id()))));
    assertThat(runLog().findInline(made.artifact().digest())).contains(made.bytes());
  }

  @Test
  public void registrationsOfOneCommitAreNumberedInListOrder() {
    RunId run = started();
    assertThat(
            runLog()
                .commit(
                    run,
                    List.of(
                        registered(task(run, FIT, 1), "m", "one"),
                        registered(task(run, FIT, 0), "m", "two"))))
        .extracting(output -> output.flatMap(Output::version).orElseThrow().number())
        .containsExactly(1, 2);
  }

  @Test
  public void aTaskEndsOnce() {
    RunId run = started();
    TaskEnd end = completed(task(run, LOAD), "rows");
    runLog().commit(run, List.of(end));
    assertThatThrownBy(() -> runLog().commit(run, List.of(end)))
        .isInstanceOf(Conflict.class)
        .hasMessageContaining("Flow/1/load");
  }

  @Test
  public void aTaskThatCompletedHasNoFurtherAttempt() {
    RunId run = started();
    TaskId task = task(run, LOAD);
    runLog().commit(run, List.of(completed(task, "rows")));
    assertThatThrownBy(() -> runLog().commit(run, List.of(ended(task, RunState.FAILED, 2))))
        .isInstanceOf(Conflict.class);
  }

  @Test
  public void aCommitIsAllOrNothing() {
    RunId run = started();
    TaskEnd good = registered(task(run, REGISTER), "m", "one");
    TaskEnd bad = completed(task(run, Name.of("unheard-of")), "rows");
    assertThatThrownBy(() -> runLog().commit(run, List.of(good, bad)))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("unheard-of");
    assertThat(runLog().getGraph(run).tasks()).isEmpty();
    assertThat(runLog().commit(run, List.of(good)).getFirst().flatMap(Output::version))
        .contains(new VersionId(Name.of("m"), 1));
  }

  @Test
  public void aTaskOfAnotherRunIsRefused() {
    RunId run = started();
    RunId other = started();
    assertThatThrownBy(() -> runLog().commit(run, List.of(completed(task(other, LOAD), "rows"))))
        .isInstanceOf(Invalid.class);
  }

  @Test
  public void anInputFromATaskThatIsNotRecordedIsRefused() {
    RunId run = started();
    TaskEnd end =
        completed(
            task(run, FIT, 0),
            "model",
            new Input("load", Digest.of("rows"), new Input.FromTask(task(run, LOAD))));
    assertThatThrownBy(() -> runLog().commit(run, List.of(end)))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("Flow/1/load");
  }

  @Test
  public void inlineContentBeyondTheLimitIsRefused() {
    RunId run = started();
    String large = "x".repeat(TaskEnd.INLINE_LIMIT_BYTES + 1);
    assertThatThrownBy(() -> runLog().commit(run, List.of(completed(task(run, LOAD), large))))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("16385");
  }

  @Test
  public void metricsAreReadInTheOrderOfMeasuringWhateverTheirValue() {
    RunId run = started();
    TaskId task = task(run, FIT, 0);
    List<Metric> metrics =
        List.of(
            metric("loss", 0.5, OptionalLong.of(0)),
            metric("loss", Double.NaN, OptionalLong.of(1)),
            metric("auc", Double.NEGATIVE_INFINITY, OptionalLong.empty()));
    runLog().commit(run, List.of(failed(task, 1, metrics)));
    assertThat(runLog().metrics(run)).isEqualTo(Map.of(task, metrics));
  }

  @Test
  public void metricsAreReadAsTheyWereRecordedToTheLastBit() {
    RunId run = started();
    TaskId task = task(run, FIT, 0);
    List<Metric> metrics =
        DoubleStream.of(
                0.1,
                -0.0,
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                Double.MIN_VALUE,
                -Double.MIN_NORMAL,
                Double.MAX_VALUE,
                Long.MAX_VALUE)
            .mapToObj(value -> metric("loss", value, OptionalLong.empty()))
            .toList();
    runLog().commit(run, List.of(failed(task, 1, metrics)));
    assertThat(runLog().metrics(run)).isEqualTo(Map.of(task, metrics));
  }

  private static Metric metric(String name, double value, OptionalLong step) {
    return new Metric(name, value, step, Optional.of("ms"), START);
  }

  @Test
  public void aRunThatEndedSaysHowAndWhen() {
    RunId run = started();
    Optional<RunFailure> failure = Optional.of(new RunFailure("Flow/1/fit/3", "no route"));
    RunRecord ended = runLog().end(run, RunState.FAILED, LATER, failure);
    assertThat(ended)
        .extracting(RunRecord::state, RunRecord::endedAt, RunRecord::failure)
        .containsExactly(RunState.FAILED, Optional.of(LATER), failure);
    assertThat(runLog().getRun(run)).isEqualTo(ended);
  }

  @Test
  public void aRunEndsOnce() {
    RunId run = started();
    runLog().end(run, RunState.COMPLETED, LATER, Optional.empty());
    assertThatThrownBy(() -> runLog().end(run, RunState.FAILED, LATER, Optional.empty()))
        .isInstanceOf(Conflict.class)
        .hasMessageContaining("completed");
  }

  @Test
  public void aRunDoesNotEndRunning() {
    RunId run = started();
    assertThatThrownBy(() -> runLog().end(run, RunState.RUNNING, LATER, Optional.empty()))
        .isInstanceOf(Invalid.class);
  }

  @Test
  public void runsWhoseRunnerIsGoneAreDeclaredLost() {
    RunId gone = started();
    RunId alive = started();
    assertThat(runLog().declareLost(run -> run.id().equals(gone), LATER)).containsExactly(gone);
    assertThat(runLog().getRun(gone))
        .extracting(RunRecord::state, RunRecord::endedAt)
        .containsExactly(RunState.LOST, Optional.of(LATER));
    assertThat(runLog().getRun(alive).state()).isEqualTo(RunState.RUNNING);
  }

  @Test
  public void aRunThatEndedIsNeverLost() {
    runLog().end(started(), RunState.COMPLETED, LATER, Optional.empty());
    assertThat(runLog().declareLost(run -> true, LATER)).isEmpty();
  }

  @Test
  public void nothingIsAddedToARunThatWasDeclaredLost() {
    RunId run = started();
    runLog().declareLost(any -> true, LATER);
    assertThatThrownBy(() -> runLog().commit(run, List.of(completed(task(run, LOAD), "rows"))))
        .isInstanceOf(Conflict.class)
        .hasMessageContaining("lost");
    assertThatThrownBy(() -> runLog().beat(run, LATER, List.of())).isInstanceOf(Conflict.class);
    assertThat(runLog().findArtifact(blob("rows").digest())).isEmpty();
  }
}
