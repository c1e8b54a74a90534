package dev.colophon.cli.reuse;

import dev.colophon.cli.frame.Screen;
import dev.colophon.cli.frame.Show;
import dev.colophon.cli.frame.Table;
import dev.colophon.core.json.Json;
import dev.colophon.core.lineage.Cause;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Causes for a person, one a line; those of one name are told once, with their number. */
final class CauseTable {
  private static final int MOST = 20;
  private static final int DIGEST_DIGITS = 64;

  private record Named(Cause.Kind kind, String name) {}

  private CauseTable() {}

  /**
   * Writes them.
   *
   * @param detailed whether they are of one task, so that what differs can be shown
   */
  static void write(String indent, List<Cause> causes, boolean detailed, Screen screen) {
    Map<Named, List<Cause>> named = new LinkedHashMap<>();
    for (Cause cause : causes) {
      named
          .computeIfAbsent(new Named(cause.kind(), cause.name()), key -> new ArrayList<>())
          .add(cause);
    }
    Table table = new Table(indent, "", "", "");
    named.entrySet().stream()
        .limit(MOST)
        .forEach(
            each -> {
              String note =
                  each.getValue().size() == 1
                      ? note(each.getValue().getFirst(), detailed)
                      : several(each.getValue());
              table.add(each.getKey().kind().text(), each.getKey().name(), note);
            });
    table.write(screen);
    if (named.size() > MOST) {
      screen.line(screen.dim(indent + "… and " + Show.count(named.size() - MOST, "more cause")));
    }
  }

  private static String several(List<Cause> causes) {
    return "%s differ, such as %s"
        .formatted(Show.count(causes.size()), note(causes.getFirst(), true));
  }

  private static String note(Cause cause, boolean detailed) {
    return switch (cause.kind()) {
      case CODE -> presence(cause, "edited");
      case LIBRARY -> presence(cause, "other content");
      case INPUT -> detailed ? input(cause) : presence(cause, "another");
      case ELEMENT -> presence(cause, "another at this place");
      case PARAMETER ->
          cause.from().isPresent() && cause.to().isPresent()
              ? value(cause.from()) + " -> " + value(cause.to())
              : presence(cause, "") + ", " + value(cause.from().or(cause::to));
      case JDK -> cause.from().orElse("") + " -> " + cause.to().orElse("");
      case POLICY, FIRST -> "";
    };
  }

  private static String presence(Cause cause, String both) {
    return cause.from().isEmpty() ? "new" : cause.to().isEmpty() ? "gone" : both;
  }

  private static String value(Optional<String> json) {
    return json.map(CauseTable::value).orElse("");
  }

  private static String value(String json) {
    return json.startsWith("\"") ? Show.value(Json.parse(json)) : json;
  }

  /** {@code Again/3/numbers sha256:9f3c…, was sha256:4a1b… of Again/1/numbers}. */
  private static String input(Cause cause) {
    String now = cause.to().map(CauseTable::abbreviated).orElse("gone");
    return now + cause.from().map(text -> ", was " + abbreviated(text)).orElse(", new");
  }

  /** With the beginning of a digest in place of the digest. */
  private static String abbreviated(String text) {
    int space = text.lastIndexOf(' ');
    String last = text.substring(space + 1);
    return last.matches("[0-9a-f]{" + DIGEST_DIGITS + "}")
        ? text.substring(0, space + 1) + "sha256:" + last.substring(0, 12)
        : text;
  }
}
