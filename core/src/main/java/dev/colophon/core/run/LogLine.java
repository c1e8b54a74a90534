package dev.colophon.core.run;

import dev.colophon.core.error.ColophonException.Invalid;
import java.time.Instant;
import java.util.Locale;

/**
 * A line of what an attempt of a task said.
 *
 * @param at when its first byte was written, by the runner's clock
 * @param text without the line's end
 */
public record LogLine(Stream stream, Instant at, String text) {
  /** Where a line was written to. */
  public enum Stream {
    /** {@code System.out}. */
    STDOUT,
    /** {@code System.err}. */
    STDERR,
    /** A logger, or the task's context. */
    LOGGER;

    /** Lower case, as JSON has it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** {@code o}, {@code e} or {@code l}, as a {@link LogChunk} has it. */
    char letter() {
      return switch (this) {
        case STDOUT -> 'o';
        case STDERR -> 'e';
        case LOGGER -> 'l';
      };
    }

    static Stream ofLetter(byte letter) {
      return switch (letter) {
        case 'o' -> STDOUT;
        case 'e' -> STDERR;
        case 'l' -> LOGGER;
        default ->
            throw new Invalid(
                "line of a log: stream \"%c\", expected o, e or l".formatted((char) letter));
      };
    }
  }
}
