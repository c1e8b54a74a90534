package dev.colophon.store;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/** Hands out content block by block, each verified before it came here. For one thread. */
abstract class BlockStream extends InputStream {
  private ByteBuffer block = ByteBuffer.allocate(0);

  /** The next block, empty at the end; the one before is not used any more. */
  abstract ByteBuffer next();

  @Override
  public final int read() {
    return fill() ? block.get() & 0xff : -1;
  }

  @Override
  public final int read(byte[] bytes, int from, int length) {
    Objects.checkFromIndexSize(from, length, bytes.length);
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int some = Math.min(length, block.remaining());
    block.get(bytes, from, some);
    return some;
  }

  @Override
  public final int available() {
    return block.remaining();
  }

  private boolean fill() {
    if (!block.hasRemaining()) {
      block = next();
    }
    return block.hasRemaining();
  }
}
