package dev.colophon.store;

import dev.colophon.core.Artifact;
import dev.colophon.core.error.ColophonException.Unavailable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * What a writer writes into: short content is gathered in memory, so that nothing reaches the disk
 * if the store has it already; longer content goes on into a pack. For one thread at a time.
 */
final class Incoming extends OutputStream {
  /** Content up to this length is gathered in memory. */
  static final int GATHERED_BYTES = 1 << 20;

  private static final int FIRST_BYTES = 1 << 13;

  private final PackWriter writer;
  private byte[] head = new byte[FIRST_BYTES];
  private int gathered = 0;
  private Optional<LargeEntry> large = Optional.empty();
  private Optional<Unavailable> failure = Optional.empty();
  private boolean done = false;

  Incoming(PackWriter writer) {
    this.writer = writer;
  }

  @Override
  public void write(int b) throws IOException {
    if (large.isEmpty() && !done && gathered < head.length) {
      head[gathered++] = (byte) b;
    } else {
      write(new byte[] {(byte) b}, 0, 1);
    }
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    Objects.checkFromIndexSize(from, length, bytes.length);
    if (done) {
      throw new IOException("this content is already kept: nothing can be added to it");
    }
    failure.ifPresent(Incoming::raise);
    if (large.isEmpty() && length <= GATHERED_BYTES - gathered) {
      gather(bytes, from, length);
    } else {
      stream(bytes, from, length);
    }
  }

  private void gather(byte[] bytes, int from, int length) {
    if (length > head.length - gathered) {
      int wanted = Math.max(2 * head.length, gathered + length);
      head = Arrays.copyOf(head, Math.min(wanted, GATHERED_BYTES));
    }
    System.arraycopy(bytes, from, head, gathered, length);
    gathered += length;
  }

  private void stream(byte[] bytes, int from, int length) {
    try {
      if (large.isEmpty()) {
        int rest = GATHERED_BYTES - gathered;
        gather(bytes, from, rest);
        large = Optional.of(writer.begin(head, gathered));
        large.get().write(head, 0, gathered);
        head = new byte[0];
        large.get().write(bytes, from + rest, length - rest);
      } else {
        large.get().write(bytes, from, length);
      }
    } catch (IOException e) {
      var refusal = writer.unwritable(large.map(LargeEntry::rawBytes).orElse((long) gathered), e);
      failure = Optional.of(refusal); // a writer that swallows it does not get away with it
      throw refusal;
    }
  }

  /** The writer is done: keeps what it wrote. */
  Artifact.Blob finish() {
    failure.ifPresent(Incoming::raise);
    done = true;
    if (large.isEmpty()) {
      return writer.keep(head, gathered);
    }
    var entry = large.get();
    large = Optional.empty();
    return writer.keep(entry);
  }

  /** Forgets what was written, unless {@link #finish} was called before. */
  void abandon() {
    done = true;
    large.ifPresent(writer::abandon);
    large = Optional.empty();
  }

  private static void raise(Unavailable failure) {
    throw failure;
  }
}
