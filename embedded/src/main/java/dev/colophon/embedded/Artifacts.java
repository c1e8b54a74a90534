package dev.colophon.embedded;

import dev.colophon.core.Artifact;
import dev.colophon.core.ArtifactStore;
import dev.colophon.core.Digest;
import dev.colophon.core.Trees;
import dev.colophon.core.error.ColophonException.Conflict;
import dev.colophon.core.error.ColophonException.Corrupt;
import dev.colophon.core.error.ColophonException.NotFound;
import dev.colophon.core.error.ColophonException.Unavailable;
import dev.colophon.core.error.IoReason;
import dev.colophon.core.run.RunLog;
import dev.colophon.flow.codec.Contents;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Artifacts wherever they lie: small ones inside the catalog, all others in the store. What is
 * handed out has been verified; what is put goes to the store. May be called from any thread.
 */
public final class Artifacts implements ArtifactStore, Contents {
  private final RunLog runs;
  private final Supplier<ArtifactStore> store;

  Artifacts(RunLog runs, Supplier<ArtifactStore> store) {
    this.runs = runs;
    this.store = store;
  }

  @Override
  public Artifact.Blob put(Writer writer) throws IOException {
    return store.get().put(writer);
  }

  @Override
  public Artifact.Blob putFile(Path file) throws IOException {
    return store.get().putFile(file);
  }

  @Override
  public Set<Digest> missing(Collection<Digest> digests) {
    return store.get().missing(digests).stream()
        .filter(digest -> runs.findInline(digest).isEmpty())
        .collect(Collectors.toSet());
  }

  @Override
  public InputStream open(Digest digest) {
    return inline(digest)
        .<InputStream>map(ByteArrayInputStream::new)
        .orElseGet(() -> store.get().open(digest));
  }

  @Override
  public void copyTo(Digest digest, Path file) {
    Optional<byte[]> inline = inline(digest);
    if (inline.isEmpty()) {
      store.get().copyTo(digest, file);
      return;
    }
    try {
      Files.write(file, inline.get(), StandardOpenOption.CREATE_NEW);
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  /**
   * The whole content, which should be small.
   *
   * @throws NotFound if there is no such content
   * @throws Corrupt if the bytes are not what the digest says
   */
  public byte[] bytes(Digest digest) {
    try (InputStream content = open(digest)) {
      return content.readAllBytes();
    } catch (IOException e) {
      throw new Unavailable(
          "artifact %s: can't be read (%s); look after the disk, then try again"
              .formatted(digest, IoReason.of(e)),
          e);
    }
  }

  /**
   * Writes an artifact to a new file or, of a tree, to a new folder with all that is in it.
   *
   * @throws Conflict if there is something of that name
   * @throws NotFound if there is no such content
   * @throws Corrupt if the bytes are not what the digest says
   * @throws Unavailable if it can't be written
   */
  public void restore(Artifact artifact, Path target) {
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new Conflict("%s: expected no such file, found one; name a new one".formatted(target));
    }
    switch (artifact) {
      case Artifact.Blob blob -> copyTo(blob.digest(), target);
      case Artifact.Tree tree -> {
        try {
          Trees.restore(tree, this, target);
        } catch (IOException e) {
          throw unwritable(target, e);
        }
      }
    }
  }

  /** Syncs the store. */
  @Override
  public void sync() {
    store.get().sync();
  }

  /** Does nothing: catalog and store are closed by whoever opened them. */
  @Override
  public void close() {}

  private Optional<byte[]> inline(Digest digest) {
    Optional<byte[]> content = runs.findInline(digest);
    content
        .map(Digest::of)
        .filter(found -> !found.equals(digest))
        .ifPresent(
            found -> {
              throw new Corrupt(
                  "artifact %s: the catalog holds bytes with digest %s under this name"
                      .formatted(digest, found));
            });
    return content;
  }

  private static Unavailable unwritable(Path target, IOException cause) {
    return new Unavailable(
        "%s: can't be written (%s); choose another place or make room there"
            .formatted(target, IoReason.of(cause)),
        cause);
  }
}
