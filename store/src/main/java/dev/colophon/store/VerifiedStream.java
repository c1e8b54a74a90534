package dev.colophon.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** The second pass over long content: hands out a block once it is what the first pass saw. */
final class VerifiedStream extends BlockStream {
  private final StoredContent content;
  private final InputStream in;
  private final BlockChecksums seen;
  private final byte[] block = new byte[Hashing.BLOCK_BYTES];
  private int number = 0;

  VerifiedStream(StoredContent content, InputStream in, BlockChecksums seen) {
    this.content = content;
    this.in = in;
    this.seen = seen;
  }

  @Override
  ByteBuffer next() {
    try {
      int length = in.readNBytes(block, 0, block.length);
      if (!seen.matches(number, block, length)) {
        throw content.corrupt("changed while it was read");
      }
      number += length > 0 ? 1 : 0;
      return ByteBuffer.wrap(block, 0, length);
    } catch (IOException e) {
      throw content.refusal(e);
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
