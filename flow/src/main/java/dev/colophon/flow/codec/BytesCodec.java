package dev.colophon.flow.codec;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Set;

/** Bytes as the whole value: themselves. */
final class BytesCodec implements Codec {
  static final String NAME = "bytes";

  @Override
  public Set<String> names() {
    return Set.of(NAME);
  }

  @Override
  public Stored encode(Object value, Contents contents) throws IOException {
    return Stored.of(contents.put(out -> out.write((byte[]) value)), NAME);
  }

  @Override
  public Object decode(Stored stored, Contents contents, Path scratch) throws IOException {
    try (InputStream in = contents.open(stored.artifact().digest())) {
      return in.readAllBytes();
    }
  }

  @Override
  public boolean isShareable() {
    return false;
  }
}
