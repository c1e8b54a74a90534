package dev.colophon.cli.guide;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Compares what a page says with what was printed. An ellipsis on the page stands for anything.
 * Durations, moments, the Java version and the width of columns, which those decide, may differ.
 */
final class Printed {
  /** On a line of its own it stands for any number of lines. */
  private static final String ANYTHING = "…";

  private static final Pattern CHANGING =
      Pattern.compile(
          "\\d+(\\.\\d+)? s\\b"
              + "|\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z?"
              + "|\\bjava \\d+");

  private Printed() {}

  /** Whether the lines are alike, in their order. */
  static boolean alike(List<String> page, List<String> printed) {
    if (page.isEmpty() || printed.isEmpty()) {
      return printed.isEmpty() && page.stream().allMatch(ANYTHING::equals);
    }
    if (page.getFirst().equals(ANYTHING)) {
      return alike(rest(page), printed) || alike(page, rest(printed));
    }
    return matches(pattern(page.getFirst()), printed.getFirst())
        && alike(rest(page), rest(printed));
  }

  private static List<String> rest(List<String> lines) {
    return lines.subList(1, lines.size());
  }

  /** Whether the lines are alike, in any order: several steps print at once. */
  static boolean alikeInAnyOrder(List<String> page, List<String> printed) {
    List<String> left = new ArrayList<>(printed);
    for (String line : page) {
      Pattern pattern = pattern(line);
      Optional<String> found = left.stream().filter(other -> matches(pattern, other)).findFirst();
      if (found.isEmpty()) {
        return false;
      }
      left.remove(found.get());
    }
    return left.isEmpty();
  }

  private static boolean matches(Pattern line, String printed) {
    return line.matcher(plain(printed)).matches();
  }

  private static Pattern pattern(String line) {
    return Pattern.compile(
        Arrays.stream(plain(line).split("…", -1))
            .map(Pattern::quote)
            .collect(Collectors.joining(".*")));
  }

  private static String plain(String line) {
    return CHANGING.matcher(line).replaceAll("#").replaceAll(" +", " ").strip();
  }
}
