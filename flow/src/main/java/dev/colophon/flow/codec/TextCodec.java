package dev.colophon.flow.codec;

import dev.colophon.core.error.ColophonException.Corrupt;
import dev.colophon.core.error.ColophonException.Invalid;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;

/** A text as the whole value: its UTF-8. */
final class TextCodec implements Codec {
  static final String NAME = "text";

  private static final int BLOCK_CHARS = 1 << 15;

  @Override
  public Set<String> names() {
    return Set.of(NAME);
  }

  @Override
  public Stored encode(Object value, Contents contents) throws IOException {
    String text = (String) value;
    int at = Texts.loneSurrogate(text);
    if (at >= 0) {
      throw new Invalid(
          "step result holds half a character (a lone surrogate, U+%04X) at index %d, expected"
                  .formatted((int) text.charAt(at), at)
              + " Unicode text");
    }
    return Stored.of(contents.put(out -> write(text, out)), NAME);
  }

  private static void write(String text, OutputStream out) throws IOException {
    Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    for (int from = 0; from < text.length(); from += BLOCK_CHARS) {
      writer.write(text, from, Math.min(BLOCK_CHARS, text.length() - from));
    }
    writer.flush();
  }

  @Override
  public Object decode(Stored stored, Contents contents, Path scratch) throws IOException {
    byte[] bytes;
    try (InputStream in = contents.open(stored.artifact().digest())) {
      bytes = in.readAllBytes();
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new Corrupt("text %s is not UTF-8".formatted(stored.artifact().digest()), e);
    }
  }

  @Override
  public boolean isShareable() {
    return true;
  }
}
