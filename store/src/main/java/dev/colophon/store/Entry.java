package dev.colophon.store;

import dev.colophon.core.Digest;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * Where some content lies: an entry of a pack, as its own header in the pack and the index both
 * tell it. All numbers are big-endian; layouts in docs/formats/store.md.
 *
 * @param offset of the entry's header in the pack, in bytes
 * @param rawBytes length of the content
 * @param storedBytes length of what follows the header
 */
record Entry(Digest digest, UUID pack, long offset, long rawBytes, long storedBytes, Codec codec) {
  /** Length of the header before the stored bytes, in a pack. */
  static final int HEADER_BYTES = 64;

  /** Length of an entry of the index. */
  static final int INDEX_BYTES = 88;

  /** First bytes of a header: "CLPHNOBJ". */
  static final long HEADER_MAGIC = 0x434c_5048_4e4f_424aL;

  /** First bytes of an entry of the index: "CLX1". */
  static final int INDEX_MAGIC = 0x434c_5831;

  private static final int DIGEST_BYTES = 32;
  private static final int PRESENT = 0;
  private static final int CONDEMNED = 1;

  /** What one entry of the index says: that content is there, or that it was found damaged. */
  record Statement(Entry entry, boolean condemned) {
    byte[] bytes() {
      var buffer = ByteBuffer.allocate(INDEX_BYTES);
      buffer.putInt(INDEX_MAGIC).putInt(0).put(entry.digest().bytes());
      buffer.putLong(entry.pack().getMostSignificantBits());
      buffer.putLong(entry.pack().getLeastSignificantBits());
      buffer.putLong(entry.offset()).putLong(entry.rawBytes()).putLong(entry.storedBytes());
      buffer.putInt(entry.codec().number()).putInt(condemned ? CONDEMNED : PRESENT);
      buffer.putInt(4, crc(buffer.array(), 8, INDEX_BYTES - 8));
      return buffer.array();
    }

    /** Whether {@link #parse} can read these bytes: cheap, for looking through many. */
    static boolean isAt(byte[] bytes, int from) {
      var buffer = ByteBuffer.wrap(bytes);
      return buffer.getInt(from) == INDEX_MAGIC
          && buffer.getInt(from + 4) == crc(bytes, from + 8, INDEX_BYTES - 8)
          && Codec.isKnown(buffer.getInt(from + 80));
    }

    /** Reads what {@link #bytes} made; empty if it is damaged. */
    static Optional<Statement> parse(byte[] bytes) {
      if (!isAt(bytes, 0)) {
        return Optional.empty();
      }
      var buffer = ByteBuffer.wrap(bytes, 8, INDEX_BYTES - 8);
      var digest = new byte[DIGEST_BYTES];
      buffer.get(digest);
      var entry =
          new Entry(
              Digest.ofBytes(digest),
              new UUID(buffer.getLong(), buffer.getLong()),
              buffer.getLong(),
              buffer.getLong(),
              buffer.getLong(),
              Codec.of(buffer.getInt()));
      return Optional.of(new Statement(entry, buffer.getInt() == CONDEMNED))
          .filter(statement -> statement.entry().isPossible());
    }
  }

  /** The header that stands before the stored bytes. */
  byte[] header() {
    var buffer = ByteBuffer.allocate(HEADER_BYTES);
    buffer.putLong(HEADER_MAGIC).put(digest.bytes()).putLong(rawBytes).putLong(storedBytes);
    buffer.putInt(codec.number()).putInt(crc(buffer.array(), 0, HEADER_BYTES - 4));
    return buffer.array();
  }

  /** Reads a header that was found in a pack; empty if there is none or it is damaged. */
  static Optional<Entry> parseHeader(byte[] bytes, int from, UUID pack, long offset) {
    var buffer = ByteBuffer.wrap(bytes);
    if (buffer.getLong(from) != HEADER_MAGIC
        || buffer.getInt(from + HEADER_BYTES - 4) != crc(bytes, from, HEADER_BYTES - 4)) {
      return Optional.empty();
    }
    buffer.position(from + 8);
    var digest = new byte[DIGEST_BYTES];
    buffer.get(digest);
    long raw = buffer.getLong();
    long stored = buffer.getLong();
    int codec = buffer.getInt();
    return Codec.isKnown(codec)
        ? Optional.of(new Entry(Digest.ofBytes(digest), pack, offset, raw, stored, Codec.of(codec)))
            .filter(Entry::isPossible)
        : Optional.empty();
  }

  /** Whether the numbers can be those of an entry. */
  private boolean isPossible() {
    return offset >= 0 && rawBytes >= 0 && storedBytes >= 0 && end() >= 0;
  }

  /** Offset of the stored bytes in the pack. */
  long from() {
    return offset + HEADER_BYTES;
  }

  /** Offset of the first byte behind the stored bytes. */
  long end() {
    return from() + storedBytes;
  }

  private static int crc(byte[] bytes, int from, int length) {
    var crc = new CRC32C();
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }
}
