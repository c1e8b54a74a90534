package dev.colophon.cli.compare;

import dev.colophon.cli.frame.Screen;
import dev.colophon.cli.frame.Show;
import dev.colophon.cli.frame.Table;
import dev.colophon.core.Digest;
import dev.colophon.core.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One kind of facts of two things, compared name by name.
 *
 * @param equal how many are the same in both
 */
record Section(String title, int equal, List<Row> different) {
  /** How many lines of a section a person is shown. */
  private static final int MOST_LINES = 20;

  /**
   * A fact that differs.
   *
   * @param from of the first of the two; empty if it has no such fact
   * @param to of the second
   */
  record Row(String name, Optional<Json> from, Optional<Json> to) {
    Json json() {
      Json.Builder json = Json.object().put("name", name);
      from.ifPresent(value -> json.put("from", value));
      to.ifPresent(value -> json.put("to", value));
      delta().ifPresent(delta -> json.put("delta", delta));
      return json.build();
    }

    /** By how much a number that both have grew. */
    private Optional<Double> delta() {
      return from.flatMap(Row::number)
          .flatMap(before -> to.flatMap(Row::number).map(after -> after - before))
          .filter(Double::isFinite);
    }

    private static Optional<Double> number(Json value) {
      return value instanceof Json.Num number
          ? Optional.of(number.decimal().doubleValue())
          : Optional.empty();
    }

    private String change() {
      String delta =
          delta().map(more -> "   " + (more > 0 ? "+" : "") + Show.number(more)).orElse("");
      return shown(from) + " -> " + shown(to) + delta;
    }

    private static String shown(Optional<Json> value) {
      return value.map(Row::shown).orElse("none");
    }

    private static String shown(Json value) {
      return switch (value) {
        case Json.Num number -> Show.number(number.decimal().doubleValue());
        case Json.Str(String text) when text.matches("[0-9a-f]{64}") ->
            Show.digest(new Digest(text));
        default -> Show.value(value);
      };
    }
  }

  Section {
    different = List.copyOf(different);
  }

  static Section of(String title, Map<String, Json> from, Map<String, Json> to) {
    SortedMap<String, Json> before = new TreeMap<>(from);
    SortedMap<String, Json> after = new TreeMap<>(to);
    TreeSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    List<Row> different = new ArrayList<>();
    for (String name : names) {
      Row row =
          new Row(
              name, Optional.ofNullable(before.get(name)), Optional.ofNullable(after.get(name)));
      if (!row.from().equals(row.to())) {
        different.add(row);
      }
    }
    return new Section(title, names.size() - different.size(), different);
  }

  Json json() {
    return Json.object()
        .put("equal", equal)
        .put("different", Json.of(different.stream().map(Row::json).toList()))
        .build();
  }

  /** One line if all is equal, else one more for each fact that is not. */
  void write(Screen screen) {
    if (equal == 0 && different.isEmpty()) {
      return;
    }
    String same = equal == 0 ? "" : Show.count(equal) + " equal";
    String other =
        different.isEmpty()
            ? ""
            : Show.count(different.size()) + (different.size() == 1 ? " differs" : " differ");
    String between = same.isEmpty() || other.isEmpty() ? "" : ", ";
    screen.line(Show.pad(title, 14) + other + between + same);
    Table table = new Table("  ", "", "");
    different.stream().limit(MOST_LINES).forEach(row -> table.add(row.name(), row.change()));
    table.write(screen);
    if (different.size() > MOST_LINES) {
      screen.line(
          "  … and %s more: --json has them".formatted(Show.count(different.size() - MOST_LINES)));
    }
  }
}
