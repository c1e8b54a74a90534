package dev.colophon.testkit;

import static dev.colophon.testkit.SampleRecords.FIT;
import static dev.colophon.testkit.SampleRecords.LOAD;
import static dev.colophon.testkit.SampleRecords.REGISTER;
import static dev.colophon.testkit.SampleRecords.START;
import static dev.colophon.testkit.SampleRecords.blob;
import static dev.colophon.testkit.SampleRecords.completed;
import static dev.colophon.testkit.SampleRecords.registered;
import static dev.colophon.testkit.SampleRecords.run;
import static dev.colophon.testkit.SampleRecords.runAt;
import static dev.colophon.testkit.SampleRecords.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colophon.core.Digest;
import dev.colophon.core.Name;
import dev.colophon.core.Page;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.run.Input;
import dev.colophon.core.run.Output;
import dev.colophon.core.run.RunFilter;
import dev.colophon.core.run.RunLog;
import dev.colophon.core.run.RunLog.CapturedDataset;
import dev.colophon.core.run.RunRecord;
import dev.colophon.core.run.RunState;
import dev.colophon.core.run.TaskEnd;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What asking a {@link RunLog} promises: every implementation passes. */
public abstract class RunQueriesContract {
  /** The run log under test, empty at first; the same one throughout a test. */
  protected abstract RunLog runLog();

  private RunId started() {
    return runLog().start(run("Flow")).id();
  }

  private List<String> listed(RunFilter filter) {
    return runLog().listRuns(filter).items().stream().map(run -> run.id().toString()).toList();
  }

  private static RunFilter filter(
      Optional<String> flow, Optional<RunState> state, Optional<String> tag) {
    return new RunFilter(flow.map(Name::of), state, tag.map(Name::of), 50, Optional.empty());
  }

  @Test
  public void anEmptyLogListsNothing() {
    assertThat(runLog().listRuns(RunFilter.ALL)).isEqualTo(new Page<>(List.of(), Optional.empty()));
  }

  @Test
  public void anEmptyLogKnowsNoArtifact() {
    assertThat(runLog().findDigests("", 10)).isEmpty();
    assertThat(runLog().makersOf(Digest.of("rows"))).isEmpty();
    assertThat(runLog().readersOf(List.of(Digest.of("rows")))).isEmpty();
  }

  @Test
  public void runsAreListedNewestFirst() {
    runLog().start(runAt("Flow", START));
    runLog().start(runAt("Flow", START.minusSeconds(9)));
    runLog().start(runAt("Other", START.plusSeconds(9)));
    assertThat(listed(RunFilter.ALL)).containsExactly("Other/1", "Flow/1", "Flow/2");
  }

  @Test
  public void eachFlowHasANewestRun() {
    runLog().start(SampleRecords.run("B"));
    runLog().start(SampleRecords.run("A"));
    runLog().start(SampleRecords.run("A"));
    assertThat(runLog().newestRuns())
        .extracting(run -> run.id().toString())
        .containsExactly("A/2", "B/1");
  }

  @Test
  public void runsAreFilteredByFlow() {
    started();
    runLog().start(run("Other"));
    assertThat(listed(filter(Optional.of("Other"), Optional.empty(), Optional.empty())))
        .containsExactly("Other/1");
  }

  @Test
  public void runsAreFilteredByState() {
    started();
    runLog().end(started(), RunState.FAILED, START, Optional.empty());
    assertThat(listed(filter(Optional.empty(), Optional.of(RunState.FAILED), Optional.empty())))
        .containsExactly("Flow/2");
  }

  @Test
  public void runsAreFilteredByTag() {
    started();
    runLog().start(run("Flow", "nightly", "big"));
    assertThat(listed(filter(Optional.empty(), Optional.empty(), Optional.of("big"))))
        .containsExactly("Flow/2");
  }

  @Test
  public void filtersAddUp() {
    runLog().start(run("Flow", "big"));
    runLog().start(run("Other", "big"));
    runLog().end(RunId.parse("Flow/1"), RunState.FAILED, START, Optional.empty());
    assertThat(
            listed(filter(Optional.of("Flow"), Optional.of(RunState.FAILED), Optional.of("big"))))
        .containsExactly("Flow/1");
    assertThat(
            listed(filter(Optional.of("Other"), Optional.of(RunState.FAILED), Optional.of("big"))))
        .isEmpty();
  }

