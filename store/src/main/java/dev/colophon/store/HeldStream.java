package dev.colophon.store;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** Content that was verified and is held in memory, which is given back as it is read. */
final class HeldStream extends BlockStream {
  private final Deque<byte[]> blocks = new ArrayDeque<>();
  private final Memory memory;
  private long heldBytes;

  /**
   * @param heldBytes taken from the memory for this content
   */
  HeldStream(Memory memory, long heldBytes) {
    this.memory = memory;
    this.heldBytes = heldBytes;
  }

  void add(byte[] block, int length) {
    blocks.add(Arrays.copyOf(block, length));
  }

  @Override
  ByteBuffer next() {
    var block = blocks.isEmpty() ? new byte[0] : blocks.remove();
    giveBack(block.length);
    return ByteBuffer.wrap(block);
  }

  @Override
  public void close() {
    blocks.clear();
    giveBack(heldBytes);
  }

  private void giveBack(long bytes) {
    heldBytes -= bytes;
    memory.giveBack(bytes);
  }
}
