package dev.colophon.embedded.config;

import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.json.Json;
import java.util.List;
import java.util.Optional;

/** What can be set. */
public enum Key {
  HOME("home", "COLOPHON_HOME", "a folder, such as \".colophon\""),
  PROJECT("project", "COLOPHON_PROJECT", "a name, such as \"arrivals\""),
  WORKERS("defaults.workers", "COLOPHON_WORKERS", "a whole number of 1 or more"),
  LIMIT("defaults.limit", "COLOPHON_LIMIT", "a whole number from 1 to 1000"),
  COLOR("defaults.color", "COLOPHON_COLOR", "\"auto\", \"always\" or \"never\"");

  private final String path;
  private final String variable;
  private final String expected;

  Key(String path, String variable, String expected) {
    this.path = path;
    this.variable = variable;
    this.expected = expected;
  }

  /** Where it stands in a file, such as {@code defaults.workers}. */
  public String path() {
    return path;
  }

  /** The environment variable that sets it too. */
  public String variable() {
    return variable;
  }

  String[] names() {
    return path.split("\\.", -1);
  }

  /** The value that a variable's text stands for. */
  Json parse(String text) {
    return (this == WORKERS || this == LIMIT) && text.matches("[0-9]{1,9}")
        ? Json.of(Long.parseLong(text))
        : Json.of(text);
  }

  /** What is wrong with a value; empty if nothing is. */
  Optional<String> refusal(Json value) {
    return isRight(value)
        ? Optional.empty()
        : Optional.of("%s = %s: expected %s".formatted(path, value.text(), expected));
  }

  private boolean isRight(Json value) {
    return switch (this) {
      case HOME, PROJECT -> value instanceof Json.Str(String text) && !text.isBlank();
      case WORKERS -> isWhole(value, Integer.MAX_VALUE);
      case LIMIT -> isWhole(value, 1000);
      case COLOR ->
          value instanceof Json.Str(String text)
              && List.of("auto", "always", "never").contains(text);
    };
  }

  private static boolean isWhole(Json value, long most) {
    try {
      return value instanceof Json.Num && value.asLong() >= 1 && value.asLong() <= most;
    } catch (Invalid e) {
      return false;
    }
  }
}
