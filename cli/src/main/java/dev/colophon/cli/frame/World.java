package dev.colophon.cli.frame;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Map;
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
  public World {
    environment = Map.copyOf(environment);
  }

  /**
   * Whether answers may be coloured: on a terminal, unless {@code NO_COLOR} is set to something.
   */
  public boolean colour() {
    return environment.getOrDefault("NO_COLOR", "").isEmpty() && terminal.getAsBoolean();
  }
}
