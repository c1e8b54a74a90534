package dev.colophon.store;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.colophon.core.Digest;
import dev.colophon.core.error.ColophonException.Corrupt;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executor;

/** One entry of a pack, as a reader sees it: nothing leaves here that has not been verified. */
final class StoredContent {
  /** Content up to this length is verified in memory; longer content is read twice. */
  static final int IN_MEMORY_BYTES = 4 << 20;

  private final Entry entry;
  private final Path pack;
  private final StoreFolder folder;
  private final Executor beside;
  private final Memory memory;

  StoredContent(Entry entry, StoreFolder folder, Executor beside, Memory memory) {
    this.entry = entry;
    this.pack = folder.pack(entry.pack());
    this.folder = folder;
    this.beside = beside;
    this.memory = memory;
  }

  /** Takes the content block by block, before it is known whether it is right. */
  @FunctionalInterface
  interface Blocks {
    void take(byte[] block, int length) throws IOException;
  }

  /**
   * The content. Long content is verified in a first pass that leaves a checksum of each block in
   * memory, against which the second pass, the one that hands it out, is checked; compressed
   * content is rather held in memory while there is some left, since decompressing costs most.
   *
   * @throws Corrupt if it is not what its digest says; from the stream's methods too, should it
   *     change between the passes
   */
  InputStream open() {
    if (fitsInMemory()) {
      return new ByteArrayInputStream(inMemory());
    }
    if (entry.codec() == Codec.ZSTD && memory.take(entry.rawBytes())) {
      return held();
    }
    var checksums = new BlockChecksums(entry.rawBytes());
    try {
      passOver(checksums::add);
      return new VerifiedStream(this, decoded(), checksums);
    } catch (IOException e) {
      throw refusal(e);
    }
  }

  private boolean fitsInMemory() {
    return entry.rawBytes() <= IN_MEMORY_BYTES && entry.storedBytes() <= IN_MEMORY_BYTES;
  }

  /**
   * Reads all of it.
   *
   * @throws Corrupt if it is not what its digest says
   */
  void verify() {
    if (fitsInMemory()) {
      inMemory();
      return;
    }
    try {
      passOver((block, length) -> {});
    } catch (IOException e) {
      throw refusal(e);
    }
  }

  private InputStream held() {
    var stream = new HeldStream(memory, entry.rawBytes());
    try {
      passOver(stream::add);
      return stream;
    } catch (IOException e) {
      stream.close();
      throw refusal(e);
    } catch (RuntimeException e) {
      stream.close();
      throw e;
    }
  }

  /**
   * Passes over the content and verifies it.
   *
   * @throws Corrupt if it is not what its digest says: what was taken is worthless then
   * @throws IOException if the taker does
   */
  void passOver(Blocks blocks) throws IOException {
    var hashing = new Hashing(beside);
    long length = 0;
    try (var in = decoded()) {
      while (true) {
        var block = hashing.block();
        int more = next(in, block);
        if (more == 0) {
          break;
        }
        length += more;
        if (length > entry.rawBytes()) {
          throw corrupt("is longer than the %,d bytes it should have".formatted(entry.rawBytes()));
        }
        hashing.update(more);
        blocks.take(block, more);
      }
    }
    check(hashing.digest(), length);
  }

  private int next(InputStream in, byte[] block) {
    try {
      return in.readNBytes(block, 0, block.length);
    } catch (IOException e) {
      throw refusal(e);
    }
  }

  private byte[] inMemory() {
    try (var in = new RandomAccessFile(pack.toFile(), "r")) {
      if (entry.end() > in.length()) {
        throw cutShort(in.length());
      }
      in.seek(entry.from());
      var stored = new byte[(int) entry.storedBytes()];
      in.readFully(stored);
      var content = entry.codec() == Codec.RAW ? stored : decompressed(stored);
      check(Digest.of(content), content.length);
      return content;
    } catch (IOException e) {
      throw refusal(e);
    }
  }

  private byte[] decompressed(byte[] stored) {
    var content = new byte[(int) entry.rawBytes()];
    long length;
    try {
      length = Zstd.decompressByteArray(content, 0, content.length, stored, 0, stored.length);
    } catch (ZstdException e) {
      throw corrupt("can't be decompressed: " + e.getMessage());
    }
    if (length != content.length) {
      throw corrupt("has %,d bytes, expected %,d".formatted(length, content.length));
    }
    return content;
  }

  private InputStream decoded() {
    try {
      var stored = new StoredBytes(pack, entry.from(), entry.storedBytes());
      try {
        return entry.codec() == Codec.RAW ? stored : new ZstdInputStreamNoFinalizer(stored);
      } catch (IOException | RuntimeException e) {
        stored.close();
        throw e;
      }
    } catch (IOException e) {
      throw refusal(e);
    }
  }

  private void check(Digest found, long length) {
    if (length != entry.rawBytes()) {
      throw corrupt("has %,d bytes, expected %,d".formatted(length, entry.rawBytes()));
    }
    if (!found.equals(entry.digest())) {
      throw corrupt("has the digest " + found);
    }
  }

  /** What to say of bytes that are not what they should be. */
  Corrupt corrupt(String found) {
    return new Corrupt(
        "content %s: what lies at byte %d of %s %s; it was left there and not handed out; restore that file from a copy, or make the content again (run its step again): it is then kept anew"
            .formatted(entry.digest(), entry.offset(), pack, found));
  }

  private Corrupt cutShort(long length) {
    return corrupt("ends at byte %,d of the file, expected %,d".formatted(length, entry.end()));
  }

  /** What to say of a failure to read. */
  RuntimeException refusal(IOException e) {
    if (e instanceof ZstdIOException) {
      return corrupt("can't be decompressed: " + e.getMessage());
    }
    if (e instanceof FileNotFoundException && !Files.exists(pack)) {
      return corrupt("is missing: there is no such file");
    }
    return folder.unreadable(pack, e);
  }
}
