package dev.colophon.store;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether compressing pays, and the compressing. May be called from any thread.
 *
 * <p>The native library costs some 30 to 120 ms when it is first used (measured, JDK 25), so a
 * process that keeps only a few small or incompressible things never loads it.
 */
final class Compression {
  /** Level 1 compresses at some 500 MB/s; higher ones save a few percent at half the speed. */
  private static final int LEVEL = 1;

  /** Content below this length is not compressed: what it could save is a disk's block or two. */
  private static final int LEAST_BYTES = 1 << 12;

  /** So many bytes of compressible content are kept raw before the library is loaded for them. */
  private static final long WORTH_LOADING_BYTES = 1 << 18;

  /** Compressed content must be shorter than this part of the raw one. */
  private static final double PAYS = 0.85;

  private static final int SAMPLE_BYTES = 1 << 17;
  private static final int BYTE_VALUES = 256;

  private final AtomicLong compressibleBytes = new AtomicLong();

  /** The content compressed, or empty if that does not pay. */
  Optional<byte[]> compressed(byte[] content, int length) {
    if (length < LEAST_BYTES
        || looksRandom(content, length)
        || compressibleBytes.addAndGet(length) < WORTH_LOADING_BYTES) {
      return Optional.empty();
    }
    return attempt(content, length);
  }

  /** How longer content is best kept, to judge by how it begins. */
  Codec codecFor(byte[] head, int length) {
    int sample = Math.min(length, SAMPLE_BYTES);
    boolean pays = !looksRandom(head, sample) && attempt(head, sample).isPresent();
    return pays ? Codec.ZSTD : Codec.RAW;
  }

  private static Optional<byte[]> attempt(byte[] content, int length) {
    var room = new byte[(int) Zstd.compressBound(length)];
    int size = (int) Zstd.compressByteArray(room, 0, room.length, content, 0, length, LEVEL);
    return size < length * PAYS ? Optional.of(Arrays.copyOf(room, size)) : Optional.empty();
  }

  /** A stream that compresses into another one; closing it ends the frame. */
  static OutputStream into(OutputStream out) throws IOException {
    return new ZstdOutputStreamNoFinalizer(out, LEVEL);
  }

  /**
   * Whether the bytes alone, whatever their order, leave less to save than would pay. Archives,
   * images and encrypted data do.
   */
  private static boolean looksRandom(byte[] content, int length) {
    var counts = new int[BYTE_VALUES];
    int sample = Math.min(length, SAMPLE_BYTES);
    for (int i = 0; i < sample; i++) {
      counts[content[i] & 0xff]++;
    }
    double bits = 0;
    for (int count : counts) {
      if (count > 0) {
        bits -= count * (Math.log((double) count / sample) / Math.log(2));
      }
    }
    return bits / Byte.SIZE / sample > 0.97;
  }
}
