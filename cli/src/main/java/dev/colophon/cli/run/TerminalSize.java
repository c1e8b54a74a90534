package dev.colophon.cli.run;

import dev.colophon.cli.frame.World;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much a terminal shows at once.
 *
 * @param rows lines, 2 or more
 * @param columns letters in a line, 10 or more
 */
public record TerminalSize(int rows, int columns) {
  /** What a terminal shows of which nothing is known. */
  static final TerminalSize USUAL = new TerminalSize(24, 80);

  private static final Pattern STTY = Pattern.compile("(\\d{1,4}) (\\d{1,4})");
  private static final int PATIENCE_SECONDS = 2;

  public TerminalSize {
    rows = Math.max(2, rows);
    columns = Math.max(10, columns);
  }

  /**
   * The size by {@code LINES} and {@code COLUMNS} where they are set, else by what {@code stty}
   * says, which is asked only for a terminal.
   */
  public static TerminalSize of(World world, boolean terminal) {
    return of(world.environment(), terminal ? TerminalSize::stty : Optional::empty);
  }

  /**
   * @param stty what {@code stty size} says: rows and columns
   */
  static TerminalSize of(Map<String, String> environment, Supplier<Optional<String>> stty) {
    Optional<Integer> lines = number(environment.getOrDefault("LINES", ""));
    Optional<Integer> columns = number(environment.getOrDefault("COLUMNS", ""));
    TerminalSize asked =
        columns.isPresent() ? USUAL : stty.get().flatMap(TerminalSize::parse).orElse(USUAL);
    return new TerminalSize(lines.orElse(asked.rows()), columns.orElse(asked.columns()));
  }

  private static Optional<Integer> number(String text) {
    return Optional.of(text)
        .filter(value -> value.matches("[1-9][0-9]{0,3}"))
        .map(Integer::valueOf);
  }

  private static Optional<TerminalSize> parse(String said) {
    Matcher size = STTY.matcher(said.strip());
    return size.matches() && !size.group(2).equals("0")
        ? Optional.of(
            new TerminalSize(Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2))))
        : Optional.empty();
  }

  private static Optional<String> stty() {
    try {
      Process process =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroy();
        return Optional.empty();
      }
      return Optional.of(
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      return Optional.empty(); // no terminal, or no such program
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
