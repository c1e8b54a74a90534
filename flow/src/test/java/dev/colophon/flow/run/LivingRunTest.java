package dev.colophon.flow.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colophon.core.Subject.RunId;
import dev.colophon.core.error.ColophonException.Conflict;
import dev.colophon.core.error.ColophonException.Unavailable;
import dev.colophon.core.run.RunLog;
import dev.colophon.core.run.RunState;
import dev.colophon.flow.Flow;
import dev.colophon.flow.Step;
import dev.colophon.testkit.MemoryCatalog;
import dev.colophon.testkit.MemoryStore;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signs of life: given whatever else is slow, and in nobody's way. */
class LivingRunTest {
  @TempDir Path folder;
  private final RunLog runs = new MemoryCatalog().runLog();

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Flow
  static class Two {
    @Step
    int one() {
      return 1;
    }

    @Step
    int two(int one) {
      return one + 1;
    }
  }

  @Test
  void aRunWhoseCommitIsHeldUpIsStillHeardOf() throws Exception {
    CountDownLatch heard = new CountDownLatch(1);
    RunLog slow =
        WatchedLog.of(
            runs,
            (method, arguments) -> {
              if (method.equals("beat")) {
                heard.countDown();
              } else if (method.equals("commit")) {
                await(heard);
              }
            });
    RunOutcome outcome = new FlowHarness(slow, new MemoryStore(), folder).run(Two.class);
    assertThat(outcome.run().state()).isEqualTo(RunState.COMPLETED);
  }

  @Flow
  static class Waiting {
    static final AtomicReference<CountDownLatch> GATE =
        new AtomicReference<>(new CountDownLatch(1));

    @Step
    int first() {
      await(GATE.get());
      return 1;
    }

    @Step
    int second(int first) {
      return first;
    }
  }

  @Test
  void aSignOfLifeThatIsHeldUpHoldsUpNoTask() throws Exception {
    CountDownLatch done = new CountDownLatch(2);
    CountDownLatch beating = new CountDownLatch(1);
    Waiting.GATE.set(beating);
    RunLog slow =
        WatchedLog.of(
            runs,
            (method, arguments) -> {
              if (method.equals("beat")) {
                beating.countDown();
                await(done);
              } else if (method.equals("commit")) {
                done.countDown();
              }
            });
    RunOutcome outcome = new FlowHarness(slow, new MemoryStore(), folder).run(Waiting.class);
    assertThat(outcome.run().state()).isEqualTo(RunState.COMPLETED);
  }

  @Test
  void aMissedSignOfLifeIsMadeUpForByTheNext() throws Exception {
    CountDownLatch second = new CountDownLatch(2);
    Waiting.GATE.set(second);
    RunLog failing =
        WatchedLog.of(
            runs,
            (method, arguments) -> {
              if (method.equals("beat")) {
                second.countDown();
                if (second.getCount() == 1) {
                  throw new Unavailable("busy", new IllegalStateException("busy"));
                }
              }
            });
    RunOutcome outcome = new FlowHarness(failing, new MemoryStore(), folder).run(Waiting.class);
    assertThat(outcome.run().state()).isEqualTo(RunState.COMPLETED);
  }

  @Test
  void aRunThatWasDeclaredLostStopsAtItsNextSignOfLife() {
    AtomicInteger beats = new AtomicInteger();
    Waiting.GATE.set(new CountDownLatch(1)); // the step waits until it is interrupted
    RunLog fenced =
        WatchedLog.of(
            runs,
            (method, arguments) -> {
              if (method.equals("beat")) {
                beats.incrementAndGet();
                runs.declareLost(run -> true, java.time.Instant.now());
              }
            });
    FlowHarness harness = new FlowHarness(fenced, new MemoryStore(), folder);
    assertThatThrownBy(() -> harness.run(Waiting.class)).isInstanceOf(Conflict.class);
    assertThat(runs.getRun(RunId.parse("Waiting/1")).state()).isEqualTo(RunState.LOST);
    assertThat(beats).hasValue(1);
  }

  @Test
  void whoStopsARunThatHasEndedLearnsThatItBegan() throws Exception {
    FlowHarness harness = new FlowHarness(runs, new MemoryStore(), folder);
    harness.run(Two.class);
    assertThat(harness.runner.shutDown()).isTrue();
  }

  @Test
  void whoStopsBeforeARunBeganLearnsThatToo() {
    FlowHarness harness = new FlowHarness(runs, new MemoryStore(), folder);
    assertThat(harness.runner.shutDown()).isFalse();
    assertThatThrownBy(() -> harness.run(Two.class)).hasMessageContaining("before its run began");
  }
}
