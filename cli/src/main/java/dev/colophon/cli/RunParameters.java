package dev.colophon.cli;

import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.flow.graph.Suggestion;
import dev.colophon.flow.run.ParamValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The flow's own parameters as they stand on the command line: {@code --name value}, {@code
 * --name=value}, {@code --name} for true, and {@code -P name=value}.
 */
final class RunParameters {
  private final Map<String, ParamValue> given = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();

  private RunParameters() {}

  /**
   * Reads them.
   *
   * @param assignments what follows each {@code -P}
   * @param words what no option of the command took
   * @param options of the command, which may have been meant
   * @throws Invalid listing every word that is no parameter, and every one that is given twice
   */
  static Map<String, ParamValue> read(
      List<String> assignments, List<String> words, Collection<String> options) {
    RunParameters parameters = new RunParameters();
    assignments.forEach(parameters::assign);
    parameters.options(words, options);
    if (!parameters.problems.isEmpty()) {
      throw new Invalid(String.join("\n", parameters.problems));
    }
    return parameters.given;
  }

  private void assign(String assignment) {
    int equals = assignment.indexOf('=');
    if (equals < 1) {
      problems.add(
          "-P \"%s\": expected NAME=VALUE, such as -P %s=5"
              .formatted(assignment, assignment.isEmpty() || equals == 0 ? "months" : assignment));
      return;
    }
    give(assignment.substring(0, equals), typed(assignment.substring(equals + 1)));
  }

  private void options(List<String> words, Collection<String> options) {
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (!word.startsWith("--") || word.length() == 2) {
        problems.add(
            "\"%s\": expected a parameter of the flow, as --name value%s"
                .formatted(word, word.length() > 2 ? didYouMean(word, options) : ""));
        continue;
      }
      int equals = word.indexOf('=');
      String name = equals < 0 ? word.substring(2) : word.substring(2, equals);
      boolean next = i + 1 < words.size() && !words.get(i + 1).startsWith("--");
      give(
          name,
          equals >= 0
              ? typed(word.substring(equals + 1))
              : next ? typed(words.get(++i)) : new ParamValue.Bare());
    }
  }

  private static String didYouMean(String word, Collection<String> options) {
    return Suggestion.closest(word, options)
        .map(meant -> "; did you mean " + meant + "?")
        .orElse("");
  }

  private static ParamValue typed(String text) {
    return new ParamValue.Typed(text, "");
  }

  private static String shown(ParamValue value) {
    return value instanceof ParamValue.Typed(String text, String where) ? text : "true";
  }

  private void give(String name, ParamValue value) {
    ParamValue before = given.putIfAbsent(name, value);
    if (before != null) {
      problems.add(
          "parameter \"%s\" is given twice, as \"%s\" and as \"%s\"; give it once"
              .formatted(name, shown(before), shown(value)));
    }
  }
}
