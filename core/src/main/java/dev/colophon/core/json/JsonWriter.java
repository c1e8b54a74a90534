package dev.colophon.core.json;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.exc.JacksonIOException;

/**
 * Writes one JSON document piece by piece, without holding it in memory: what {@link Json#text}
 * writes, for values too large for a tree. The order of members is the caller's; given sorted by
 * the UTF-16 units of their names, the document is canonical.
 *
 * <p>Calls that do not make up one document are a bug of the caller and raise the library's own
 * exception. Not thread-safe.
 */
public final class JsonWriter {
  private final JsonGenerator out;

  private JsonWriter(JsonGenerator out) {
    this.out = out;
  }

  /**
   * Writes the document that the body makes as UTF-8. The stream stays open.
   *
   * @throws IOException if the stream fails; what the body throws passes through
   */
  public static void write(OutputStream stream, Consumer<JsonWriter> body) throws IOException {
    try (JsonGenerator out = JsonText.generator(stream)) {
      body.accept(new JsonWriter(out));
    } catch (JacksonIOException e) {
      throw e.getCause();
    }
  }

  /** The document that the body makes, as text. */
  public static String write(Consumer<JsonWriter> body) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = JsonText.generator(text)) {
      body.accept(new JsonWriter(out));
    }
    return text.toString();
  }

  public void startObject() {
    out.writeStartObject();
  }

  public void endObject() {
    out.writeEndObject();
  }

  public void startArray() {
    out.writeStartArray();
  }

  public void endArray() {
    out.writeEndArray();
  }

  /** Names the member whose value comes next. */
  public void name(String name) {
    out.writeName(name);
  }

  /**
   * Writes a text.
   *
   * @param value without lone surrogates, which UTF-8 can't say
   */
  public void text(String value) {
    out.writeString(value);
  }

  /**
   * Writes a number.
   *
   * @param digits as JSON writes numbers
   */
  public void number(String digits) {
    out.writeNumber(digits);
  }

  public void bool(boolean value) {
    out.writeBoolean(value);
  }

  public void nothing() {
    out.writeNull();
  }

  /**
   * Writes a value that is already JSON.
   *
   * @param json one value, whole
   */
  public void raw(String json) {
    out.writeRawValue(json);
  }
}
