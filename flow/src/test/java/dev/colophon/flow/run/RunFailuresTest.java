package dev.colophon.flow.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colophon.core.Digest;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.run.RunState;
import dev.colophon.flow.All;
import dev.colophon.flow.Artifact;
import dev.colophon.flow.Each;
import dev.colophon.flow.Flow;
import dev.colophon.flow.Param;
import dev.colophon.flow.Step;
import dev.colophon.flow.TaskContext;
import dev.colophon.testkit.FaultyStore;
import dev.colophon.testkit.MemoryCatalog;
import dev.colophon.testkit.MemoryStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings({"NullAway", "SystemOut"}) // flows that do what they should not
class RunFailuresTest {
  @TempDir Path folder;
  private FlowHarness harness;

  @BeforeEach
  void open() {
    harness =
        new FlowHarness(new MemoryCatalog().runLog(), new MemoryStore(), folder.resolve("scratch"));
  }

  @Flow
  static class OneBadElement {
    @Step
    List<Integer> numbers() {
      return List.of(0, 1, 2, 3);
    }

    @Step
    int checked(@Each("numbers") int number) {
      if (number == 1) {
        throw new IllegalStateException("bad row " + number);
      }
      return number;
    }

    @Step
    int joined(@All List<Integer> checked) {
      return checked.size();
    }
  }

  @Test
  void siblingsOfAFailedElementFinishAndTheJoinDoesNotRun() throws Exception {
    RunOutcome outcome = harness.workers(1).run(OneBadElement.class);
    assertThat(outcome.run().state()).isEqualTo(RunState.FAILED);
    assertThat(outcome.tasks())
        .extracting(task -> task.task() + " " + task.state().text())
        .containsExactly(
            "OneBadElement/1/numbers completed",
            "OneBadElement/1/checked/0 completed",
            "OneBadElement/1/checked/1 failed",
            "OneBadElement/1/checked/2 completed",
            "OneBadElement/1/checked/3 completed");
  }

  @Test
  void theRunNamesTheElementThatFailedAndWhy() throws Exception {
    RunId run = harness.run(OneBadElement.class).run().id();
    assertThat(harness.runs.getRun(run).failure().orElseThrow().toString())
        .contains("checked/1")
        .contains("java.lang.IllegalStateException: bad row 1");
  }

  @Test
  void aTraceBeginsWithTheAuthorsFrameAndFoldsTheRest() throws Exception {
    RunId run = harness.run(OneBadElement.class).run().id();
    List<String> trace =
        harness.task(run, "checked", 1).failure().orElseThrow().trace().lines().toList();
    assertThat(trace.get(0)).isEqualTo("java.lang.IllegalStateException: bad row 1");
    assertThat(trace.get(1)).contains("OneBadElement.checked(RunFailuresTest.java:");
    assertThat(trace.get(2)).matches(" *… [0-9]+ frames of Colophon");
    assertThat(trace).hasSize(3);
  }

  @Flow
  static class BadReturns {
    @Param String kind = "null";

    @Step
    String returned(String kind) {
      return switch (kind) {
        case "null" -> null;
        case "error" -> throw new AssertionError("thrown as an error");
        case "memory" -> new String(new char[Integer.MAX_VALUE]);
        default -> deeper(0);
      };
    }

    private static String deeper(int depth) {
      return depth < 0 ? "" : deeper(depth + 1) + depth;
    }
  }

  @Test
  void aStepThatReturnsNullFailsAndIsToldWhatToReturn() throws Exception {
    assertThat(failure(BadReturns.class, "kind", "null", "returned"))
        .contains("step \"returned\" returned null")
        .contains("Optional");
  }

  @Test
  void anErrorIsAFailedTaskNotADeadRun() throws Exception {
    assertThat(failure(BadReturns.class, "kind", "error", "returned"))
        .contains("thrown as an error");
    assertThat(failure(BadReturns.class, "kind", "memory", "returned"))
        .contains("OutOfMemoryError");
    assertThat(failure(BadReturns.class, "kind", "stack", "returned"))
        .contains("StackOverflowError");
  }

  private String failure(Class<?> flow, String parameter, String text, String step)
      throws Exception {
    RunOutcome outcome = harness.with(parameter, text).run(flow);
    assertThat(outcome.run().state()).isEqualTo(RunState.FAILED);
    return harness.task(outcome.run().id(), step).failure().orElseThrow().headline();
  }

