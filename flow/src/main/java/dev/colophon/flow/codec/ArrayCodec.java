package dev.colophon.flow.codec;

import dev.colophon.core.Artifact;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Set;

/** A primitive array as the whole value: one {@code .npy} file. */
final class ArrayCodec implements Codec {
  static final String NAME = "npy";

  private final Npy npy;

  ArrayCodec(Npy npy) {
    this.npy = npy;
  }

  @Override
  public Set<String> names() {
    return Set.of(NAME);
  }

  @Override
  public Stored encode(Object value, Contents contents) throws IOException {
    return Stored.of(contents.put(out -> npy.write(value, out)), NAME);
  }

  @Override
  public Object decode(Stored stored, Contents contents, Path scratch) throws IOException {
    return read(npy, stored.artifact(), "array " + stored.artifact().digest(), contents);
  }

  /** Reads one array, wherever it belongs. */
  static Object read(Npy npy, Artifact artifact, String subject, Contents contents)
      throws IOException {
    try (InputStream in = contents.open(artifact.digest())) {
      return npy.read(in, artifact.sizeBytes(), subject);
    }
  }

  @Override
  public boolean isShareable() {
    return false;
  }
}
