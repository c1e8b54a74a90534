package dev.colophon.core.json;

import dev.colophon.core.error.ColophonException.Invalid;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;

/** JSON text to {@link Json} and back; only it, its reader and its writer know the library. */
final class JsonText {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /** For whoever reads and writes piece by piece: {@link JsonReader} and {@link JsonWriter}. */
  private static final JsonFactory STREAMING =
      JsonFactory.builder()
          .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET, StreamWriteFeature.AUTO_CLOSE_CONTENT)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private static final Pattern LOCATION =
      Pattern.compile(
          " ?\\((?:start marker )?at \\[Source: [^\\]]*]\\)| ?(?:at )?\\[Source: [^\\]]*]");

  private JsonText() {}

  static JsonGenerator generator(OutputStream stream) {
    return STREAMING.createGenerator(ObjectWriteContext.empty(), stream);
  }

  static JsonGenerator generator(Writer text) {
    return STREAMING.createGenerator(ObjectWriteContext.empty(), text);
  }

  static JsonParser parser(InputStream stream) {
    return STREAMING.createParser(ObjectReadContext.empty(), stream);
  }

  static Json parse(String text) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      if (parser.nextToken() == null) {
        throw new Invalid("JSON: expected a document, found nothing");
      }
      Json value = read(parser);
      if (parser.nextToken() != null) {
        throw new Invalid("JSON: expected the end after the first document");
      }
      return value;
    } catch (JacksonException e) {
      throw refusal(e);
    }
  }

  /** What is wrong and where, without what the library has to say about itself. */
  static Invalid refusal(JacksonException e) {
    String what = LOCATION.matcher(e.getOriginalMessage()).replaceAll("");
    String where =
        Optional.ofNullable(e.getLocation())
            .map(at -> ", in line %d, column %d".formatted(at.getLineNr(), at.getColumnNr()))
            .orElse("");
    return new Invalid("JSON: " + what + where, e);
  }

  private static Json read(JsonParser parser) {
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> readObject(parser);
      case START_ARRAY -> readArray(parser);
      case VALUE_STRING -> new Json.Str(parser.getString());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Json.Num(parser.getString());
      case VALUE_TRUE -> new Json.Bool(true);
      case VALUE_FALSE -> new Json.Bool(false);
      case VALUE_NULL -> new Json.Null();
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
          throw new Invalid("JSON: unexpected " + token);
    };
  }

  private static Json readObject(JsonParser parser) {
    Map<String, Json> members = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      members.put(name, read(parser));
    }
    return new Json.Obj(members);
  }

  private static Json readArray(JsonParser parser) {
    List<Json> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(read(parser));
    }
    return new Json.Arr(items);
  }

  static String write(Json value, boolean sorted, boolean indented) {
    StringWriter text = new StringWriter();
    ObjectWriteContext context =
        indented
            ? new ObjectWriteContext.Base() {
              @Override
              public PrettyPrinter getPrettyPrinter() {
                return pretty();
              }
            }
            : ObjectWriteContext.empty();
    try (JsonGenerator generator = FACTORY.createGenerator(context, text)) {
      write(value, sorted, generator);
    }
    return text.toString();
  }

  private static PrettyPrinter pretty() {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    return new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
  }

  private static void write(Json value, boolean sorted, JsonGenerator out) {
    switch (value) {
      case Json.Obj(Map<String, Json> members) -> {
        out.writeStartObject();
        (sorted ? new TreeMap<>(members) : members)
            .forEach(
                (name, member) -> {
                  out.writeName(name);
                  write(member, sorted, out);
                });
        out.writeEndObject();
      }
      case Json.Arr(List<Json> items) -> {
        out.writeStartArray();
        items.forEach(item -> write(item, sorted, out));
        out.writeEndArray();
      }
      case Json.Str(String text) -> out.writeString(text);
      case Json.Num(String text) -> out.writeNumber(text);
      case Json.Bool(boolean flag) -> out.writeBoolean(flag);
      case Json.Null() -> out.writeNull();
    }
  }
}
