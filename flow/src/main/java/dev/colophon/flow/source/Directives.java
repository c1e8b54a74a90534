package dev.colophon.flow.source;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The comment lines by which a single-file program says what it needs, in JBang's form. */
final class Directives {
  private static final Pattern DEPS = Pattern.compile("^//\\s?DEPS\\s+(?<rest>\\S.*)$");

  private Directives() {}

  /**
   * Coordinates of all {@code //DEPS} lines, in order; several may stand on a line, and a comment
   * behind them.
   */
  static List<String> dependencies(String source) {
    return source
        .lines()
        .map(DEPS::matcher)
        .filter(Matcher::matches)
        .map(line -> line.group("rest").split("\\s//", 2)[0])
        .flatMap(rest -> Arrays.stream(rest.split("[\\s,;]+")))
        .filter(coordinate -> !coordinate.isEmpty())
        .toList();
  }
}
