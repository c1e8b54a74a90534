package dev.colophon.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TerminalSizeTest {
  @Test
  void theVariableColumnsCountsMoreThanStty() {
    assertThat(TerminalSize.of(Map.of("COLUMNS", "61"), () -> Optional.of("30 120")).columns())
        .isEqualTo(61);
  }

  @Test
  void withoutItSttyIsAsked() {
    assertThat(TerminalSize.of(Map.of(), () -> Optional.of("30 120\n")))
        .isEqualTo(new TerminalSize(30, 120));
  }

  @Test
  void ofATerminalOfWhichNothingIsKnownEightyColumnsAreTaken() {
    assertThat(TerminalSize.of(Map.of("COLUMNS", "wide"), () -> Optional.of("0 0")).columns())
        .isEqualTo(80);
  }
}
