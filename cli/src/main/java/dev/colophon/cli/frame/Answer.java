package dev.colophon.cli.frame;

import dev.colophon.core.json.Json;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What a command has to say, in both forms; only the one asked for is made.
 *
 * @param status exit status of the command: 0, or 1 for a negative answer
 */
public record Answer(Supplier<Json> json, Consumer<Screen> text, int status) {
  /** An answer that is no refusal. */
  public static Answer of(Supplier<Json> json, Consumer<Screen> text) {
    return new Answer(json, text, 0);
  }
}
