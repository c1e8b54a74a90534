package dev.colophon.cli;

import dev.colophon.cli.frame.Ports;
import dev.colophon.cli.frame.World;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** Executes a command as Ana types it. */
public final class GuideCommand {
  private GuideCommand() {}

  /**
   * Runs one command in this process and returns its exit status.
   *
   * @param said what a terminal would show
   */
  public static int execute(Path folder, OutputStream said, List<String> words) {
    try (PrintStream terminal = new PrintStream(said, true, StandardCharsets.UTF_8)) {
      World world =
          new World(
              Map.of(),
              folder,
              folder,
              "ana",
              Clock.systemUTC(),
              ZoneOffset.UTC,
              terminal,
              terminal,
              () -> false);
      return Main.execute(world, Ports.EMBEDDED, words.toArray(String[]::new));
    }
  }
}
