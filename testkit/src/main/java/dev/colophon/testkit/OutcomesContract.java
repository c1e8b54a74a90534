package dev.colophon.testkit;

import static dev.colophon.testkit.SampleRecords.FIT;
import static dev.colophon.testkit.SampleRecords.LOAD;
import static dev.colophon.testkit.SampleRecords.REGISTER;
import static dev.colophon.testkit.SampleRecords.START;
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
import dev.colophon.core.error.ColophonException.Conflict;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.json.Json;
import dev.colophon.core.model.Registry;
import dev.colophon.core.run.Metric;
import dev.colophon.core.run.Outcomes;
import dev.colophon.core.run.Outcomes.Claim;
import dev.colophon.core.run.Outcomes.Granted;
import dev.colophon.core.run.Outcomes.Held;
import dev.colophon.core.run.Outcomes.Outcome;
import dev.colophon.core.run.Outcomes.Recorded;
import dev.colophon.core.run.Output;
import dev.colophon.core.run.RunLog;
import dev.colophon.core.run.RunState;
import dev.colophon.core.run.TaskEnd;
import dev.colophon.core.run.TaskKey;
import dev.colophon.core.run.TaskRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What {@link Outcomes} promise beside the run log that records them. */
public abstract class OutcomesContract {
  private static final TaskKey KEY = key("six months");
  private static final TaskKey OTHER = key("seven months");

  /** The run log beside the outcomes under test; the same one throughout a test. */
  protected abstract RunLog runLog();

  /** The registry beside them; the same one throughout a test. */
  protected abstract Registry registry();

  /** The outcomes under test, empty at first; the same ones throughout a test. */
  protected abstract Outcomes outcomes();

  private static TaskKey key(String text) {
    return new TaskKey(
        Digest.of("code"),
        25,
        new TreeMap<>(
            Map.of(
                "load",
                new TaskKey.Given(Digest.of("rows"), Optional.of("a.csv"), Optional.empty()))),
        new TreeMap<>(Map.of("months", Json.of(text))),
        new TreeMap<>(Map.of("fold", Digest.of("2013-04"))),
        Optional.of(-7L),
        Optional.of(START));
  }

  private RunId start() {
    return runLog().start(run("Flow")).id();
  }

  private Claim claim(RunId run, TaskKey key) {
    TaskId task = task(run, LOAD);
    return Optional.ofNullable(outcomes().claim(run, Map.of(task, key.digest())).get(task))
        .orElseThrow();
  }

  private Optional<Output> commit(TaskEnd end) {
    return runLog().commit(end.task().run(), List.of(end)).getFirst();
  }

