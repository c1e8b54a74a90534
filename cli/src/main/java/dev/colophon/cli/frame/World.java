package dev.colophon.cli.frame;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;

/**
 * All that a command knows of where it runs.
 *
 * @param environment variables of the process
 * @param workingFolder against which relative paths are resolved
 * @param personFolder home folder of the account
 * @param person name of the account
 * @param clock what is now
 * @param zone in which moments are shown to people
 * @param out for answers, and nothing else
 * @param err for everything else: progress, errors
 * @param terminal whether {@code out} is a terminal; asked only when it matters
 */
public record World(
    Map<String, String> environment,
    Path workingFolder,
    Path personFolder,
    String person,
    Clock clock,
    ZoneId zone,
    PrintStream out,
    PrintStream err,
    BooleanSupplier terminal) {
  private static final int UNTOLD = 100;

  public World {
    environment = Map.copyOf(environment);
  }

  /**
   * How many columns an answer may fill: those of the terminal, as the launcher says in {@code
   * COLUMNS}; 100 of one that did not say; empty where it is no terminal that reads.
   */
  public OptionalInt columns() {
    if (!terminal.getAsBoolean()) {
      return OptionalInt.empty();
    }
    String told = environment.getOrDefault("COLUMNS", "");
    return OptionalInt.of(told.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(told) : UNTOLD);
  }

  /**
   * Whether answers may be coloured: on a terminal, unless {@code NO_COLOR} is set to something.
   */
  public boolean colour() {
    return environment.getOrDefault("NO_COLOR", "").isEmpty() && terminal.getAsBoolean();
  }
}
