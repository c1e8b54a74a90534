package dev.colophon.flow.source;

import dev.colophon.core.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.tools.SimpleJavaFileObject;

/** A source as the compiler reads it: once, so that its digest is of what was compiled. */
final class SourceText extends SimpleJavaFileObject {
  private final String name;
  private final Path path;
  private Optional<String> text = Optional.empty();
  private Optional<Digest> digest = Optional.empty();

  SourceText(String name, Path path) {
    super(path.toUri(), Kind.SOURCE);
    this.name = name;
    this.path = path;
  }

  Path path() {
    return path;
  }

  /** Name of the class that a file of this name is looked at for. */
  String className() {
    return name.substring(0, name.length() - Kind.SOURCE.extension.length()).replace('/', '.');
  }

  /** Digest of what was read; empty if nothing was. */
  Optional<Digest> digest() {
    return digest;
  }

  /** What was read; empty if nothing was. */
  Optional<String> text() {
    return text;
  }

  @Override
  public CharSequence getCharContent(boolean ignoreEncodingErrors) throws IOException {
    if (text.isEmpty()) {
      byte[] bytes = Files.readAllBytes(path);
      digest = Optional.of(Digest.of(bytes));
      text = Optional.of(decode(bytes));
    }
    return text.get();
  }

  private String decode(byte[] bytes) throws IOException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new IOException(path + " is not UTF-8 text", e);
    }
  }
}
