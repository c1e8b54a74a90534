package dev.colophon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colophon.core.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCommandTest {
  @TempDir private Path folder;
  private Terminal terminal;

  @BeforeEach
  void aTerminal() {
    terminal = new Terminal(folder);
  }

  private void write(String text) throws IOException {
    Files.writeString(folder.resolve("colophon.toml"), text);
  }

  private List<String> shown() {
    Json.Obj document = Json.parse(terminal.type("config", "--json").out().strip()).asObject();
    return document.get("settings").asList().stream()
        .map(Json::asObject)
        .map(
            one ->
                one.get("name").asString()
                    + " "
                    + one.get("value").text()
                    + " "
                    + one.get("from").asString())
        .toList();
  }

  @Test
  void eachValueIsShownWithWhereItComesFrom() throws IOException {
    write(
        """
        project = "arrivals"
        [defaults]
        workers = 3
        color = "never"
        [params.Train]
        months = 2
        [secrets]
        db = { env = "DB" }
        """);
    assertThat(shown())
        .containsExactly(
            "defaults.color \"never\" colophon.toml:4",
            "defaults.workers 3 colophon.toml:3",
            "home \"" + terminal.home() + "\" COLOPHON_HOME",
            "params.Train.months 2 colophon.toml:6",
            "project \"arrivals\" colophon.toml:1",
            "secrets.db \"env DB\" colophon.toml:8");
  }

  @Test
  void aProjectThatIsSetBindsListingsAndSaysSo() throws IOException {
    terminal.given(flights -> flights.completed(1));
    write("project = \"arrivals\"\n");
    assertThat(terminal.type("runs").out())
        .contains("No such runs of project arrivals", "colophon.toml:1", "colophon runs --all");
    assertThat(terminal.type("runs", "--all").out()).contains("FlightDelays/1");
    assertThat(terminal.type("runs", "--project", "", "--by", "ana").out())
        .contains("FlightDelays/1");
  }

  @Test
  void whatIsSetIsTheDefaultOfTheOption() throws IOException {
    terminal.given(
        flights -> {
          flights.completed(1);
          flights.completed(1);
        });
    write("defaults.limit = 1\n");
    assertThat(terminal.type("runs", "--all").out())
        .contains("FlightDelays/2")
        .doesNotContain("Delays/1 ");
    assertThat(terminal.type("runs", "--all", "--limit", "2").out()).contains("FlightDelays/1");
  }

  @Test
  void aWrongFileStopsACommandButNotItsHelp() throws IOException {
    write("defaults.limt = 1\n");
    Terminal.Said said = terminal.type("runs");
    assertThat(said.status()).isEqualTo(2);
    assertThat(said.err()).startsWith("error: colophon.toml:1: ").contains("did you mean limit?");
    assertThat(terminal.type("runs", "--help").status()).isZero();
  }

  @Test
  void coloursCanBeSwitchedOff() throws IOException {
    write("defaults.color = \"never\"\n");
    terminal.given(flights -> flights.completed(1));
    assertThat(terminal.type(true, "runs").out()).doesNotContain("\033");
  }
}
