package dev.colophon.flow.codec;

import dev.colophon.core.Artifact;
import dev.colophon.core.ArtifactStore;
import dev.colophon.core.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * Where a task's values are written to and read from: small content travels with the task's record,
 * the rest lies in the store. A codec neither knows nor cares which.
 */
public interface Contents {
  /**
   * Keeps what the writer writes. The writer may be called a second time, and must write the same
   * again; an exception that the stream raises must reach the caller.
   */
  Artifact.Blob put(ArtifactStore.Writer writer) throws IOException;

  /** Keeps the content of a file. */
  Artifact.Blob putFile(Path file) throws IOException;

  /** Verified content; the caller closes it. */
  InputStream open(Digest digest) throws IOException;

  /** Writes verified content to a new file. */
  void copyTo(Digest digest, Path file) throws IOException;
}
