package dev.colophon.flow.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colophon.core.run.StepRecord.Reuse;
import dev.colophon.flow.Flow;
import dev.colophon.flow.Step;
import dev.colophon.flow.run.StepForecast.Verdict;
import dev.colophon.testkit.MemoryCatalog;
import dev.colophon.testkit.MemoryStore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A chain of more steps than are asked about one by one. */
class LongForecastTest {
  private final MemoryCatalog catalog = new MemoryCatalog();
  @TempDir private Path folder;
  private FlowHarness harness;

  @Flow
  static class Chain {
    @Step
    int s0() {
      return 0;
    }

    @Step
    int s1(int s0) {
      return s0 + 1;
    }

    @Step
    int s2(int s1) {
      return s1 + 1;
    }

    @Step
    int s3(int s2) {
      return s2 + 1;
    }

    @Step
    int s4(int s3) {
      return s3 + 1;
    }

    @Step
    int s5(int s4) {
      return s4 + 1;
    }

    @Step
    int s6(int s5) {
      return s5 + 1;
    }

    @Step
    int s7(int s6) {
      return s6 + 1;
    }

    @Step
    int s8(int s7) {
      return s7 + 1;
    }

    @Step
    int s9(int s8) {
      return s8 + 1;
    }

    @Step
    int s10(int s9) {
      return s9 + 1;
    }

    @Step
    int s11(int s10) {
      return s10 + 1;
    }

    @Step
    int s12(int s11) {
      return s11 + 1;
    }

    @Step
    int s13(int s12) {
      return s12 + 1;
    }
  }

  @BeforeEach
  void aRunOfTheChain() throws InterruptedException {
    harness =
        new FlowHarness(
            catalog.runLog(), catalog.outcomes(), new MemoryStore(), folder, Clock.systemUTC());
    for (int i = 0; i < 14; i++) {
      harness.code("s" + i, "as it was", Reuse.ON);
    }
    harness.run(Chain.class);
  }

  private List<Verdict> verdicts() {
    return harness.forecast(Chain.class).stream().map(StepForecast::verdict).toList();
  }

  @Test
  void allOfItIsReused() {
    assertThat(verdicts()).hasSize(14).containsOnly(Verdict.REUSE);
  }

  @Test
  void whatIsEditedBehindTheFirstStepsRuns() {
    harness.code("s11", "edited", Reuse.ON);
    assertThat(verdicts().subList(0, 11)).containsOnly(Verdict.REUSE);
    assertThat(verdicts().subList(11, 14))
        .containsExactly(Verdict.RUN, Verdict.DEPENDS, Verdict.DEPENDS);
  }

  @Test
  void whatOnlyAnEarlierRunComputedIsFoundToo() throws InterruptedException {
    harness.code("s11", "edited", Reuse.ON);
    harness.run(Chain.class);
    harness.code("s11", "as it was", Reuse.ON);
    assertThat(verdicts()).containsOnly(Verdict.REUSE);
  }
}