  @Flow
  static class Slow {
    static final Semaphore BEGUN = new Semaphore(0);

    @Step
    int quick() {
      return 1;
    }

    @Step
    int slow(int quick) throws InterruptedException {
      BEGUN.release();
      Thread.sleep(60_000);
      return quick;
    }

    @Step
    int never(int slow) {
      return slow;
    }
  }

  @Test
  void aStoppedRunIsCancelledAndKeepsWhatWasFinished() throws Exception {
    Slow.BEGUN.drainPermits();
    Thread stopper =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    assertThat(Slow.BEGUN.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                  harness.runner.stop();
                });
    RunOutcome outcome = harness.run(Slow.class);
    stopper.join();
    assertThat(outcome.run().state()).isEqualTo(RunState.CANCELLED);
    assertThat(outcome.tasks())
        .extracting(task -> task.task().step() + " " + task.state().text())
        .containsExactly("quick completed", "slow cancelled");
  }

  @Flow
  static class Counting {
    static final AtomicInteger NOW = new AtomicInteger();
    static final AtomicInteger MOST = new AtomicInteger();
    static final CyclicBarrier THREE = new CyclicBarrier(3);

    @Step
    List<Integer> numbers() {
      return IntStream.range(0, 30).boxed().toList();
    }

    @Step
    int work(@Each("numbers") int number) throws Exception {
      MOST.accumulateAndGet(NOW.incrementAndGet(), Math::max);
      THREE.await(); // waits, and is counted as working all the same
      NOW.decrementAndGet();
      return number;
    }
  }

  @Test
  void asManyTasksRunAtOnceAsThereAreWorkersAndNoMore() throws Exception {
    Counting.MOST.set(0);
    RunOutcome outcome = harness.workers(3).run(Counting.class);
    assertThat(outcome.run().state()).isEqualTo(RunState.COMPLETED);
    assertThat(Counting.MOST.get()).isEqualTo(3);
  }

  @Flow
  static class Damaged {
    static final byte[] BYTES = "damaged by the test ".repeat(2_000).getBytes(UTF_8);

    @Step
    byte[] large() {
      return BYTES;
    }

    @Step
    int sibling() {
      return 5;
    }

    @Step
    int length(byte[] large) {
      return large.length;
    }

    @Step
    int lazily(Artifact<byte[]> large) {
      return large.get().length;
    }
  }

  private RunOutcome runOnDamage() throws Exception {
    FaultyStore store = new FaultyStore(new MemoryStore());
    store.corrupt(Digest.of(Damaged.BYTES));
    harness = new FlowHarness(new MemoryCatalog().runLog(), store, folder.resolve("scratch"));
    return harness.run(Damaged.class);
  }

  @Test
  void aStepThatReadsDamagedContentFailsAndItsSiblingsStay() throws Exception {
    RunOutcome outcome = runOnDamage();
    assertThat(outcome.run().state()).isEqualTo(RunState.FAILED);
    assertThat(outcome.tasks())
        .extracting(task -> task.task().step() + " " + task.state().text())
        .containsExactlyInAnyOrder(
            "large completed", "sibling completed", "length failed", "lazily failed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"length", "lazily"})
  void damagedContentIsNamedWithTheTaskThatMadeIt(String reader) throws Exception {
    RunId run = runOnDamage().run().id();
    assertThat(harness.task(run, reader).failure().orElseThrow().headline())
        .startsWith("what Damaged/1/large left behind is damaged: content ")
        .contains(Digest.of(Damaged.BYTES).hex());
  }

  @Flow
  static class Typed {
    enum Level {
      LOW,
      HIGH
    }

    record Range(int from, int to) {}

    @Param int count = 1;
    @Param Level level = Level.LOW;
    @Param java.time.YearMonth month = java.time.YearMonth.of(2013, 4);
    @Param List<Double> rates = List.of(0.1);
    @Param Range range = new Range(1, 2);
    @Param boolean fast = false;
    @Param Path file = Path.of("a.csv");

    @Step
    String all(
        int count,
        Level level,
        java.time.YearMonth month,
        List<Double> rates,
        Range range,
        boolean fast,
        Path file) {
      return "%d %s %s %s %s %s %s".formatted(count, level, month, rates, range, fast, file);
    }
  }

  @Test
  void parametersAreReadByTheirTypes() throws Exception {
    RunId run =
        harness
            .with("count", "-7")
            .with("level", "HIGH")
            .with("month", "2013-12")
            .with("rates", "0.5, 1e-3")
            .with("range", "{\"from\": 3, \"to\": 4}")
            .with("fast", "true")
            .with("file", "b.csv")
            .run(Typed.class)
            .run()
            .id();
    assertThat(harness.value(Typed.class, run, "all"))
        .isEqualTo("-7 HIGH 2013-12 [0.5, 0.001] Range[from=3, to=4] true b.csv");
  }

  @Test
  void aTextThatIsNoValueOfItsTypeIsRefusedByName() {
    assertThatThrownBy(() -> harness.with("level", "MEDIUM").run(Typed.class))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("parameter \"level\": \"MEDIUM\"")
        .hasMessageContaining("LOW, HIGH");
  }

  @Test
  void anUnknownParameterIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> harness.with("cuont", "1").run(Typed.class))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("\"cuont\"")
        .hasMessageContaining("count");
  }

  @Test
  void nothingIsLeftInTheScratchFolder() throws Exception {
    harness.run(OneBadElement.class);
    try (var left = Files.list(folder.resolve("scratch"))) {
      assertThat(left).isEmpty();
    }
  }

  @Flow
  static class Logging {
    @Step
    void say(TaskContext context) {
      context.log("one");
      context.progress(1, 2);
    }
  }

  @Test
  void aWatcherHearsLinesAndProgress() throws Exception {
    List<String> heard = new java.util.concurrent.CopyOnWriteArrayList<>();
    harness
        .listener(
            new RunListener() {
              @Override
              public void taskPrinted(dev.colophon.core.Subject.TaskId task, String line) {
                heard.add(task.step() + ": " + line);
              }

              @Override
              public void taskProgressed(
                  dev.colophon.core.Subject.TaskId task, long done, long total) {
                heard.add(done + "/" + total);
              }
            })
        .run(Logging.class);
    assertThat(heard).containsExactly("say: one", "1/2");
  }

  @Flow
  static class Interrupting {
    @Step
    int given() throws InterruptedException {
      Thread.currentThread().interrupt();
      throw new InterruptedException("its own");
    }

    @Step
    int after(int given) {
      return given;
    }
  }

  @Test
  void aStepThatInterruptsItselfFailedAndWasNotStopped() throws Exception {
    assertThat(harness.run(Interrupting.class).run().state()).isEqualTo(RunState.FAILED);
  }

  @Flow
  static class Wrapping {
    static final Semaphore BEGUN = new Semaphore(0);

    @Step
    int sleepy() {
      try {
        BEGUN.release();
        Thread.sleep(60_000);
        return 1;
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Test
  void aStoppedStepThatWrapsTheInterruptIsCancelledToo() throws Exception {
    Wrapping.BEGUN.drainPermits();
    Thread stopper =
        Thread.ofPlatform()
            .start(
                () -> {
                  Wrapping.BEGUN.acquireUninterruptibly();
                  harness.runner.stop();
                });
    assertThat(harness.run(Wrapping.class).run().state()).isEqualTo(RunState.CANCELLED);
    stopper.join();
  }

  @Test
  void aWatcherThatThrowsEndsTheRunInOrder() {
    harness.listener(
        new RunListener() {
          @Override
          public void stepExpanded(dev.colophon.core.Name step, int tasks) {
            throw new IllegalStateException("watcher");
          }
        });
    assertThatThrownBy(() -> harness.run(OneBadElement.class)).hasMessage("watcher");
    assertThat(harness.runs.listRuns(dev.colophon.core.run.RunFilter.ALL).items())
        .extracting(dev.colophon.core.run.RunRecord::state)
        .containsExactly(RunState.FAILED);
  }

  @Test
  void anInterruptedCallerCancelsItsRunAndStaysInterrupted() throws Exception {
    Slow.BEGUN.drainPermits();
    Thread caller = Thread.currentThread();
    Thread stopper =
        Thread.ofPlatform()
            .start(
                () -> {
                  Slow.BEGUN.acquireUninterruptibly();
                  caller.interrupt();
                });
    RunOutcome outcome = harness.run(Slow.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(outcome.run().state()).isEqualTo(RunState.CANCELLED);
    stopper.join();
  }
}
