package dev.colophon.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colophon.flow.run.LocalRunner;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How long somebody waits in one module, against what another makes of it. */
class PatienceTest {
  @Test
  void aRunThatWaitsForTheCatalogAsLongAsItMayTwiceIsNotTakenForLost() {
    assertThat(LocalRunner.BEAT.plus(Colophon.PATIENCE.multipliedBy(2)))
        .isLessThan(Machine.SILENCE);
  }

  @Test
  void aRunOfAnotherMachineThatIsLostIsSeenToBeWithinHalfAMinute() {
    assertThat(Machine.SILENCE).isLessThanOrEqualTo(Duration.ofSeconds(30));
  }
}
