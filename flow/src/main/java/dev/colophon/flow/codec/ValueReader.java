package dev.colophon.flow.codec;

import dev.colophon.core.error.ColophonException.Corrupt;
import dev.colophon.core.json.JsonReader;
import dev.colophon.core.json.JsonReader.Token;

/**
 * One value on its way back from JSON. A form finds the first piece of its value as {@link #token}
 * and leaves the last one there. Not thread-safe.
 */
final class ValueReader {
  /** Reads the arrays that are files of their own. */
  interface Columns {
    /**
     * The array.
     *
     * @param name its path, which is its file name without {@code .npy}
     */
    Object read(String name, Class<?> arrayType);
  }

  private final JsonReader json;
  private final Columns columns;
  private final String whole;
  private final ValuePath path = new ValuePath();
  private Token token;
  private int depth;

  /**
   * Starts at the first piece.
   *
   * @param whole what is read, in the words of an error message
   */
  ValueReader(JsonReader json, Columns columns, String whole) {
    this.json = json;
    this.whole = whole;
    this.columns = columns;
    this.token = json.next();
  }

  ValuePath path() {
    return path;
  }

  Token token() {
    return token;
  }

  Token next() {
    token = json.next();
    return token;
  }

  /** Text of the name, text or number where this reader stands. */
  String text() {
    return json.text();
  }

  Object column(Class<?> arrayType) {
    return columns.read(path.text(), arrayType);
  }

  /** Enters the object or array that must start here. */
  void descend(Token start, Form form) {
    expect(start, form.typeName());
    if (++depth > ValueWriter.MAX_DEPTH) {
      throw corrupt(
          "nests more than %d values in each other, expected fewer"
              .formatted(ValueWriter.MAX_DEPTH));
    }
  }

  void ascend() {
    depth--;
  }

  /**
   * Refuses any other piece.
   *
   * @param what what would be there, in the words of an error message
   */
  void expect(Token expected, String what) {
    if (token != expected) {
      throw unexpected(what);
    }
  }

  Corrupt unexpected(String what) {
    String found =
        switch (token) {
          case TEXT -> "text \"%s\"".formatted(Texts.excerpt(text()));
          case NUMBER -> "number " + Texts.excerpt(text());
          case NAME -> "member \"%s\"".formatted(Texts.excerpt(text()));
          case START_OBJECT -> "an object";
          case START_ARRAY -> "an array";
          case END_OBJECT -> "the end of the object";
          case END_ARRAY -> "the end of the array";
          case TRUE -> "true";
          case FALSE -> "false";
          case NULL -> "null";
          case END -> "the end of the document";
        };
    return corrupt("is %s, expected %s".formatted(found, what));
  }

  Corrupt corrupt(String finding) {
    return new Corrupt("%s %s".formatted(path.subject(whole), finding));
  }

  Corrupt corrupt(String finding, Throwable cause) {
    return new Corrupt("%s %s".formatted(path.subject(whole), finding), cause);
  }
}
