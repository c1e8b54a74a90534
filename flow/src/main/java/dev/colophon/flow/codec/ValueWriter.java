package dev.colophon.flow.codec;

import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.json.JsonWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One value on its way to canonical JSON. Knows where it stands, so that a refusal can say so, and
 * sets aside the arrays that become files of their own. Not thread-safe.
 */
final class ValueWriter {
  /** Objects and arrays nest no deeper; what reads them is held to the same. */
  static final int MAX_DEPTH = 500;

  private final JsonWriter json;
  private final ValuePath path;
  private final Map<String, Object> columns;
  private int depth;

  private ValueWriter(JsonWriter json, ValuePath path, Map<String, Object> columns, int depth) {
    this.json = json;
    this.path = path;
    this.columns = columns;
    this.depth = depth;
  }

  /**
   * Starts a document.
   *
   * @param columns takes the primitive arrays that become files, by their path
   */
  ValueWriter(JsonWriter json, Map<String, Object> columns) {
    this(json, new ValuePath(), columns, 0);
  }

  ValuePath path() {
    return path;
  }

  JsonWriter json() {
    return json;
  }

  /** Sets aside a primitive array that becomes a file. */
  void column(String name, Object array) {
    columns.put(name, array);
  }

  /**
   * Writes a value in the given form.
   *
   * @throws Invalid if it is null or not of the form's type
   */
  void value(Form form, @Nullable Object value) {
    if (value == null) {
      throw invalid(
          "is null, expected a value of type %s; declare what may be absent as Optional"
              .formatted(form.typeName()));
    }
    form.write(value, this);
  }

  void startObject() {
    descend();
    json.startObject();
  }

  void endObject() {
    depth--;
    json.endObject();
  }

  void startArray() {
    descend();
    json.startArray();
  }

  void endArray() {
    depth--;
    json.endArray();
  }

  private void descend() {
    if (++depth > MAX_DEPTH) {
      throw invalid(
          "nests more than %d values in each other, which can't be stored; use a List"
              .formatted(MAX_DEPTH));
    }
  }

  void name(String name) {
    json.name(checked(name));
  }

  void text(String text) {
    json.text(checked(text));
  }

  private String checked(String text) {
    int at = Texts.loneSurrogate(text);
    if (at >= 0) {
      throw invalid(
          "holds half a character (a lone surrogate, U+%04X) at index %d, expected Unicode text"
              .formatted((int) text.charAt(at), at));
    }
    return text;
  }

  /** The canonical JSON of a part, aside from the document. */
  String canonical(Form form, @Nullable Object value) {
    return JsonWriter.write(
        aside -> new ValueWriter(aside, path, columns, depth).value(form, value));
  }

  /** A refusal of the part where this writer stands. */
  Invalid invalid(String refusal) {
    return new Invalid("%s %s".formatted(path.subject("step result"), refusal));
  }

  Invalid invalid(String refusal, Throwable cause) {
    return new Invalid("%s %s".formatted(path.subject("step result"), refusal), cause);
  }

  /**
   * Refuses a value of another type than the declared one, as unchecked casts and foreign class
   * loaders bring them about.
   */
  void check(Class<?> declared, Object value) {
    if (!declared.isInstance(value)) {
      throw invalid(
          "is a value of %s, expected one of %s, which its step declares"
              .formatted(value.getClass().getTypeName(), declared.getTypeName()));
    }
  }
}
