package dev.colophon.store;

import dev.colophon.core.Artifact;
import dev.colophon.core.Digest;
import dev.colophon.core.error.ColophonException.Unavailable;
import dev.colophon.store.Entry.Statement;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps content in the packs of this process: data, then its header, and when both are synced the
 * statement in the index that other processes find it by. May be called from any thread.
 */
final class PackWriter {
  private final StoreFolder folder;
  private final Packs packs;
  private final Index index;
  private final Finder finder;
  private final Executor beside;
  private final Compression compression = new Compression();

  private final ReentrantLock appending = new ReentrantLock();
  private final ReentrantLock syncing = new ReentrantLock();
  private final ReentrantLock state = new ReentrantLock();

  /** What is in a pack but not yet synced and stated. Guarded by {@code state}, as all below. */
  private final Map<Digest, Entry> pending = new HashMap<>();

  private long kept = 0;
  private long synced = 0;
  private Optional<IOException> broken = Optional.empty();

  PackWriter(StoreFolder folder, Packs packs, Index index, Finder finder, Executor beside) {
    this.folder = folder;
    this.packs = packs;
    this.index = index;
    this.finder = finder;
    this.beside = beside;
  }

  /** What this process kept and did not sync yet. */
  Optional<Entry> pending(Digest digest) {
    state.lock();
    try {
      return Optional.ofNullable(pending.get(digest));
    } finally {
      state.unlock();
    }
  }

  /** Forgets an entry whose bytes turned out to be damaged. */
  void forget(Entry entry) {
    state.lock();
    try {
      pending.remove(entry.digest(), entry);
    } finally {
      state.unlock();
    }
  }

  /** Keeps short content. */
  Artifact.Blob keep(byte[] content, int length) {
    var sha256 = Digest.sha256();
    sha256.update(content, 0, length);
    var digest = Digest.ofBytes(sha256.digest());
    if (isKept(digest)) {
      return new Artifact.Blob(digest, length);
    }
    var compressed = compression.compressed(content, length);
    var stored = compressed.orElse(content);
    int storedBytes = compressed.isPresent() ? stored.length : length;
    appending.lock();
    try {
      if (!isKept(digest)) { // another thread may have kept it meanwhile
        append(
            digest, length, stored, storedBytes, compressed.isPresent() ? Codec.ZSTD : Codec.RAW);
      }
      return new Artifact.Blob(digest, length);
    } catch (IOException e) {
      throw folder.unwritable("content of %,d bytes".formatted(length), e);
    } finally {
      appending.unlock();
    }
  }

  private void append(Digest digest, long rawBytes, byte[] stored, int storedBytes, Codec codec)
      throws IOException {
    refuseIfBroken();
    var pack = packs.lease();
    try {
      var entry = new Entry(digest, pack.id(), pack.end(), rawBytes, storedBytes, codec);
      var whole = new byte[Entry.HEADER_BYTES + storedBytes];
      System.arraycopy(entry.header(), 0, whole, 0, Entry.HEADER_BYTES);
      System.arraycopy(stored, 0, whole, Entry.HEADER_BYTES, storedBytes);
      pack.write(entry.offset(), whole, 0, whole.length);
      add(pack, entry);
    } catch (IOException e) {
      pack.rollBack();
      throw e;
    } finally {
      packs.giveBack(pack);
    }
  }

  /** A place for content that is too long for memory, of which this is the head. */
  LargeEntry begin(byte[] head, int length) throws IOException {
    refuseIfBroken();
    var pack = packs.lease();
    try {
      return new LargeEntry(pack, compression.codecFor(head, length), beside);
    } catch (IOException | RuntimeException e) {
      packs.giveBack(pack);
      throw e;
    }
  }

  /** Keeps long content that was all written. */
  Artifact.Blob keep(LargeEntry large) {
    var pack = large.pack();
    try {
      try {
        var entry = large.finish();
        if (isKept(entry.digest())) {
          pack.rollBack();
        } else {
          pack.write(entry.offset(), entry.header(), 0, Entry.HEADER_BYTES);
          add(pack, entry);
        }
        return new Artifact.Blob(entry.digest(), entry.rawBytes());
      } catch (IOException | RuntimeException e) {
        large.abandon();
        pack.rollBack();
        throw e;
      } finally {
        packs.giveBack(pack);
      }
    } catch (IOException e) {
      throw unwritable(large.rawBytes(), e);
    }
  }

  /** Leaves nothing of long content that will not be kept. */
  void abandon(LargeEntry large) {
    large.abandon();
    large.pack().rollBack();
    try {
      packs.giveBack(large.pack());
    } catch (IOException e) {
      throw unwritable(large.rawBytes(), e);
    }
  }

  /** What to say when the disk refused long content, of which so many bytes had come. */
  Unavailable unwritable(long soFar, IOException cause) {
    return folder.unwritable("content of which %,d bytes had come so far".formatted(soFar), cause);
  }

  /** Whether content is there, or will be when {@link #sync} returns. */
  boolean isKept(Digest digest) {
    return pending(digest).isPresent() || finder.has(digest);
  }

  private void add(Pack pack, Entry entry) {
    pack.grow(entry.end());
    packs.touched(pack);
    state.lock();
    try {
      pending.put(entry.digest(), entry);
      kept++;
    } finally {
      state.unlock();
    }
  }

  /**
   * Returns when all that was kept before the call survives a loss of power. One thread syncs for
   * all that came before it began.
   */
  void sync() {
    long wanted = kept();
    syncing.lock();
    try {
      refuseIfBroken();
      if (syncedUpTo() < wanted) {
        syncNow();
      }
    } catch (IOException e) {
      throw folder.unwritable("what was kept in it lately", e);
    } finally {
      syncing.unlock();
    }
  }

  private void syncNow() throws IOException {
    List<Entry> covered;
    long upTo;
    state.lock();
    try {
      covered = List.copyOf(pending.values());
      upTo = kept;
    } finally {
      state.unlock();
    }
    try {
      packs.sync();
    } catch (IOException e) {
      breakDown(new IOException("an earlier sync failed: " + e.getMessage(), e));
      throw e;
    }
    index.append(covered.stream().map(entry -> new Statement(entry, false)).toList());
    state.lock();
    try {
      covered.forEach(entry -> pending.remove(entry.digest(), entry));
      synced = upTo;
    } finally {
      state.unlock();
    }
  }

  /** After a failed sync nobody knows what is on the disk, and a second try would not tell. */
  private void breakDown(IOException cause) {
    state.lock();
    try {
      broken = Optional.of(cause);
    } finally {
      state.unlock();
    }
  }

  private void refuseIfBroken() throws IOException {
    state.lock();
    try {
      if (broken.isPresent()) {
        throw new IOException(
            "nothing more can be kept by this process, because %s"
                .formatted(broken.get().getMessage()),
            broken.get());
      }
    } finally {
      state.unlock();
    }
  }

  private long kept() {
    state.lock();
    try {
      return kept;
    } finally {
      state.unlock();
    }
  }

  private long syncedUpTo() {
    state.lock();
    try {
      return synced;
    } finally {
      state.unlock();
    }
  }

  /** Lets go of the files; what was not synced may be lost. */
  void close() throws IOException {
    breakDown(new IOException("the store was closed"));
    packs.close();
  }
}
