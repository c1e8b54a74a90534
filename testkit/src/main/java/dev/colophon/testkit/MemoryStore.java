package dev.colophon.testkit;

import dev.colophon.core.Artifact;
import dev.colophon.core.ArtifactStore;
import dev.colophon.core.Digest;
import dev.colophon.core.error.ColophonException.Conflict;
import dev.colophon.core.error.ColophonException.Corrupt;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.error.ColophonException.NotFound;
import dev.colophon.core.error.ColophonException.Unavailable;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** An {@link ArtifactStore} in memory, for tests. Any thread may call. */
public final class MemoryStore implements ArtifactStore {
  private final Map<Digest, byte[]> contents;

  /** An empty store. */
  public MemoryStore() {
    this(new ConcurrentHashMap<>());
  }

  private MemoryStore(Map<Digest, byte[]> contents) {
    this.contents = contents;
  }

  /** Another instance on the same contents, as another process would open it. */
  public MemoryStore another() {
    return new MemoryStore(contents);
  }

  /** How many different contents it keeps. */
  public int size() {
    return contents.size();
  }

  /** Changes what lies under a digest, as a failing disk would. */
  public void corrupt(Digest digest) {
    contents.computeIfPresent(
        digest,
        (same, content) -> {
          var damaged = content.length == 0 ? new byte[1] : content.clone();
          damaged[damaged.length / 2] ^= 1;
          return damaged;
        });
  }

  @Override
  public Artifact.Blob put(Writer writer) throws IOException {
    var out = new ByteArrayOutputStream();
    writer.writeTo(out);
    return put(out.toByteArray());
  }

  @Override
  public Artifact.Blob put(byte[] content) {
    var digest = Digest.of(content);
    contents.put(digest, content.clone());
    return new Artifact.Blob(digest, content.length);
  }

  @Override
  public Artifact.Blob putFile(Path file) throws IOException {
    return put(Files.readAllBytes(file));
  }

  @Override
  public Set<Digest> missing(Collection<Digest> digests) {
    var missing = new LinkedHashSet<>(digests);
    missing.removeAll(contents.keySet());
    return missing;
  }

  @Override
  public InputStream open(Digest digest) {
    return new ByteArrayInputStream(verified(digest));
  }

  @Override
  public void copyTo(Digest digest, Path file) {
    var content = verified(digest);
    try {
      Files.write(file, content, StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      throw new Conflict("file %s: it exists, expected a new one".formatted(file));
    } catch (NoSuchFileException e) {
      throw new Invalid("file %s: its folder does not exist; create it first".formatted(file), e);
    } catch (IOException e) {
      throw new Unavailable("file %s: can't be written; name another".formatted(file), e);
    }
  }

  private byte[] verified(Digest digest) {
    var content = contents.get(digest);
    if (content == null) {
      throw new NotFound("content %s: this store in memory does not have it".formatted(digest));
    }
    var found = Digest.of(content);
    if (!found.equals(digest)) {
      throw new Corrupt("content %s: it has the digest %s".formatted(digest, found));
    }
    return content;
  }

  @Override
  public void sync() {}

  @Override
  public void close() {}
}
