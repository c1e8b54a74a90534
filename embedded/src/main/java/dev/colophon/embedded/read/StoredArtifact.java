package dev.colophon.embedded.read;

import dev.colophon.core.Artifact;
import dev.colophon.core.Digest;
import dev.colophon.core.Trees;
import dev.colophon.core.error.ColophonException.Conflict;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.error.ColophonException.Unavailable;
import dev.colophon.core.error.IoReason;
import dev.colophon.flow.codec.Stored;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * What a task left behind, or the content of a model version. Nothing is read before it is asked
 * for; what is handed out has been verified. May be used from any thread.
 */
public final class StoredArtifact {
  private final Reader reader;
  private final Stored stored;
  private final String where;

  StoredArtifact(Reader reader, Stored stored, String where) {
    this.reader = reader;
    this.stored = stored;
    this.where = where;
  }

  /** Equal content has an equal digest, whoever made it. */
  public Digest digest() {
    return stored.artifact().digest();
  }

  public long sizeBytes() {
    return stored.artifact().sizeBytes();
  }

  /** How it was written, such as {@code json} (docs/formats/codecs.md). */
  public String codec() {
    return stored.codec();
  }

  /**
   * The value.
   *
   * @param type as the step declares it, or another that is stored alike
   * @throws Invalid if the content is not of this type, or is files: see {@link #copyTo}
   * @throws dev.colophon.core.error.ColophonException.Corrupt if the content is damaged
   */
  public <T> T as(Class<T> type) {
    return reader.decode(stored, type, where);
  }

  /** {@link #as(Class)}, of a type with arguments, such as {@code List<Score>}. */
  public Object as(Type type) {
    return reader.decode(stored, type, where);
  }

  /**
   * The bytes, which the caller closes.
   *
   * @throws Invalid if it is a folder
   */
  public InputStream open() {
    if (stored.artifact() instanceof Artifact.Tree) {
      throw new Invalid("%s is a folder, expected a file; copy it with copyTo".formatted(where));
    }
    return reader.store().open(digest());
  }

  /**
   * Writes the content into a folder, under the name that the step gave it, or a name made of its
   * address.
   *
   * @param folder made where it is missing
   * @return the new file or folder
   * @throws Conflict if there is something of that name
   */
  public Path copyTo(Path folder) {
    Path target =
        folder.resolve(
            stored.fileName().orElseGet(() -> where.replace('/', '-').replace('@', '-')));
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new Conflict(
          "%s: expected no such file, found one; name another folder".formatted(target));
    }
    try {
      Files.createDirectories(folder);
      switch (stored.artifact()) {
        case Artifact.Blob blob -> reader.store().copyTo(blob.digest(), target);
        case Artifact.Tree tree -> Trees.restore(tree, reader.store(), target);
      }
      return target;
    } catch (IOException e) {
      throw new Unavailable(
          "%s: can't be written (%s); choose another place or make room there"
              .formatted(target, IoReason.of(e)),
          e);
    }
  }

  /** Address and digest. */
  @Override
  public String toString() {
    return where + " " + digest();
  }
}
