package dev.colophon.flow.codec;

import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the paths that {@link ValuePath} writes and people type. */
final class PathSteps {
  /** One step into a value. */
  sealed interface Step {}

  /** To a member of an object. */
  record ByName(String name) implements Step {}

  /** To an element of an array, from 0. */
  record ByIndex(int index) implements Step {}

  private static final Pattern STEP =
      Pattern.compile(
          "\\.?(?<name>[^.\\[\\]\"]+)|\\[(?<index>[0-9]{1,9})]"
              + "|\\[(?<quoted>\"(?:[^\"\\\\]|\\\\.)*+\")]");

  private PathSteps() {}

  /**
   * The steps of a path.
   *
   * @throws Invalid if it is none
   */
  static List<Step> parse(String path) {
    List<Step> steps = new ArrayList<>();
    Matcher matcher = STEP.matcher(path);
    int at = 0;
    while (at < path.length()) {
      matcher.region(at, path.length());
      boolean dotted = path.charAt(at) == '.';
      if (!matcher.lookingAt() || (matcher.group("name") != null && dotted == steps.isEmpty())) {
        throw new Invalid(
            "component \"%s\": expected steps such as a.b, [3] and [\"a key\"], found \"%s\""
                .formatted(path, path.substring(at)));
      }
      steps.add(step(matcher));
      at = matcher.end();
    }
    return steps;
  }

  private static Step step(Matcher matcher) {
    String index = matcher.group("index");
    if (index != null) {
      return new ByIndex(Integer.parseInt(index));
    }
    String quoted = matcher.group("quoted");
    return new ByName(
        quoted == null ? String.valueOf(matcher.group("name")) : Json.parse(quoted).asString());
  }
}
