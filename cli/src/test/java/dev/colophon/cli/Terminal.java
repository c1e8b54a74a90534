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

/** A place to type commands in: a home below a folder, a clock that stands still, no colours. */
record Terminal(Path folder, Path workingFolder, int columns) {
  static final Instant NOW = Instant.parse("2026-11-23T16:00:00Z");

  Terminal(Path folder) {
    this(folder, folder, 100);
  }

  /** The same with another working folder. */
  Terminal at(Path other) {
    return new Terminal(folder, other, columns);
  }

  /** The same with a window of so many columns. */
  Terminal narrow(int width) {
    return new Terminal(folder, workingFolder, width);
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
    return type(false, arguments);
  }

  Said type(boolean colour, String... arguments) {
    return type(Ports.EMBEDDED, colour, arguments);
  }

  /** On a terminal with colours, or into a pipe; on other ports than usual. */
  Said type(Ports ports, boolean colour, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    World world =
        new World(
            Map.of("COLOPHON_HOME", home().toString(), "COLUMNS", Integer.toString(columns)),
            workingFolder,
            folder,
            "bo",
            Clock.fixed(NOW, ZoneId.of("UTC")),
            ZoneId.of("Europe/Berlin"),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            () -> colour);
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
