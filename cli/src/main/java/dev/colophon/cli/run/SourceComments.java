package dev.colophon.cli.run;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The first sentences of the Javadoc in a source file, for a person to read. Pure. */
public final class SourceComments {
  private static final String COMMENT = "/\\*\\*((?:(?!\\*/).)*)\\*/\\s*";
  private static final String ANNOTATIONS =
      "(?:@[\\w.]+(?:\\s*\\((?:[^()\"]|\"(?:\\\\.|[^\"\\\\])*\")*\\))?\\s*)*";

  private final String source;

  public SourceComments(String source) {
    this.source = source;
  }

  /** Of a class, by its simple name. */
  public Optional<String> ofClass(String name) {
    return first(ANNOTATIONS + "(?:\\w+\\s+)*class\\s+" + Pattern.quote(name) + "\\b");
  }

  /** Of a field. */
  public Optional<String> ofField(String name) {
    return first(ANNOTATIONS + "[\\w.<>,?\\[\\]\\s]*?\\b" + Pattern.quote(name) + "\\s*[=;]");
  }

  private Optional<String> first(String declaration) {
    Matcher found = Pattern.compile(COMMENT + declaration, Pattern.DOTALL).matcher(source);
    return found.find()
        ? Optional.of(sentence(found.group(1))).filter(text -> !text.isEmpty())
        : Optional.empty();
  }

  private static String sentence(String comment) {
    String text =
        comment
            .replaceAll("(?m)^\\s*\\*? ?", "")
            .replaceAll("\\{@\\w+\\s+([^}]*)\\}", "$1")
            .split("(?m)^@|<p>", 2)[0]
            .replaceAll("<[^>]*>", "")
            .replaceAll("\\s+", " ")
            .strip();
    Matcher end = Pattern.compile("[.?!](?= [^a-z])").matcher(text);
    return end.find() ? text.substring(0, end.end()) : text;
  }
}
