package dev.colophon.core;

import dev.colophon.core.error.ColophonException.Corrupt;
import dev.colophon.core.error.ColophonException.NotFound;
import dev.colophon.core.error.ColophonException.Unavailable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;

/**
 * Keeps bytes by their digest. The first half of the one write order, bytes before the record that
 * names them: a record may name a blob only after {@link #sync} returned.
 *
 * <p>All methods may be called from any thread and from several processes on one store. All raise
 * {@link Unavailable} when the medium fails: full, read-only, unreachable.
 */
public interface ArtifactStore extends AutoCloseable {
  /** What writes content into a stream; called once. */
  @FunctionalInterface
  interface Writer {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Keeps the content that the writer writes, whatever its length, without holding it whole in
   * memory. Idempotent by content. If the writer throws, nothing is kept.
   */
  Artifact.Blob put(Writer writer) throws IOException;

  /**
   * Keeps the content of a file, streamed; the file stays the caller's.
   *
   * @throws IOException if it can't be read
   */
  Artifact.Blob putFile(Path file) throws IOException;

  /** Keeps these bytes. */
  default Artifact.Blob put(byte[] content) {
    try {
      return put(out -> out.write(content));
    } catch (IOException e) {
      throw new IllegalStateException("writing from memory does not fail", e);
    }
  }

  /** Those of the digests that the store does not have. */
  Set<Digest> missing(Collection<Digest> digests);

  /**
   * The content, as a stream that the caller closes. Every byte has been verified before it is
   * handed out.
   *
   * @throws NotFound if there is no such content
   * @throws Corrupt if the bytes on the medium are not what the digest says
   */
  InputStream open(Digest digest);

  /**
   * Writes the content to a new file, which appears only when whole and verified.
   *
   * @throws NotFound if there is no such content
   * @throws Corrupt if the bytes on the medium are not what the digest says
   */
  void copyTo(Digest digest, Path file);

  /** Returns when everything put so far by this instance survives a loss of power. */
  void sync();

  /** Syncs, then lets go of files and threads. */
  @Override
  void close();
}
