package dev.colophon.flow.run;

import dev.colophon.core.Artifact;
import dev.colophon.core.ArtifactStore;
import dev.colophon.core.Digest;
import dev.colophon.core.run.RunLog;
import dev.colophon.core.run.TaskEnd;
import dev.colophon.flow.codec.Codecs;
import dev.colophon.flow.codec.Contents;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Takes the bytes of one task: small content is kept to travel with the task's record, the rest
 * goes to the store. Confined to the task's thread.
 */
public final class TaskContents implements Contents {
  private final RunContents contents;
  private final GivenSecrets secrets;
  private final Map<Digest, byte[]> inline = new LinkedHashMap<>();
  private boolean usesStore;

  TaskContents(RunContents contents) {
    this(contents, GivenSecrets.NONE);
  }

  /**
   * @param secrets that no content may hold
   */
  TaskContents(RunContents contents, GivenSecrets secrets) {
    this.contents = contents;
    this.secrets = secrets;
  }

  /** For a task of no flow. */
  public static TaskContents of(RunLog runs, ArtifactStore store, Codecs codecs) {
    return new TaskContents(new RunContents(runs, store, codecs));
  }

  /** Small content put so far. */
  public Map<Digest, byte[]> inline() {
    return Collections.unmodifiableMap(inline);
  }

  /** Whether anything went to the store, which has to be synced before a record names it. */
  public boolean usesStore() {
    return usesStore;
  }

  @Override
  public Artifact.Blob put(ArtifactStore.Writer writer) throws IOException {
    SmallBuffer buffer = new SmallBuffer();
    try {
      writer.writeTo(buffer);
    } catch (IOException e) {
      if (!buffer.isFull()) {
        throw e;
      }
    }
    if (!buffer.isFull()) {
      return keep(buffer.bytes());
    }
    secrets.refuseIn(writer);
    usesStore = true;
    return contents.store().put(writer);
  }

  @Override
  public Artifact.Blob putFile(Path file) throws IOException {
    if (Files.size(file) <= TaskEnd.INLINE_LIMIT_BYTES) {
      byte[] bytes = Files.readAllBytes(file);
      if (bytes.length <= TaskEnd.INLINE_LIMIT_BYTES) {
        return keep(bytes);
      }
    }
    secrets.refuseIn(out -> Files.copy(file, out));
    usesStore = true;
    return contents.store().putFile(file);
  }

  private Artifact.Blob keep(byte[] bytes) throws IOException {
    secrets.refuseIn(out -> out.write(bytes));
    Digest digest = Digest.of(bytes);
    inline.put(digest, bytes);
    return new Artifact.Blob(digest, bytes.length);
  }

  @Override
  public InputStream open(Digest digest) {
    byte[] own = inline.get(digest);
    return own == null ? contents.open(digest) : new ByteArrayInputStream(own);
  }

  @Override
  public void copyTo(Digest digest, Path file) throws IOException {
    byte[] own = inline.get(digest);
    if (own != null) {
      Files.write(file, own, StandardOpenOption.CREATE_NEW);
      return;
    }
    contents.copyTo(digest, file);
  }

  /** Collects up to the inline limit, and refuses to go on beyond it. */
  private static final class SmallBuffer extends OutputStream {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean full;

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
      full |= bytes.size() + length > TaskEnd.INLINE_LIMIT_BYTES;
      if (full) {
        throw new IOException("more than fits into a record");
      }
      bytes.write(source, offset, length);
    }

    boolean isFull() {
      return full;
    }

    byte[] bytes() {
      return bytes.toByteArray();
    }
  }
}
