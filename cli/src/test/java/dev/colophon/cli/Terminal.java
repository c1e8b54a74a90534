package dev.colophon.cli;

import dev.colophon.cli.frame.Ports;
import dev.colophon.cli.frame.World;
import dev.colophon.embedded.Colophon;
import dev.colophon.embedded.Home;
import dev.colophon.testkit.SampleFlights;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A place to type commands in: a home below a folder, a clock that stands still.
 *
 * @param columns of the terminal; 0 where it is none, but a pipe
 */
record Terminal(Path folder, int columns) {
  static final Instant NOW = Instant.parse("2026-11-23T16:00:00Z");

  /** One whose answers go into a pipe. */
  Terminal(Path folder) {
    this(folder, 0);
  }

  Terminal ofColumns(int number) {
    return new Terminal(folder, number);
  }

  /** What a command said. */
  record Said(int status, String out, String err) {}

  Home home() {
    return new Home(folder.resolve("home"));
  }

  /** Writes runs into the home. */
  void given(Consumer<SampleFlights> story) {
    try (Colophon colophon = Colophon.open(home())) {
      story.accept(new SampleFlights(colophon.runs()));
    }
  }

  Said type(String... arguments) {
    return type(Ports.EMBEDDED, arguments);
  }

  Said type(Ports ports, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    World world =
        new World(
            Map.of("COLOPHON_HOME", home().toString(), "COLUMNS", Integer.toString(columns)),
            folder,
            folder,
            "bo",
            Clock.fixed(NOW, ZoneId.of("UTC")),
            ZoneId.of("Europe/Berlin"),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            () -> columns > 0);
    int status = Main.execute(world, ports, arguments);
    return new Said(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  Said typeWithJson(List<String> arguments) {
    List<String> all = new ArrayList<>(arguments);
    all.add("--json");
    return type(all.toArray(String[]::new));
  }
}
