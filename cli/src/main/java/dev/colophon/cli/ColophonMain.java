package dev.colophon.cli;

import java.util.Arrays;

/**
 * Runs a flow from its own {@code main}, in this process, so that a debugger stops in its steps:
 *
 * <pre>{@code
 * public static void main(String[] args) {
 *   ColophonMain.run(FlightDelays.class, args);
 * }
 * }</pre>
 */
public final class ColophonMain {
  private ColophonMain() {}

  /**
   * Does what {@code colophon run} does, then ends the process with its exit status. Numbers that
   * are formatted without a locale are so as in English from now on, on every machine.
   *
   * @param flow marked with {@link dev.colophon.flow.Flow}
   * @param arguments options of {@code colophon run}, and the flow's parameters
   */
  public static void run(Class<?> flow, String... arguments) {
    System.exit(execute(flow, arguments));
  }

  /** Does what {@code colophon run} does and returns its exit status. */
  public static int execute(Class<?> flow, String... arguments) {
    return Main.executeLoaded(flow, Arrays.asList(arguments));
  }
}