  @Test
  public void pagesHoldEveryRunOnceThoughTheyStartedAtOneMomentAndMoreStartBetween() {
    for (int i = 0; i < 5; i++) {
      runLog().start(run("Flow", "t"));
    }
    List<String> seen = new ArrayList<>();
    Optional<String> next = Optional.empty();
    do {
      RunFilter filter =
          new RunFilter(Optional.empty(), Optional.empty(), Optional.of(Name.of("t")), 2, next);
      Page<RunRecord> page = runLog().listRuns(filter);
      page.items().forEach(run -> seen.add(run.id().toString()));
      next = page.next();
      runLog().start(runAt("Later", START.plusSeconds(1), "t"));
    } while (next.isPresent());
    assertThat(seen).containsExactly("Flow/5", "Flow/4", "Flow/3", "Flow/2", "Flow/1");
  }

  @Test
  public void aPageThatIsExactlyFullIsTheLast() {
    started();
    RunFilter one =
        new RunFilter(Optional.empty(), Optional.empty(), Optional.empty(), 1, Optional.empty());
    assertThat(runLog().listRuns(one).next()).isEmpty();
  }

  @Test
  public void aPageThatNobodyGaveIsRefused() {
    RunFilter filter =
        new RunFilter(
            Optional.empty(), Optional.empty(), Optional.empty(), 1, Optional.of("page 2"));
    assertThatThrownBy(() -> runLog().listRuns(filter)).isInstanceOf(Invalid.class);
  }

  @Test
  public void anArtifactIsFoundWhicheverRecordNamesIt() {
    RunId run = started();
    TaskId fit = task(run, FIT, 0);
    runLog().commit(run, List.of(registered(task(run, REGISTER), "m", "bytes of m")));
    runLog().commit(run, List.of(SampleRecords.failed(fit, 1, List.of())));
    for (String content : List.of("the data", "bytes of m", "so far so good\n")) {
      assertThat(runLog().findArtifact(Digest.of(content))).contains(blob(content));
    }
  }

