package dev.colophon.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.json.JsonReader.Token;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON written and read piece by piece is the JSON of the tree. */
final class JsonStreamTest {
  private static void writeAll(JsonWriter out) {
    out.startObject();
    out.name("a\"é");
    out.startArray();
    out.number("1.50");
    out.text("/\u001f😀");
    out.bool(true);
    out.nothing();
    out.raw("{\"b\":[]}");
    out.endArray();
    out.endObject();
  }

  private static final String WRITTEN = "{\"a\\\"é\":[1.50,\"/\\u001F😀\",true,null,{\"b\":[]}]}";

  private static InputStream utf8(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void piecesAreWrittenAsOneDocument() throws IOException {
    var bytes = new ByteArrayOutputStream();
    JsonWriter.write(bytes, JsonStreamTest::writeAll);
    assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo(WRITTEN);
  }

  @Test
  void piecesAreWrittenAsTheTreeWritesItself() {
    String text = JsonWriter.write(JsonStreamTest::writeAll);
    assertThat(Json.parse(text).text()).isEqualTo(text);
  }

  @Test
  void theStreamStaysOpen() throws IOException {
    var closed = new ArrayList<String>();
    var stream =
        new ByteArrayOutputStream() {
          @Override
          public void close() {
            closed.add("closed");
          }
        };
    JsonWriter.write(stream, JsonWriter::nothing);
    assertThat(closed).isEmpty();
  }

  @Test
  void aStreamThatFailsToTakeSaysSoItself() {
    IOException full = new IOException("disk full");
    OutputStream stream =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw full;
          }
        };
    assertThatThrownBy(() -> JsonWriter.write(stream, out -> out.text("x".repeat(100_000))))
        .isSameAs(full);
  }

  @Test
  void aDocumentIsReadPieceByPiece() throws IOException {
    List<Token> tokens = new ArrayList<>();
    JsonReader.read(
        utf8("{\"a\":[1,\"x\",true,false,null]}"),
        in -> {
          for (Token token = in.next(); token != Token.END; token = in.next()) {
            tokens.add(token);
          }
          return tokens;
        });
    assertThat(tokens)
        .containsExactly(
            Token.START_OBJECT,
            Token.NAME,
            Token.START_ARRAY,
            Token.NUMBER,
            Token.TEXT,
            Token.TRUE,
            Token.FALSE,
            Token.NULL,
            Token.END_ARRAY,
            Token.END_OBJECT);
  }

  @Test
  void aNumberIsReadAsItWasWritten() throws IOException {
    String number =
        JsonReader.read(
            utf8("1.50E+3"),
            in -> {
              in.next();
              return in.text();
            });
    assertThat(number).isEqualTo("1.50E+3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[1", "[1]]", "1 2", "{\"a\"}", "[\u0001]"})
  void aTextThatIsNotOneDocumentIsInvalid(String text) {
    assertThatThrownBy(
            () ->
                JsonReader.read(
                    utf8(text),
                    in -> {
                      int depth = 0;
                      do {
                        switch (in.next()) {
                          case START_OBJECT, START_ARRAY -> depth++;
                          case END_OBJECT, END_ARRAY -> depth--;
                          case NAME, TEXT, NUMBER, TRUE, FALSE, NULL, END -> {}
                        }
                      } while (depth > 0);
                      return depth;
                    }))
        .isInstanceOf(Invalid.class)
        .hasMessageStartingWith("JSON: ");
  }
}
