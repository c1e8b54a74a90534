package dev.colophon.flow.checks;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A flow that breaks a rule.
 *
 * @param rule in a few words
 * @param source of {@code lies/Bad.java}; its steps stand on one line each, so that the line of the
 *     declaration is that of the body, which is all that a class file tells
 * @param expected line and message of each problem
 */
record Lie(String rule, String source, List<String> expected) {
  private static final String IMPORTS =
      Stream.of("dev.colophon.flow", "java.util", "java.util.function", "java.util.random")
          .map(name -> "import " + name + ".*;")
          .reduce("import java.nio.file.Path;", (all, next) -> all + " " + next);

  /** What stands in the class: its first line is line 6 of the file. */
  static Lie inFlow(String rule, String body, String... expected) {
    return whole(rule, "@Flow\npublic class Bad {\n" + body + "}\n", expected);
  }

  /** The class with its annotations: its first line is line 4 of the file. */
  static Lie whole(String rule, String declaration, String... expected) {
    return new Lie(
        rule,
        "package lies;\n" + IMPORTS + "\n\n" + declaration,
        Arrays.stream(expected).map(line -> "Bad.java:" + line).toList());
  }

  @Override
  public String toString() {
    return rule;
  }
}