  @Test
  public void inlineContentIsGivenBack() {
    RunId run = started();
    runLog().commit(run, List.of(completed(task(run, LOAD), "rows")));
    assertThat(runLog().findInline(Digest.of("rows")))
        .contains("rows".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  public void contentThatIsInTheStoreOnlyIsNotInline() {
    started();
    assertThat(runLog().findInline(Digest.of("the data"))).isEmpty();
  }

  @Test
  public void smallContentsAreReadTogetherAndThoseElsewhereAreAbsent() {
    RunId run = started();
    runLog().commit(run, List.of(completed(task(run, LOAD), "rows")));
    runLog().commit(run, List.of(completed(task(run, FIT, 0), "model")));
    assertThat(
            runLog()
                .findInline(List.of(Digest.of("rows"), Digest.of("the data"), Digest.of("model")))
                .keySet())
        .containsExactlyInAnyOrder(Digest.of("rows"), Digest.of("model"));
  }

  @Test
  public void digestsAreFoundByTheirFirstDigits() {
    RunId run = started();
    runLog().commit(run, List.of(completed(task(run, LOAD), "rows")));
    Digest rows = Digest.of("rows");
    assertThat(runLog().findDigests(rows.hex().substring(0, 7), 10)).containsExactly(rows);
    assertThat(runLog().findDigests(rows.hex(), 10)).containsExactly(rows);
  }

  @Test
  public void digestsAreFoundInOrderUpToTheLimit() {
    RunId run = started();
    List<TaskEnd> ends = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      ends.add(completed(task(run, FIT, i), "model " + i));
    }
    runLog().commit(run, ends);
    List<Digest> all = runLog().findDigests("", 100);
    assertThat(all).hasSize(10).isSorted();
    assertThat(runLog().findDigests("", 4)).isEqualTo(all.subList(0, 4));
  }

  @Test
  public void aPrefixThatIsNotHexadecimalIsRefused() {
    assertThatThrownBy(() -> runLog().findDigests("xyz", 10)).isInstanceOf(Invalid.class);
  }

  @Test
  public void makersAreTheTasksThatLeftTheContentBehind() {
    RunId first = started();
    RunId second = started();
    runLog().commit(second, List.of(completed(task(second, LOAD), "rows")));
    runLog().commit(first, List.of(completed(task(first, LOAD), "rows")));
    assertThat(runLog().makersOf(Digest.of("rows")))
        .containsExactlyInAnyOrder(task(first, LOAD), task(second, LOAD));
  }

  @Test
  public void readersAreTheTasksThatReadTheContentEachOnce() {
    RunId run = started();
    TaskId load = task(run, LOAD);
    Input.Source source = new Input.FromTask(load);
    Digest rows = Digest.of("rows");
    runLog().commit(run, List.of(completed(load, "rows")));
    runLog()
        .commit(
            run,
            List.of(
                completed(task(run, FIT, 0), "a", new Input("x", rows, source)),
                completed(
                    task(run, FIT, 1),
                    "b",
                    new Input("x", rows, source),
                    new Input("y", rows, source))));
    assertThat(runLog().readersOf(List.of(rows, rows, Digest.of("a"))))
        .isEqualTo(Map.of(rows, List.of(task(run, FIT, 0), task(run, FIT, 1))));
  }

  @Test
  public void aTaskMayReadFromATaskOfAnotherRun() {
    TaskId load = task(started(), LOAD);
    runLog().commit(load.run(), List.of(completed(load, "rows")));
    RunId run = started();
    Input input = new Input("load", Digest.of("rows"), new Input.FromTask(load));
    runLog().commit(run, List.of(completed(task(run, FIT, 0), "model", input)));
    assertThat(runLog().getGraph(run).tasks().getFirst().inputs()).containsExactly(input);
  }

  @Test
  public void thousandsOfReadersAndOutputsAreAnsweredInOneCall() {
    RunId run = started();
    List<TaskEnd> ends = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      Input data = new Input("d", Digest.of("data " + i), new Input.FromDataset("data.csv"));
      ends.add(completed(task(run, FIT, i), "model " + i, data));
    }
    List<Optional<Output>> outputs = runLog().commit(run, ends);
    List<TaskId> tasks = ends.stream().map(TaskEnd::task).toList();
    List<Digest> read = ends.stream().map(end -> end.inputs().getFirst().digest()).toList();
    assertThat(runLog().readersOf(read))
        .hasSize(3_000)
        .containsEntry(read.get(7), List.of(tasks.get(7)));
    assertThat(runLog().outputsOf(tasks))
        .hasSize(3_000)
        .containsEntry(tasks.getLast(), outputs.getLast().orElseThrow());
  }

  @Test
  public void aTaskWithoutOutputIsAbsentFromOutputs() {
    RunId run = started();
    TaskId failed = task(run, FIT, 0);
    TaskId registered = task(run, REGISTER);
    runLog().commit(run, List.of(SampleRecords.failed(failed, 1, List.of())));
    Optional<Output> output =
        runLog().commit(run, List.of(registered(registered, "m", "bytes"))).getFirst();
    assertThat(runLog().outputsOf(List.of(failed, registered, task(run, LOAD))))
        .isEqualTo(Map.of(registered, output.orElseThrow()));
  }

  @Test
  public void datasetsAreFoundByDigestOrNameNewestFirst() {
    RunRecord old = runLog().start(runAt("Flow", START));
    RunRecord young = runLog().start(runAt("Flow", START.plusSeconds(9)));
    List<CapturedDataset> expected =
        List.of(
            new CapturedDataset(
                young.id(), SampleRecords.dataset("data.csv", "the data", START.plusSeconds(9))),
            new CapturedDataset(old.id(), SampleRecords.dataset("data.csv", "the data", START)));
    Optional<Digest> digest = Optional.of(Digest.of("the data"));
    assertThat(runLog().findDatasets(digest, Optional.empty())).isEqualTo(expected);
    assertThat(runLog().findDatasets(Optional.empty(), Optional.of("data.csv")))
        .isEqualTo(expected);
    assertThat(runLog().findDatasets(digest, Optional.of("data.csv"))).isEqualTo(expected);
    assertThat(runLog().findDatasets(Optional.empty(), Optional.of("other.csv"))).isEmpty();
  }
}
