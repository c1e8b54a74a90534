package dev.colophon.flow.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colophon.core.Digest;
import dev.colophon.core.IndexPath;
import dev.colophon.core.Name;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.code.Fingerprint;
import dev.colophon.core.code.Fingerprint.Kind;
import dev.colophon.core.code.Fingerprint.Part;
import dev.colophon.core.run.Outcomes;
import dev.colophon.core.run.Outcomes.Claim;
import dev.colophon.core.run.RunState;
import dev.colophon.core.run.StepRecord.Reuse;
import dev.colophon.core.run.TaskKey;
import dev.colophon.flow.Each;
import dev.colophon.flow.Flow;
import dev.colophon.flow.NewVersion;
import dev.colophon.flow.Param;
import dev.colophon.flow.Step;
import dev.colophon.testkit.MemoryCatalog;
import dev.colophon.testkit.MemoryStore;
import dev.colophon.testkit.SampleRecords;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReuseTest {
  private final MemoryCatalog catalog = new MemoryCatalog();
  private final MemoryStore store = new MemoryStore();
  private final Path folder;

  ReuseTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeEach
  void reset() {
    Sums.parts.set(0);
    Sums.broken.set(false);
  }

  private FlowHarness harness() {
    return harness(catalog.outcomes());
  }

  private FlowHarness harness(Outcomes outcomes) {
    FlowHarness harness =
        new FlowHarness(catalog.runLog(), outcomes, store, folder, Clock.systemUTC());
    for (String step : List.of("numbers", "part", "sum", "drawn", "registered")) {
      harness.code(step, "as it was", Reuse.ON);
    }
    return harness;
  }

  /** Steps of the tasks that ran, in graph order. */
  private static List<String> ran(RunOutcome outcome) {
    return outcome.tasks().stream()
        .filter(task -> task.origin().isEmpty())
        .map(task -> task.task().step() + task.task().index().toString())
        .toList();
  }

  record Weights(int sum) {}

  @Flow
  static class Sums {
    static final AtomicInteger parts = new AtomicInteger();
    static final AtomicBoolean broken = new AtomicBoolean();

    @Param int factor = 1;
    @Param List<Integer> list = List.of(1, 2, 3);
    @Param boolean odd = false;

    @Step
    List<Integer> numbers(List<Integer> list) {
      return list;
    }

    @Step
    int part(@Each("numbers") int number, int factor) {
      parts.incrementAndGet();
      if (broken.get() && number == 2) {
        throw new IllegalStateException("no two");
      }
      return odd ? number * factor : number * factor * 10;
    }

    @Step
    int sum(List<Integer> part) {
      return part.stream().mapToInt(Integer::intValue).sum();
    }

    @Step
    int drawn(@Each("numbers") int number, RandomGenerator random) {
      return random.nextInt();
    }

    @Step
    NewVersion registered(int sum) {
      return NewVersion.of("sums", new Weights(sum));
    }
  }

  @Test
  void aSecondRunReusesEverything() throws InterruptedException {
    RunOutcome first = harness().run(Sums.class);
    RunOutcome second = harness().run(Sums.class);
    assertThat(ran(first)).hasSize(9);
    assertThat(ran(second)).isEmpty();
    assertThat(second.run().state()).isEqualTo(RunState.COMPLETED);
  }

  @Test
  void aReusedTaskNamesItsOriginEvenOverSeveralRuns() throws InterruptedException {
    RunOutcome first = harness().run(Sums.class);
    harness().run(Sums.class);
    RunOutcome third = harness().run(Sums.class);
    assertThat(third.tasks())
        .allSatisfy(
            task -> assertThat(task.origin().orElseThrow().run()).isEqualTo(first.run().id()));
  }

  @Test
  void aReusedVersionStepLinksTheVersionThatExists() throws InterruptedException {
    RunOutcome first = harness().run(Sums.class);
    RunOutcome second = harness().run(Sums.class);
    assertThat(second.models().getFirst().version()).isEqualTo(first.models().getFirst().version());
    assertThat(second.models().getFirst().origin()).isPresent();
  }

  @Test
  void editedCodeRerunsItsStepAndWhatItChanged() throws InterruptedException {
    harness().run(Sums.class);
    RunOutcome second = harness().code("sum", "edited", Reuse.ON).run(Sums.class);
    assertThat(ran(second)).containsExactly("sum");
  }

  @Test
  void anEqualOutputCutsOffWhatLiesDownstream() throws InterruptedException {
    harness().run(Sums.class);
    RunOutcome second = harness().code("numbers", "edited", Reuse.ON).run(Sums.class);
    assertThat(ran(second)).containsExactly("numbers");
  }

  @Test
  void aChangedParameterRerunsTheStepsThatNameIt() throws InterruptedException {
    harness().run(Sums.class);
    RunOutcome second = harness().with("factor", "2").run(Sums.class);
    assertThat(ran(second)).containsExactly("part0", "part1", "part2", "sum", "registered");
  }

  @Test
  void aParameterReadAsAFieldCounts() throws InterruptedException {
    Part odd = Part.of(Kind.PARAMETER, "odd");
    harness().code("part", "as it was", Reuse.ON, odd).run(Sums.class);
    RunOutcome same = harness().code("part", "as it was", Reuse.ON, odd).run(Sums.class);
    RunOutcome other =
        harness().code("part", "as it was", Reuse.ON, odd).with("odd", "true").run(Sums.class);
    assertThat(ran(same)).isEmpty();
    assertThat(ran(other)).contains("part0", "part1", "part2");
  }

  @Test
  void aNewElementRunsAlone() throws InterruptedException {
    harness().run(Sums.class);
    RunOutcome second = harness().with("list", "[4,1,2,3]").run(Sums.class);
    assertThat(ran(second)).filteredOn(task -> task.startsWith("part")).containsExactly("part0");
  }

  @Test
  void elementsThatAreEqualAreComputedOnce() throws InterruptedException {
    RunOutcome outcome = harness().with("list", "[7,7,7,7]").run(Sums.class);
    assertThat(Sums.parts).hasValue(1);
    assertThat(outcome.run().state()).isEqualTo(RunState.COMPLETED);
  }

  @Test
  void randomNumbersDependOnThePlaceAndTheSeed() throws InterruptedException {
    harness().with("list", "[7,7]").run(Sums.class);
    RunOutcome same = harness().with("list", "[7,7]").run(Sums.class);
    RunOutcome other = harness().with("list", "[7,7]").seed(5).run(Sums.class);
    assertThat(ran(same)).isEmpty();
    assertThat(ran(other)).containsExactly("drawn0", "drawn1");
  }

  @Test
  void aRunAfterAFailureComputesOnlyTheRest() throws InterruptedException {
    Sums.broken.set(true);
    harness().run(Sums.class);
    Sums.broken.set(false);
    RunOutcome second = harness().run(Sums.class);
    assertThat(ran(second)).containsExactly("part1", "sum", "registered");
  }

  @Test
  void aStepThatSaysSoAlwaysRuns() throws InterruptedException {
    harness().run(Sums.class);
    harness().code("part", "as it was", Reuse.OFF).run(Sums.class);
    RunOutcome third = harness().code("part", "as it was", Reuse.OFF).run(Sums.class);
    assertThat(ran(third)).containsExactly("part0", "part1", "part2");
  }

  @Test
  void aRefreshedStepRunsAndIsReusedLater() throws InterruptedException {
    harness().run(Sums.class);
    RunOutcome second = harness().code("sum", "as it was", Reuse.REFRESH).run(Sums.class);
    RunOutcome third = harness().run(Sums.class);
    assertThat(ran(second)).containsExactly("sum");
    assertThat(ran(third)).isEmpty();
    assertThat(third.tasks())
        .filteredOn(task -> task.task().step().text().equals("sum"))
        .allSatisfy(
            task -> assertThat(task.origin().orElseThrow().run()).isEqualTo(second.run().id()));
  }

  @Test
  void codeThatAsksForItsAddressIsNotReused() throws InterruptedException {
    Part id = Part.of(Kind.ASKS, Fingerprint.ID);
    harness().code("sum", "as it was", Reuse.ON, id).run(Sums.class);
    RunOutcome second = harness().code("sum", "as it was", Reuse.ON, id).run(Sums.class);
    assertThat(ran(second)).containsExactly("sum");
  }

  @Test
  void aReusedValueIsReadByWhatRuns() throws Exception {
    harness().run(Sums.class);
    FlowHarness harness = harness().code("sum", "edited", Reuse.ON);
    RunOutcome second = harness.run(Sums.class);
    assertThat(harness.value(Sums.class, second.run().id(), "sum")).isEqualTo(60);
  }

  /** Outcomes of a catalog in which another run holds a key until it is asked about it again. */
  private static final class HeldAtFirst implements Outcomes {
    private final Outcomes outcomes;
    private final Runnable whenAsked;
    private boolean asked;

    HeldAtFirst(Outcomes outcomes, Runnable whenAsked) {
      this.outcomes = outcomes;
      this.whenAsked = whenAsked;
    }

    @Override
    public Map<TaskId, Claim> claim(RunId run, Map<TaskId, Digest> keys) {
      Map<TaskId, Claim> claims = outcomes.claim(run, keys);
      if (!asked) {
        asked = true;
        whenAsked.run();
      }
      return claims;
    }

    @Override
    public Map<Digest, Outcome> find(Collection<Digest> keys) {
      return outcomes.find(keys);
    }

    @Override
    public Map<TaskId, TaskKey> findKeys(Collection<TaskId> tasks) {
      return outcomes.findKeys(tasks);
    }

    @Override
    public Map<TaskId, TaskId> findEarlier(Collection<TaskId> tasks) {
      return outcomes.findEarlier(tasks);
    }
  }

  private RunId holding(RunOutcome known) {
    RunId other = catalog.runLog().start(SampleRecords.run("Other")).id();
    TaskId task = other.step(Name.of("load")).task(IndexPath.NONE);
    known
        .tasks()
        .forEach(
            done ->
                catalog
                    .outcomes()
                    .findKey(done.task())
                    .ifPresent(key -> catalog.outcomes().claim(other, Map.of(task, edited(key)))));
    return other;
  }

  /** The key that the same task has once its step's code is edited. */
  private static Digest edited(TaskKey key) {
    Digest code =
        new Fingerprint(List.of(new Part(Kind.METHOD, "numbers", Digest.of("edited")))).digest();
    return new TaskKey(
            code, key.jdk(), key.inputs(), key.parameters(), key.elements(), key.seed(), key.asOf())
        .digest();
  }

  @Test
  void whatAnotherRunComputesIsWaitedFor() throws InterruptedException {
    RunId other = holding(harness().run(Sums.class));
    Runnable ends =
        () -> catalog.runLog().end(other, RunState.FAILED, SampleRecords.START, Optional.empty());
    RunOutcome second =
        harness(new HeldAtFirst(catalog.outcomes(), ends))
            .code("numbers", "edited", Reuse.ON)
            .run(Sums.class);
    assertThat(second.run().state()).isEqualTo(RunState.COMPLETED);
    assertThat(ran(second)).containsExactly("numbers");
  }

  @Test
  void whatARunComputedThatIsGoneIsTakenOver() throws InterruptedException {
    RunId other = holding(harness().run(Sums.class));
    FlowHarness harness = harness().code("numbers", "edited", Reuse.ON);
    harness.gone.add(other);
    RunOutcome second = harness.run(Sums.class);
    assertThat(ran(second)).containsExactly("numbers");
    assertThat(catalog.runLog().getRun(other).state()).isEqualTo(RunState.LOST);
  }
}
