package dev.colophon.embedded;

import dev.colophon.core.Artifact;
import dev.colophon.core.ArtifactStore;
import dev.colophon.core.Digest;
import dev.colophon.core.error.ColophonException.NotFound;
import dev.colophon.core.run.Dataset;
import dev.colophon.flow.dataset.DatasetCapture;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.time.Clock;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/**
 * What the files of recorded datasets hold now. A file that looks as when a run read it is not read
 * again; nothing is put into the store. Any thread may call.
 */
public final class PresentData {
  private final DatasetCapture capture;

  public PresentData(Home home, Clock clock) {
    this.capture = new DatasetCapture(new Measuring(), home.cache(), clock, false);
  }

  /**
   * What lies now where a dataset was captured from.
   *
   * @return empty if nothing does
   * @throws dev.colophon.core.error.ColophonException.Unavailable if it can't be read
   */
  public Optional<Artifact> find(Dataset dataset) {
    try {
      return Optional.of(capture.capture(dataset.location(), Path.of("/")).getFirst().artifact());
    } catch (NotFound e) {
      return Optional.empty();
    }
  }

  /** Tells the digest of what it is given, and keeps nothing. */
  private static final class Measuring implements ArtifactStore {
    @Override
    public Artifact.Blob put(Writer writer) throws IOException {
      var sha256 = Digest.sha256();
      long[] bytes = {0};
      try (OutputStream out =
          new DigestOutputStream(
              new FilterOutputStream(OutputStream.nullOutputStream()) {
                @Override
                public void write(int b) {
                  bytes[0]++;
                }

                @Override
                public void write(byte[] content, int offset, int length) {
                  bytes[0] += length;
                }
              },
              sha256)) {
        writer.writeTo(out);
      }
      return new Artifact.Blob(Digest.ofBytes(sha256.digest()), bytes[0]);
    }

    @Override
    public Artifact.Blob putFile(Path file) throws IOException {
      return put(
          out -> {
            try (InputStream in = Files.newInputStream(file)) {
              in.transferTo(out);
            }
          });
    }

    /** What was read once need not be read again to tell its digest. */
    @Override
    public Set<Digest> missing(Collection<Digest> digests) {
      return Set.of();
    }

    @Override
    public InputStream open(Digest digest) {
      throw nothing(digest);
    }

    @Override
    public void copyTo(Digest digest, Path file) {
      throw nothing(digest);
    }

    private static NotFound nothing(Digest digest) {
      return new NotFound("artifact %s: only its digest was taken".formatted(digest));
    }

    @Override
    public void sync() {}

    @Override
    public void close() {}
  }
}
