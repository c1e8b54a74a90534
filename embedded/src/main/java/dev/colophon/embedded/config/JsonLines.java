package dev.colophon.embedded.config;

import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.json.Json;
import dev.colophon.core.json.JsonReader;
import dev.colophon.core.json.JsonReader.Token;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads JSON, and where its outermost members stand. */
final class JsonLines {
  private JsonLines() {}

  static Document read(String shown, String text) {
    Json json;
    try {
      json = Json.parse(text);
    } catch (Invalid e) {
      throw new Invalid("%s: %s".formatted(shown, e.text()), e);
    }
    if (json instanceof Json.Obj members) {
      return new Document(shown, members, lines(text));
    }
    throw new Invalid("%s: expected an object, such as {\"months\": 6}".formatted(shown));
  }

  private static Map<List<String>, Integer> lines(String text) {
    try {
      return JsonReader.read(
          new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), JsonLines::members);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<List<String>, Integer> members(JsonReader in) {
    Map<List<String>, Integer> lines = new HashMap<>();
    int depth = 0;
    for (Token token = in.next(); token != Token.END; token = in.next()) {
      switch (token) {
        case START_OBJECT, START_ARRAY -> depth++;
        case END_OBJECT, END_ARRAY -> depth--;
        case NAME -> {
          if (depth == 1) {
            lines.put(List.of(in.text()), in.line());
          }
        }
        case TEXT, NUMBER, TRUE, FALSE, NULL, END -> {}
      }
    }
    return lines;
  }
}