  private static TaskEnd reusing(TaskId task, TaskId origin, TaskKey key) {
    TaskEnd bare = ended(task, RunState.COMPLETED, 1);
    return new TaskEnd(
        task,
        RunState.COMPLETED,
        1,
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

  private TaskRecord record(TaskId task) {
    return runLog().getGraph(task.run()).tasks().stream()
        .filter(found -> found.id().equals(task))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aKeyThatNobodyHasIsGranted() {
    assertThat(claim(start(), KEY)).isEqualTo(new Granted());
  }

  @Test
  void aRunMayAskForItsOwnKeyAgain() {
    RunId run = start();
    claim(run, KEY);
    assertThat(claim(run, KEY)).isEqualTo(new Granted());
  }

  @Test
  void aKeyThatAnotherRunComputesIsHeld() {
    RunId first = start();
    claim(first, KEY);
    assertThat(claim(start(), KEY)).isEqualTo(new Held(first));
  }

  @Test
  void anotherKeyIsNotHeld() {
    claim(start(), KEY);
    assertThat(claim(start(), OTHER)).isEqualTo(new Granted());
  }

  @Test
  void tasksOfOneKeyGetOneAnswer() {
    RunId run = start();
    TaskId one = task(run, FIT, 0);
    TaskId two = task(run, FIT, 1);
    assertThat(outcomes().claim(run, Map.of(one, KEY.digest(), two, KEY.digest())))
        .isEqualTo(Map.of(one, new Granted(), two, new Granted()));
  }

  @Test
  void theKeyOfARunThatEndedIsFree() {
    RunId first = start();
    claim(first, KEY);
    runLog().end(first, RunState.FAILED, START.plusSeconds(9), Optional.empty());
    assertThat(claim(start(), KEY)).isEqualTo(new Granted());
  }

  @Test
  void theKeyOfALostRunIsFree() {
    RunId first = start();
    claim(first, KEY);
    runLog().declareLost(run -> run.id().equals(first), START.plusSeconds(9));
    assertThat(claim(start(), KEY)).isEqualTo(new Granted());
  }

  @Test
  void theKeyOfATaskThatFailedIsFree() {
    RunId first = start();
    claim(first, KEY);
    commit(failed(task(first, LOAD), 1, List.of()).withKey(KEY));
    assertThat(claim(start(), KEY)).isEqualTo(new Granted());
  }

  @Test
  void aRunThatEndedClaimsNothing() {
    RunId run = start();
    runLog().end(run, RunState.CANCELLED, START.plusSeconds(9), Optional.empty());
    assertThatThrownBy(() -> claim(run, KEY)).isInstanceOf(Conflict.class);
  }

  @Test
  void aRecordedOutcomeIsOffered() {
    TaskId origin = task(start(), LOAD);
    Optional<Output> output = commit(completed(origin, "rows").withKey(KEY));
    assertThat(claim(start(), KEY)).isEqualTo(new Recorded(new Outcome(origin, output)));
  }

  @Test
  void anOutcomeWithoutAValueIsOffered() {
    TaskId origin = task(start(), LOAD);
    commit(ended(origin, RunState.COMPLETED, 1).withKey(KEY));
    assertThat(claim(start(), KEY)).isEqualTo(new Recorded(new Outcome(origin, Optional.empty())));
  }

  @Test
  void theOutcomeOfATaskWithoutAKeyIsNotOffered() {
    commit(completed(task(start(), LOAD), "rows"));
    assertThat(claim(start(), KEY)).isEqualTo(new Granted());
  }

  @Test
  void theNewestOutcomeIsOffered() {
    commit(completed(task(start(), LOAD), "old").withKey(KEY));
    TaskId newer = task(start(), LOAD);
    Optional<Output> output = commit(completed(newer, "new").withKey(KEY));
    assertThat(outcomes().find(List.of(KEY.digest(), OTHER.digest())))
        .isEqualTo(Map.of(KEY.digest(), new Outcome(newer, output)));
  }

  @Test
  void aReusedTaskHasTheOutputOfItsOrigin() {
    TaskId origin = task(start(), LOAD);
    Optional<Output> output = commit(completed(origin, "rows").withKey(KEY));
    TaskId again = task(start(), LOAD);
    assertThat(commit(reusing(again, origin, KEY))).isEqualTo(output);
    assertThat(record(again).output()).isEqualTo(output);
    assertThat(record(again).origin()).contains(origin);
    assertThat(record(again).key()).contains(KEY.digest());
    assertThat(record(origin).origin()).isEmpty();
  }

  @Test
  void reuseOfAReusedTaskLeadsToTheOneThatComputed() {
    TaskId origin = task(start(), LOAD);
    commit(completed(origin, "rows").withKey(KEY));
    TaskId second = task(start(), LOAD);
    commit(reusing(second, origin, KEY));
    TaskId third = task(start(), LOAD);
    commit(reusing(third, second, KEY));
    assertThat(record(third).origin()).contains(origin);
    assertThat(claim(start(), KEY))
        .isInstanceOfSatisfying(
            Recorded.class, found -> assertThat(found.outcome().origin()).isEqualTo(origin));
  }

  @Test
  void aReusedTaskHasTheMetricsAndTheLogOfItsOrigin() {
    TaskId origin = task(start(), LOAD);
    Metric metric = new Metric("auc", 0.71, OptionalLong.empty(), Optional.empty(), START);
    TaskEnd bare = completed(origin, "rows");
    byte[] log = "read 7 rows\n".getBytes(StandardCharsets.UTF_8);
    TaskEnd.Log kept = new TaskEnd.Log(SampleRecords.blob("read 7 rows\n"), log.length);
    commit(
        new TaskEnd(
            origin,
            RunState.COMPLETED,
            1,
            bare.startedAt(),
            bare.endedAt(),
            List.of(),
            bare.result(),
            Map.of(kept.content().digest(), log),
            List.of(metric),
            Optional.empty(),
            Optional.of(kept),
            Optional.of(KEY)));
    TaskId again = task(start(), LOAD);
    commit(reusing(again, origin, KEY));
    assertThat(runLog().metrics(again.run())).isEqualTo(Map.of(again, List.of(metric)));
    assertThat(record(again).log()).contains(kept);
  }

  @Test
  void aReusedRegistrationMakesNoVersion() {
    TaskId origin = task(start(), REGISTER);
    Optional<Output> output = commit(registered(origin, "delays", "weights").withKey(KEY));
    TaskId again = task(start(), REGISTER);
    assertThat(commit(reusing(again, origin, KEY))).isEqualTo(output);
    assertThat(registry().listVersions(Name.of("delays"), 9, OptionalInt.empty())).hasSize(1);
  }

  @Test
  void whatHasAnotherKeyCannotBeReused() {
    TaskId origin = task(start(), LOAD);
    commit(completed(origin, "rows").withKey(KEY));
    TaskEnd wrong = reusing(task(start(), LOAD), origin, OTHER);
    assertThatThrownBy(() -> commit(wrong))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining(origin.toString());
  }

  @Test
  void aKeyIsFoundAsItWasRecorded() {
    TaskId task = task(start(), LOAD);
    commit(completed(task, "rows").withKey(KEY));
    assertThat(outcomes().findKey(task)).contains(KEY);
  }

  @Test
  void theKeyOfAFailedTaskIsFoundToo() {
    TaskId task = task(start(), LOAD);
    commit(failed(task, 1, List.of()).withKey(KEY));
    assertThat(outcomes().findKey(task)).contains(KEY);
  }

  @Test
  void theEarlierTaskIsOfTheNewestRunThatCompletedIt() {
    commit(completed(task(start(), FIT, 3), "old").withKey(KEY));
    TaskId newest = task(start(), FIT, 3);
    commit(completed(newest, "new").withKey(KEY));
    commit(failed(task(start(), FIT, 3), 1, List.of()).withKey(KEY));
    commit(completed(task(start(), FIT, 4), "other place").withKey(KEY));
    assertThat(outcomes().findEarlier(task(start(), FIT, 3))).contains(newest);
  }

  @Test
  void theFirstRunHasNoEarlierTask() {
    assertThat(outcomes().findEarlier(task(start(), LOAD))).isEmpty();
  }

  @Test
  void keysOfManyTasksAreFoundAtOnceAndThoseWithoutOneAreAbsent() {
    TaskId first = task(start(), FIT, 0);
    TaskId second = task(start(), FIT, 1);
    TaskId without = task(start(), FIT, 2);
    commit(completed(first, "a").withKey(KEY));
    commit(completed(second, "b").withKey(OTHER));
    commit(completed(without, "c"));
    assertThat(outcomes().findKeys(List.of(first, second, without)))
        .containsOnly(Map.entry(first, KEY), Map.entry(second, OTHER));
  }

  @Test
  void earlierTasksOfManyAreFoundAtOnceAndThoseWithoutOneAreAbsent() {
    TaskId earlier = task(start(), FIT, 1);
    commit(completed(earlier, "b").withKey(KEY));
    RunId later = start();
    assertThat(outcomes().findEarlier(List.of(task(later, FIT, 0), task(later, FIT, 1))))
        .containsOnly(Map.entry(task(later, FIT, 1), earlier));
  }
}
