package dev.colophon.flow.run;

import dev.colophon.core.Artifact;
import dev.colophon.core.ArtifactStore;
import dev.colophon.core.Digest;
import dev.colophon.core.json.Json;
import dev.colophon.flow.codec.Codecs;
import dev.colophon.flow.codec.Contents;
import dev.colophon.flow.codec.Stored;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Small values as JSON and back, by the rules of the codec {@code json}, also for records whose
 * arrays are stored as files elsewhere; a path is the text of its name.
 */
public final class ValueJson {
  private final Codecs codecs;

  public ValueJson(Codecs codecs) {
    this.codecs = codecs.withArraysInJson();
  }

  public Json toJson(Type type, Object value) {
    if (value instanceof String || value instanceof Path) {
      return Json.of(value.toString());
    }
    if (isListOf(type, Path.class)) {
      return Json.ofStrings(((List<?>) value).stream().map(String::valueOf).toList());
    }
    try {
      InMemory contents = new InMemory();
      codecs.encode(type, value, contents);
      return Json.parse(contents.bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a value.
   *
   * @throws dev.colophon.core.error.ColophonException if the JSON is no value of the type
   */
  public Object fromJson(Type type, Json json) {
    if (type == String.class) {
      return json.asString();
    }
    if (type == Path.class) {
      return Path.of(json.asString());
    }
    if (isListOf(type, Path.class)) {
      return json.asList().stream().map(item -> Path.of(item.asString())).toList();
    }
    InMemory contents = new InMemory();
    contents.bytes = json.canonical().getBytes(StandardCharsets.UTF_8);
    Artifact.Blob blob = new Artifact.Blob(Digest.of(contents.bytes), contents.bytes.length);
    try {
      return codecs.decode(type, new Stored(blob, "json", Optional.empty()), contents, Path.of(""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isListOf(Type type, Class<?> element) {
    return type instanceof ParameterizedType list
        && list.getRawType() == List.class
        && list.getActualTypeArguments()[0] == element;
  }

  /** The bytes of one blob. */
  private static final class InMemory implements Contents {
    private byte[] bytes = new byte[0];

    @Override
    public Artifact.Blob put(ArtifactStore.Writer writer) throws IOException {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      writer.writeTo(out);
      bytes = out.toByteArray();
      return new Artifact.Blob(Digest.of(bytes), bytes.length);
    }

    @Override
    public Artifact.Blob putFile(Path file) throws IOException {
      throw new IOException("file " + file + ": a small value holds no files");
    }

    @Override
    public InputStream open(Digest digest) {
      return new ByteArrayInputStream(bytes);
    }

    @Override
    public void copyTo(Digest digest, Path file) throws IOException {
      throw new IOException("file " + file + ": a small value holds no files");
    }
  }
}
