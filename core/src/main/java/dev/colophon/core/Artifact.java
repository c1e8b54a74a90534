package dev.colophon.core;

import dev.colophon.core.error.ColophonException.Invalid;

/**
 * Content left behind, named by its digest: equal content has an equal digest on every machine.
 *
 * <p>Source: the {@link ArtifactStore} computes it as the bytes stream in; no caller supplies one.
 */
public sealed interface Artifact {
  /** SHA-256 of the content; of a {@link Tree}, of its {@link TreeListing}. */
  Digest digest();

  /** Size of the content as written, in bytes; of a tree, of all files in it. */
  long sizeBytes();

  /** One unbroken run of bytes, such as a weights file. */
  record Blob(Digest digest, long sizeBytes) implements Artifact {
    public Blob {
      checkSize(digest, sizeBytes);
    }
  }

  /** A folder; its {@link TreeListing} is itself kept under this digest. */
  record Tree(Digest digest, long sizeBytes) implements Artifact {
    public Tree {
      checkSize(digest, sizeBytes);
    }
  }

  private static void checkSize(Digest digest, long sizeBytes) {
    if (sizeBytes < 0) {
      throw new Invalid("artifact %s: %d bytes, expected 0 or more".formatted(digest, sizeBytes));
    }
  }
}
