package dev.colophon.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Objects;

/** A range of a file, as a stream that ends early if the file does. For one thread. */
final class StoredBytes extends InputStream {
  private final RandomAccessFile file;
  private long left;

  StoredBytes(Path file, long from, long length) throws IOException {
    this.file = new RandomAccessFile(file.toFile(), "r");
    this.file.seek(from);
    this.left = length;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    Objects.checkFromIndexSize(from, length, bytes.length);
    if (length == 0) {
      return 0;
    }
    if (left == 0) {
      return -1;
    }
    int read = file.read(bytes, from, (int) Math.min(length, left));
    left -= Math.max(0, read);
    return read;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
