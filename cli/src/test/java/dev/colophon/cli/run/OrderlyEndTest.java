package dev.colophon.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrderlyEndTest {
  private final List<String> happened = new ArrayList<>();
  private boolean begun;
  private Runnable interrupt = () -> {};
  private Runnable whenStopped = () -> {};
  private final OrderlyEnd end =
      new OrderlyEnd(
          new OrderlyEnd.Run() {
            @Override
            public boolean shutDown() {
              whenStopped.run();
              return begun;
            }

            @Override
            public void nextInterruptEnds() {}

            @Override
            public void endedAtOnce() {
              happened.add("told");
            }

            @Override
            public void endedByFlow() {}
          },
          new OrderlyEnd.Exit() {
            @Override
            public void halt(int status) {
              happened.add("halted with " + status);
            }

            @Override
            public boolean onInterrupt(Runnable action) {
              interrupt = action;
              return true;
            }
          },
          Thread.currentThread());

  @Test
  void aProcessWithoutARunEndsAtOnce() {
    end.end();
    assertThat(happened).containsExactly("halted with 130");
  }

  @Test
  void theProcessEndsOnlyWhenAllIsSaidAndWithTheStatusOfThat() throws Exception {
    begun = true;
    Thread process = new Thread(end::end);
    whenStopped = () -> happened.add("stopped");
    process.start();
    while (process.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait(); // until it waits for the answer
    }
    happened.add("answered");
    end.said(7);
    process.join();
    assertThat(happened).containsExactly("stopped", "answered", "halted with 7");
  }

  @Test
  void aFurtherInterruptEndsTheProcessAtOnceAndSaysSo() {
    begun = true;
    whenStopped = () -> interrupt.run();
    end.said(0);
    end.end();
    assertThat(happened).startsWith("told", "halted with 130");
  }
}
