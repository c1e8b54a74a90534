package dev.colophon.store;

import dev.colophon.core.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.Executor;

/**
 * Content that goes straight into a pack while it is still being written, because it is too long
 * for memory. Its header comes last: until then the pack says nothing of it. For one thread.
 */
final class LargeEntry {
  private static final int WRITTEN_AT_ONCE = 1 << 18;

  private final Pack pack;
  private final Codec codec;
  private final Hashing hashing;
  private final PackStream stored;
  private final OutputStream sink;
  private int filled = 0;
  private long rawBytes = 0;

  LargeEntry(Pack pack, Codec codec, Executor beside) throws IOException {
    this.pack = pack;
    this.codec = codec;
    this.hashing = new Hashing(beside);
    this.stored = new PackStream(pack, pack.end() + Entry.HEADER_BYTES);
    this.sink = codec == Codec.ZSTD ? Compression.into(stored) : stored;
  }

  Pack pack() {
    return pack;
  }

  long rawBytes() {
    return rawBytes;
  }

  void write(byte[] bytes, int from, int length) throws IOException {
    for (int at = from, end = from + length; at < end; ) {
      var block = hashing.block();
      int some = Math.min(end - at, block.length - filled);
      System.arraycopy(bytes, at, block, filled, some);
      filled += some;
      at += some;
      rawBytes += some;
      if (filled == block.length) {
        passOn();
      }
    }
  }

  private void passOn() throws IOException {
    var block = hashing.block();
    int length = filled;
    filled = 0;
    hashing.update(length);
    sink.write(block, 0, length);
  }

  /** All is written: what it is. The header is not written yet. */
  Entry finish() throws IOException {
    if (filled > 0) {
      passOn();
    }
    sink.close();
    Digest digest = hashing.digest();
    return new Entry(digest, pack.id(), pack.end(), rawBytes, stored.writtenBytes(), codec);
  }

  /** Lets go of memory beside the heap; the pack is the caller's to roll back. */
  void abandon() {
    try {
      stored.refuse();
      sink.close();
    } catch (IOException e) {
      return; // refused, as asked for
    }
  }

  /** Writes into the pack, gathering small pieces. */
  private static final class PackStream extends OutputStream {
    private final Pack pack;
    private final long from;
    private final byte[] gathered = new byte[WRITTEN_AT_ONCE];
    private int count = 0;
    private long passedOn = 0;
    private boolean refused = false;

    PackStream(Pack pack, long from) {
      this.pack = pack;
      this.from = from;
    }

    long writtenBytes() {
      return passedOn + count;
    }

    void refuse() {
      refused = true;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (length > gathered.length - count) {
        flush();
      }
      if (length >= gathered.length) {
        pass(bytes, offset, length);
      } else {
        System.arraycopy(bytes, offset, gathered, count, length);
        count += length;
      }
    }

    @Override
    public void flush() throws IOException {
      int length = count;
      pass(gathered, 0, length);
      count = 0;
    }

    private void pass(byte[] bytes, int offset, int length) throws IOException {
      if (refused) {
        throw new IOException("given up");
      }
      pack.write(from + passedOn, bytes, offset, length);
      passedOn += length;
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
