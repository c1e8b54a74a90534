package dev.colophon.store;

import dev.colophon.core.Digest;
import dev.colophon.store.Entry.Statement;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where content lies in the packs: one file that all processes append statements to, each as long
 * as the next and with its own checksum (docs/formats/store.md).
 *
 * <p>It only saves looking through the packs, which tell the same: it is never synced, and whoever
 * misses something in it scans them. In memory there is one number a statement, its place in the
 * file, in an open-addressed table by digest; what the file says there is read and checked at each
 * use. May be called from any thread.
 */
final class Index {
  /** Statements appended in one write, which other processes' writes do not come between. */
  private static final int APPENDED_AT_ONCE = 512;

  private static final int READ_AT_ONCE = 8192 * Entry.INDEX_BYTES;
  private static final int FIRST_SLOTS = 1 << 10;

  private final Path file;
  private final Disk disk;
  private final ReentrantLock lock = new ReentrantLock();

  /** First eight bytes of the digest, for each used slot. */
  private long[] keys = new long[FIRST_SLOTS];

  /** For each slot: 1 + place of the statement in the file, or 0 if it is free. */
  private long[] places = new long[FIRST_SLOTS];

  private int used = 0;
  private long readTo = 0;
  private Optional<RandomAccessFile> reader = Optional.empty();

  Index(Path file, Disk disk) {
    this.file = file;
    this.disk = disk;
  }

  /**
   * Entries that may hold the content, the sound ones first, then those that were once found
   * damaged.
   */
  record Places(List<Entry> sound, List<Entry> condemned) {}

  /** What is stated about a digest, by any process so far. */
  Places find(Digest digest) throws IOException {
    lock.lock();
    try {
      var places = lookUp(digest);
      if (places.sound().isEmpty() && refresh()) {
        places = lookUp(digest);
      }
      return places;
    } finally {
      lock.unlock();
    }
  }

  /** Appends statements. If it fails some of them may have been appended, which does no harm. */
  void append(List<Statement> statements) throws IOException {
    for (int i = 0; i < statements.size(); i += APPENDED_AT_ONCE) {
      var some = statements.subList(i, Math.min(i + APPENDED_AT_ONCE, statements.size()));
      var bytes = ByteBuffer.allocate(some.size() * Entry.INDEX_BYTES);
      some.forEach(statement -> bytes.put(statement.bytes()));
      disk.append(file, bytes.array(), 0, bytes.capacity());
    }
  }

  /** Appends statements and takes notice of them and of all before them. */
  void appendAndRead(List<Statement> statements) throws IOException {
    append(statements);
    lock.lock();
    try {
      refresh();
    } finally {
      lock.unlock();
    }
  }

  /** Reads what was appended since the last time; true if there was anything. */
  private boolean refresh() throws IOException {
    long size = size();
    if (size < readTo) { // it was removed or cut: begin anew
      keys = new long[FIRST_SLOTS];
      places = new long[FIRST_SLOTS];
      used = 0;
      readTo = 0;
    }
    if (size == readTo) {
      return false;
    }
    closeReader();
    try {
      var opened = new RandomAccessFile(file.toFile(), "r");
      reader = Optional.of(opened);
      readFrom(opened, size);
    } catch (FileNotFoundException e) {
      if (Files.exists(file)) {
        throw e;
      }
      return false; // removed a moment ago
    }
    return true;
  }

  void close() throws IOException {
    lock.lock();
    try {
      closeReader();
    } finally {
      lock.unlock();
    }
  }

  private void closeReader() throws IOException {
    if (reader.isPresent()) {
      reader.get().close();
      reader = Optional.empty();
    }
  }

  /**
   * Statements follow each other, but for one that a crash cut short: where none begins, the next
   * one is looked for byte by byte. A damaged end may be one that is being written just now, so it
   * is read again next time.
   */
  private void readFrom(RandomAccessFile in, long size) throws IOException {
    long place = readTo;
    var bytes = new byte[(int) Math.min(READ_AT_ONCE, size - place)];
    while (size - place >= Entry.INDEX_BYTES) {
      in.seek(place);
      int length = readFully(in, bytes);
      if (length < Entry.INDEX_BYTES) {
        return;
      }
      int at = 0;
      while (length - at >= Entry.INDEX_BYTES) {
        if (Statement.isAt(bytes, at)) {
          insert(ByteBuffer.wrap(bytes).getLong(at + 8), place + at);
          at += Entry.INDEX_BYTES;
          readTo = place + at;
        } else {
          at++;
        }
      }
      place += at;
    }
  }

  private Places lookUp(Digest digest) throws IOException {
    long key = ByteBuffer.wrap(digest.bytes()).getLong();
    Set<Entry> sound = new LinkedHashSet<>();
    Set<Entry> condemned = new LinkedHashSet<>();
    for (int i = home(key, places.length); places[i] != 0; i = (i + 1) & (places.length - 1)) {
      if (keys[i] == key) {
        read(places[i] - 1)
            .filter(statement -> statement.entry().digest().equals(digest))
            .ifPresent(
                statement -> (statement.condemned() ? condemned : sound).add(statement.entry()));
      }
    }
    sound.removeAll(condemned);
    return new Places(List.copyOf(sound), List.copyOf(condemned));
  }

  private Optional<Statement> read(long place) throws IOException {
    if (reader.isEmpty()) {
      return Optional.empty();
    }
    var bytes = new byte[Entry.INDEX_BYTES];
    reader.get().seek(place);
    return readFully(reader.get(), bytes) == bytes.length
        ? Statement.parse(bytes)
        : Optional.empty();
  }

  private void insert(long key, long place) {
    if (used * 5L >= places.length * 3L) {
      var formerKeys = keys;
      var formerPlaces = places;
      keys = new long[formerKeys.length * 2];
      places = new long[formerPlaces.length * 2];
      for (int i = 0; i < formerPlaces.length; i++) {
        if (formerPlaces[i] != 0) {
          fill(formerKeys[i], formerPlaces[i]);
        }
      }
    }
    fill(key, place + 1);
    used++;
  }

  private void fill(long key, long value) {
    int i = home(key, places.length);
    while (places[i] != 0) {
      i = (i + 1) & (places.length - 1);
    }
    keys[i] = key;
    places[i] = value;
  }

  /** Digests are evenly spread, so their own bits serve. */
  private static int home(long key, int size) {
    return (int) (key >>> 32) & (size - 1);
  }

  private long size() throws IOException {
    try {
      return Files.size(file);
    } catch (NoSuchFileException e) {
      return 0;
    }
  }

  private static int readFully(RandomAccessFile in, byte[] bytes) throws IOException {
    int length = 0;
    while (length < bytes.length) {
      int more = in.read(bytes, length, bytes.length - length);
      if (more < 0) {
        break;
      }
      length += more;
    }
    return length;
  }
}
