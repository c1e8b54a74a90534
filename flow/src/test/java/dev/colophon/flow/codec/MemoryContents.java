package dev.colophon.flow.codec;

import dev.colophon.core.Artifact;
import dev.colophon.core.ArtifactStore;
import dev.colophon.core.Digest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Contents that keep everything in memory; as they may, they give up on a first try of larger
 * content and call the writer again. Not thread-safe.
 */
final class MemoryContents implements Contents {
  private final Map<Digest, byte[]> kept = new HashMap<>();

  @Override
  public Artifact.Blob put(ArtifactStore.Writer writer) throws IOException {
    TooSmall first = new TooSmall();
    try {
      writer.writeTo(first);
      return keep(first.taken.toByteArray());
    } catch (IOException e) {
      ByteArrayOutputStream second = new ByteArrayOutputStream();
      writer.writeTo(second);
      return keep(second.toByteArray());
    }
  }

  /** Takes no more than 32 bytes. */
  private static final class TooSmall extends OutputStream {
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();

    @Override
    public void write(int b) throws IOException {
      if (taken.size() == 32) {
        throw new IOException("full");
      }
      taken.write(b);
    }
  }

  Artifact.Blob keep(byte[] content) {
    Digest digest = Digest.of(content);
    kept.put(digest, content);
    return new Artifact.Blob(digest, content.length);
  }

  Artifact.Blob keep(String content) {
    return keep(content.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public Artifact.Blob putFile(Path file) throws IOException {
    return keep(Files.readAllBytes(file));
  }

  @Override
  public InputStream open(Digest digest) throws IOException {
    return new ByteArrayInputStream(bytes(digest));
  }

  @Override
  public void copyTo(Digest digest, Path file) throws IOException {
    Files.write(file, bytes(digest));
  }

  byte[] bytes(Digest digest) throws IOException {
    byte[] content = kept.get(digest);
    if (content == null) {
      throw new NoSuchFileException(digest.hex());
    }
    return content;
  }

  String text(Artifact artifact) throws IOException {
    return new String(bytes(artifact.digest()), StandardCharsets.UTF_8);
  }
}
