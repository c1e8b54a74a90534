package dev.colophon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colophon.cli.Terminal.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person types to name something, and what is said where it names something else. */
class AddressTest {
  private Path folder;
  private Terminal terminal;

  @BeforeEach
  void twoRunsThatMadeAVersionEach(@TempDir Path folder) {
    this.folder = folder;
    this.terminal = new Terminal(folder);
    terminal.given(
        flights -> {
          flights.completed(1);
          flights.completed(1);
        });
  }

  private void refuses(String command, int status, String... parts) {
    Said said = terminal.type(command.split(" ", -1));
    assertThat(said.err()).startsWith("error: ").contains(parts);
    assertThat(said.status()).isEqualTo(status);
  }

  @Test
  void aFlowIsNoRunButItsNewestIsNamed() {
    refuses("logs FlightDelays", 2, "is a flow", "FlightDelays/2, its newest");
    refuses("trace FlightDelays", 2, "is a flow", "FlightDelays/2, its newest");
  }

  @Test
  void aModelIsNoVersionButItsNewestIsNamed() {
    refuses("trace flight-delays", 2, "is a model", "flight-delays@2, its newest");
    refuses("impact flight-delays", 2, "is a model", "flight-delays@2, its newest");
  }

  @Test
  void whatShowDoesNotShowIsShownByAnotherCommand() {
    refuses("show flight-delays", 2, "\"colophon model show flight-delays\"");
    refuses("show flight-delays@1", 2, "\"colophon model show flight-delays@1\"");
    refuses("show 541bc918", 2, "\"colophon trace 541bc918\"");
    refuses("model show FlightDelays/1", 2, "\"colophon show FlightDelays/1\"");
    refuses("model history flight-delays@1", 2, "\"colophon model history flight-delays\"");
  }

  @Test
  void aNameThatIsNearlyOneThereIsAskedBack() {
    refuses("show FlihgtDelays", 4, "did you mean FlightDelays?");
    refuses("trace flight-delay", 4, "did you mean flight-delays?");
  }

  @Test
  void aDigestIsFoundByItsFirstEightDigits() {
    assertThat(terminal.type("trace", "541bc918").out()).contains("FlightDelays/1");
    assertThat(terminal.type("trace", "sha256:541bc918").out()).contains("FlightDelays/1");
  }

  @Test
  void aFileIsItsContent() throws IOException {
    Files.writeString(folder.resolve("rows.json"), "{\"rows\":336776}");
    assertThat(terminal.type("trace", "./rows.json").out()).contains("run FlightDelays/1");
    assertThat(terminal.type("impact", "rows.json").out()).contains("FlightDelays fit ×2");
  }

  @Test
  void aDatasetIsFoundHoweverItsPathIsSpelt() {
    String asWritten = terminal.type("impact", "data/flights.csv.zip").out();
    assertThat(asWritten).contains("8 tasks");
    assertThat(terminal.type("impact", "./data//flights.csv.zip").out()).isEqualTo(asWritten);
  }

  @Test
  void aDatasetThatWasMovedIsFoundByWhatItHolds() throws IOException {
    Files.writeString(folder.resolve("elsewhere.zip"), "all flights");
    assertThat(terminal.type("impact", "elsewhere.zip").out()).contains("8 tasks");
  }

  @Test
  void aFileThatNoRunReadHasNoImpact() throws IOException {
    Files.writeString(folder.resolve("mine.csv"), "mine");
    refuses("impact mine.csv", 4, "no run captured", "what the file of this name holds now");
    refuses("impact none.csv", 4, "no run captured", "colophon show RUN");
  }

  @Test
  void anAliasTakesAVersionInEveryShape() {
    assertThat(alias("flight-delays@1")).isEqualTo("flight-delays@best   nothing → version 1\n");
    assertThat(alias("2")).isEqualTo("flight-delays@best   version 1 → version 2\n");
    assertThat(alias("flight-delays@best")).contains("names version 2 already");
  }

  private String alias(String version) {
    return terminal.type("model", "alias", "flight-delays", "best", version).out();
  }

  @Test
  void anAliasTakesNoVersionOfAnotherModel() {
    refuses("model alias flight-delays best other@1", 2, "other@1", "flight-delays@3");
    refuses("model alias flight-delays best first", 2, "first", "such as 3 or flight-delays@3");
  }
}
