package dev.colophon.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colophon.core.Subject.RunId;
import dev.colophon.core.run.RunRecord;
import dev.colophon.core.run.Runner;
import dev.colophon.testkit.MemoryCatalog;
import dev.colophon.testkit.SampleFlights;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MachineTest {
  private final Machine machine = Machine.current();
  private final MemoryCatalog catalog = new MemoryCatalog();
  private final SampleFlights flights = new SampleFlights(catalog.runLog());

  private RunRecord running(Runner runner) {
    return catalog.runLog().getRun(flights.running(runner));
  }

  private static Instant silent(RunRecord run, int seconds) {
    return run.heardAt().plusSeconds(seconds);
  }

  @Test
  void aLivingProcessOfThisMachineIsNotGoneHoweverSilent() {
    RunRecord run = running(machine.runner());
    assertThat(machine.isGone(run, silent(run, 3_600))).isFalse();
  }

  @Test
  void aProcessOfThisMachineThatEndedIsGoneAtOnce() throws IOException, InterruptedException {
    Process process = new ProcessBuilder("sleep", "60").start();
    Runner runner =
        new Runner(machine.id(), process.pid(), process.info().startInstant().orElseThrow());
    process.destroyForcibly().waitFor();
    RunRecord run = running(runner);
    assertThat(machine.isGone(run, run.heardAt())).isTrue();
  }

  @Test
  void aProcessThatGotTheNumberOfTheRunnerLaterIsNotTheRunner() {
    Runner self = machine.runner();
    RunRecord run =
        running(new Runner(machine.id(), self.pid(), self.startedAt().minusSeconds(60)));
    assertThat(machine.isGone(run, run.heardAt())).isTrue();
  }

  @Test
  void aRunnerElsewhereThatWasHeardThirtySecondsAgoIsNotGone() {
    RunRecord run = running(new Runner("elsewhere", 1, Instant.EPOCH));
    assertThat(machine.isGone(run, silent(run, 30))).isFalse();
  }

  @Test
  void aRunnerElsewhereThatWasSilentForLongerIsGone() {
    RunRecord run = running(new Runner("elsewhere", 1, Instant.EPOCH));
    assertThat(machine.isGone(run, silent(run, 31))).isTrue();
  }

  @Test
  void runsWhoseProcessVanishedAreDeclaredLost() {
    RunId gone = flights.running(new Runner("elsewhere", 1, Instant.EPOCH));
    RunId alive = flights.running(machine.runner());
    Colophon colophon = Colophons.of(catalog);
    Instant now = catalog.runLog().getRun(alive).heardAt().plusSeconds(31);
    assertThat(colophon.declareLost(machine, now)).isEqualTo(List.of(gone));
  }
}
