package dev.colophon.embedded.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colophon.core.error.ColophonException.Unavailable;
import dev.colophon.core.run.RunState;
import dev.colophon.core.run.TaskEnd;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What is written while a program goes on, and what becomes of a run if that fails. */
class JournalTest {
  private final Tracker tracker = new Tracker();
  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);
  private final BlockingQueue<List<?>> committed = new LinkedBlockingQueue<>();

  /** Holds the first commit until it is released, and then does this. */
  private Consumer<List<?>> holding(Runnable then) {
    AtomicBoolean first = new AtomicBoolean(true);
    return ends -> {
      committed.add(ends);
      if (first.getAndSet(false)) {
        entered.countDown();
        await(released);
        then.run();
      }
    };
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Starts a thread; returns when it waits for something, or has ended. */
  private static Thread waiting(Runnable work) {
    Thread thread = Thread.ofPlatform().start(work);
    while (thread.getState() != Thread.State.WAITING
        && thread.getState() != Thread.State.TIMED_WAITING
        && thread.getState() != Thread.State.TERMINATED) {
      Thread.onSpinWait();
    }
    return thread;
  }

  private static Runnable failing(RuntimeException error) {
    return () -> {
      throw error;
    };
  }

  @Test
  void aRunIsNotCompletedIfSomethingIsLostWhileItsEndWaits() throws InterruptedException {
    TrackedRun run = tracker.start(holding(failing(new Unavailable("the disk is full"))));
    run.artifact("lost", 1);
    await(entered);
    AtomicReference<RuntimeException> raised = new AtomicReference<>();
    Thread ending =
        waiting(
            () -> {
              try {
                run.complete();
              } catch (Unavailable e) {
                raised.set(e);
              }
            });
    released.countDown();
    ending.join();
    assertThat(raised.get()).hasMessageContaining("the disk is full");
    assertThat(tracker.state(run)).isEqualTo(RunState.FAILED);
  }

  @Test
  void nothingIsWrittenBehindAGap() throws InterruptedException {
    TrackedRun run = tracker.start(holding(failing(new Unavailable("the disk is full"))));
    run.artifact("lost", 1);
    await(entered);
    AtomicReference<RuntimeException> raised = new AtomicReference<>();
    Thread registering =
        waiting(
            () -> {
              try {
                run.register("delays", new TryBlockTest.Score(0.7));
              } catch (Unavailable e) {
                raised.set(e);
              }
            });
    released.countDown();
    registering.join();
    assertThat(raised.get()).isNotNull();
    assertThat(committed).hasSize(1);
    assertThatThrownBy(run::complete).isInstanceOf(Unavailable.class);
  }

  @Test
  void anErrorOfTheWritingThreadIsRaisedByTheEnd() {
    TrackedRun run =
        tracker.start(
            holding(
                () -> {
                  throw new AssertionError("out of memory");
                }));
    run.artifact("lost", 1);
    await(entered);
    released.countDown();
    assertThatThrownBy(run::complete)
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("out of memory");
    assertThat(tracker.state(run)).isEqualTo(RunState.FAILED);
  }

  @Test
  void manyMetricsAreCutIntoParts() {
    TrackedRun run = tracker.start();
    for (int i = 0; i < 2 * Journal.MOST_MEASURED + 1; i++) {
      run.metric("loss", i, i);
    }
    run.complete();
    Map<?, ? extends List<?>> metrics = tracker.runs.metrics(run.id());
    assertThat(metrics.values())
        .extracting(List::size)
        .containsExactlyInAnyOrder(Journal.MOST_MEASURED, Journal.MOST_MEASURED, 1);
  }

  @Test
  void metricsOfABusyProgramAreWrittenWhenTheyAreDue() throws InterruptedException {
    TrackedRun run = tracker.start(holding(() -> {}));
    run.artifact("a", 1);
    await(entered);
    run.metric("auc", 0.7);
    tracker.passes(11);
    run.artifact("b", 2);
    released.countDown();
    assertThat(committed.take()).hasSize(1);
    assertThat(committed.take())
        .extracting(end -> ((TaskEnd) end).task().step().text())
        .containsExactlyInAnyOrder("b", "main");
    run.complete();
  }

  @Test
  void aJvmThatEndsWaitsForTheEndThatHasBegun() throws InterruptedException {
    TrackedRun run = tracker.start(holding(() -> {}));
    Thread ending = waiting(run::complete);
    await(entered);
    AtomicReference<RunState> then = new AtomicReference<>();
    Thread hook =
        waiting(
            () -> {
              run.cancel();
              then.set(tracker.state(run));
            });
    released.countDown();
    hook.join();
    ending.join();
    assertThat(then).hasValue(RunState.COMPLETED);
  }

  @Test
  void aParameterThatIsNamedAsASecretIsWarnedOf() {
    TrackedRun run = tracker.start();
    run.param("depth", 6);
    run.param("dbPassword", "hunter2");
    run.complete();
    assertThat(tracker.warnings).singleElement().asString().contains("dbPassword");
    assertThat(tracker.warnings.getFirst()).doesNotContain("hunter2");
  }
}
