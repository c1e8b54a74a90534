package dev.colophon.embedded.config;

import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/** Reads TOML 1.0; dates and times become texts as ISO 8601 has them. */
final class TomlText {
  private final TomlParseResult root;
  private final Map<List<String>, Integer> lines = new HashMap<>();

  private TomlText(TomlParseResult root) {
    this.root = root;
  }

  static Document read(String shown, String text) {
    TomlParseResult root = Toml.parse(text);
    if (root.hasErrors()) {
      throw new Invalid(
          root.errors().stream()
              .map(
                  error ->
                      "%s:%d: %s"
                          .formatted(
                              shown,
                              error.position().line(),
                              String.valueOf(error.getMessage()).replace("\n", " ")))
              .collect(Collectors.joining("\n")));
    }
    TomlText toml = new TomlText(root);
    return new Document(shown, toml.table(root, List.of(), true), toml.lines);
  }

  /**
   * @param addressable whether the names lead there from the root, as they don't into an array
   */
  private Json.Obj table(TomlTable table, List<String> names, boolean addressable) {
    Json.Builder members = Json.object();
    for (String name : inOrder(table)) {
      List<String> own = new ArrayList<>(names);
      own.add(name);
      var position = addressable ? root.inputPositionOf(own) : null;
      if (position != null) {
        lines.put(List.copyOf(own), position.line());
      }
      members.put(name, value(Objects.requireNonNull(table.get(List.of(name))), own, addressable));
    }
    return members.build();
  }

  private static Iterable<String> inOrder(TomlTable table) {
    return new TreeSet<>(table.keySet());
  }

  private Json value(Object value, List<String> names, boolean addressable) {
    return switch (value) {
      case TomlTable table -> table(table, names, addressable);
      case TomlArray array -> array(array, names);
      case Long number -> Json.of((long) number);
      case Double number -> Json.of((double) number);
      case Boolean truth -> Json.of((boolean) truth);
      default -> Json.of(value.toString());
    };
  }

  private Json array(TomlArray array, List<String> names) {
    List<Json> items = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      items.add(value(array.get(i), names, false));
    }
    return Json.of(items);
  }
}
