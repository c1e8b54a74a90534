package dev.colophon.core.json;

import dev.colophon.core.error.ColophonException.Invalid;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.JacksonIOException;

/**
 * Reads one JSON document piece by piece, without holding it in memory. Texts and names may be of
 * any length; objects and arrays nest up to 500 deep. Members that repeat a name are handed out as
 * they come. Not thread-safe.
 */
public final class JsonReader {
  /** What {@link #next} came upon. */
  public enum Token {
    START_OBJECT,
    END_OBJECT,
    START_ARRAY,
    END_ARRAY,
    /** The name of a member, whose value comes next. */
    NAME,
    TEXT,
    NUMBER,
    TRUE,
    FALSE,
    NULL,
    /** The document is over. */
    END
  }

  private final JsonParser in;

  private JsonReader(JsonParser in) {
    this.in = in;
  }

  /**
   * Hands a UTF-8 document to the body, which reads it to its {@link Token#END}. The stream stays
   * open.
   *
   * @throws IOException if the stream fails; what the body throws passes through
   * @throws Invalid if the text is not JSON or goes on after the body has read what it wants
   */
  public static <T> T read(InputStream stream, Function<JsonReader, T> body) throws IOException {
    try (JsonParser in = JsonText.parser(stream)) {
      T value = body.apply(new JsonReader(in));
      if (in.nextToken() != null) {
        throw new Invalid("JSON: expected the end after the first document");
      }
      return value;
    } catch (JacksonIOException e) {
      throw e.getCause();
    } catch (JacksonException e) {
      throw JsonText.refusal(e);
    }
  }

  /** Moves to the next piece. */
  public Token next() {
    JsonToken token = in.nextToken();
    if (token == null) {
      return Token.END;
    }
    return switch (token) {
      case START_OBJECT -> Token.START_OBJECT;
      case END_OBJECT -> Token.END_OBJECT;
      case START_ARRAY -> Token.START_ARRAY;
      case END_ARRAY -> Token.END_ARRAY;
      case PROPERTY_NAME -> Token.NAME;
      case VALUE_STRING -> Token.TEXT;
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Token.NUMBER;
      case VALUE_TRUE -> Token.TRUE;
      case VALUE_FALSE -> Token.FALSE;
      case VALUE_NULL -> Token.NULL;
      case NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT -> throw new Invalid("JSON: unexpected " + token);
    };
  }

  /** Line of the current piece, from 1. */
  public int line() {
    return in.currentTokenLocation().getLineNr();
  }

  /** Text of the current name, text or number; a number as it was written. */
  public String text() {
    return in.getString();
  }
}
