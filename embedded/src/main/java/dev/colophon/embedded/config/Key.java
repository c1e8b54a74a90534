package dev.colophon.embedded.config;

import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.json.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What can be set. */
public enum Key {
  HOME("home", "COLOPHON_HOME", "a folder, such as \".colophon\""),
  PROJECT("project", "COLOPHON_PROJECT", "a name, such as \"arrivals\""),
  WORKERS("defaults.workers", "COLOPHON_WORKERS", "a whole number of 1 or more"),
  LIMIT("defaults.limit", "COLOPHON_LIMIT", "a whole number from 1 to 1000"),
  COLOR("defaults.color", "COLOPHON_COLOR", "\"auto\", \"always\" or \"never\""),
  SECRET_FILES(
      "code.secret-files",
      "COLOPHON_CODE_SECRET_FILES",
      "a list of patterns, such as [\"*.sekret\"]"),
  ALLOW("code.allow", "COLOPHON_CODE_ALLOW", "a list of patterns, such as [\"fixtures/test.pem\"]");

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

  /** Whether it is a list, to which each place that sets it adds. */
  boolean isList() {
    return this == SECRET_FILES || this == ALLOW;
  }

  /** The value that a variable's text stands for; a list has commas. */
  Json parse(String text) {
    if (isList()) {
      return Json.ofStrings(Arrays.stream(text.split(",", -1)).map(String::strip).toList());
    }
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
      case SECRET_FILES, ALLOW ->
          value instanceof Json.Arr(List<Json> patterns)
              && patterns.stream().allMatch(Key::isPattern);
      case COLOR ->
          value instanceof Json.Str(String text)
              && List.of("auto", "always", "never").contains(text);
    };
  }

  /** Of a name or of the end of a path: no name in it is empty. */
  private static boolean isPattern(Json value) {
    return value instanceof Json.Str(String text)
        && Arrays.stream(text.split("/", -1)).noneMatch(String::isBlank);
  }

  private static boolean isWhole(Json value, long most) {
    try {
      return value instanceof Json.Num && value.asLong() >= 1 && value.asLong() <= most;
    } catch (Invalid e) {
      return false;
    }
  }
}
