package dev.colophon.flow.codec;

import dev.colophon.core.json.Json;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where in a value a codec stands: {@code flights[3].carrier}. A name that is no Java identifier is
 * quoted: {@code metrics["auc.test"]}. Not thread-safe.
 */
final class ValuePath {
  private @Nullable String[] names = new @Nullable String[8];
  private int[] indexes = new int[8];
  private int size;

  void enter(String name) {
    grow();
    names[size++] = name;
  }

  void enter(int index) {
    grow();
    names[size] = null;
    indexes[size++] = index;
  }

  /** Changes the index that was entered last. */
  void moveTo(int index) {
    indexes[size - 1] = index;
  }

  void leave() {
    size--;
  }

  private void grow() {
    if (size == indexes.length) {
      names = Arrays.copyOf(names, size * 2);
      indexes = Arrays.copyOf(indexes, size * 2);
    }
  }

  /** The path; empty for the value itself. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < size; i++) {
      String name = names[i];
      if (name == null) {
        text.append('[').append(indexes[i]).append(']');
      } else {
        append(text, name);
      }
    }
    return text.toString();
  }

  private static void append(StringBuilder text, String name) {
    if (name.isEmpty() || !name.chars().allMatch(Character::isJavaIdentifierPart)) {
      text.append('[').append(Json.of(name).text()).append(']');
    } else {
      text.append(text.isEmpty() ? "" : ".").append(name);
    }
  }

  /** The subject of an error message. */
  String subject(String whole) {
    return size == 0 ? whole : "component %s of the %s".formatted(text(), whole);
  }
}
