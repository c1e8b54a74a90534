package dev.colophon.embedded;

import dev.colophon.core.Artifact;
import dev.colophon.core.ArtifactStore;
import dev.colophon.core.Digest;
import dev.colophon.core.error.ColophonException.NotFound;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.Set;

/**
 * A store that says what the digest of content is and keeps nothing. Nothing is missing from it, so
 * that a file whose digest is remembered need not be read. Any thread may call.
 */
final class DigestsOnly implements ArtifactStore {
  @Override
  public Artifact.Blob put(Writer writer) throws IOException {
    MessageDigest sha256 = Digest.sha256();
    Counted counted = new Counted();
    try (DigestOutputStream out = new DigestOutputStream(counted, sha256)) {
      writer.writeTo(out);
    }
    return new Artifact.Blob(Digest.ofBytes(sha256.digest()), counted.bytes);
  }

  @Override
  public Artifact.Blob putFile(Path file) throws IOException {
    return put(out -> Files.copy(file, out));
  }

  @Override
  public Set<Digest> missing(Collection<Digest> digests) {
    return Set.of();
  }

  @Override
  public InputStream open(Digest digest) {
    throw new NotFound("artifact %s: nothing is kept here".formatted(digest));
  }

  @Override
  public void copyTo(Digest digest, Path file) {
    throw new NotFound("artifact %s: nothing is kept here".formatted(digest));
  }

  @Override
  public void sync() {}

  @Override
  public void close() {}

  private static final class Counted extends OutputStream {
    private long bytes;

    @Override
    public void write(int b) {
      bytes++;
    }

    @Override
    public void write(byte[] content, int offset, int length) {
      bytes += length;
    }
  }
}
