package dev.colophon.store;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A disk that fills up, tears a write or refuses when the test says so. */
final class FaultyDisk extends Disk {
  static final String FULL = "No space left on device";
  static final String READ_ONLY = "Read-only file system";

  /** Fault of all writes once the bytes are used up; empty for none. */
  volatile String writing = "";

  /** Bytes that are still written, the last write torn, before {@link #writing} shows. */
  volatile long bytesLeft = 0;

  /** Fault of creating files and folders; empty for none. */
  volatile String creating = "";

  /** Fault of syncs; empty for none. */
  volatile String syncing = "";

  /** Whether an end can't be cut off. */
  volatile boolean keepsEnds = false;

  final AtomicInteger fileSyncs = new AtomicInteger();
  final AtomicInteger folderSyncs = new AtomicInteger();
  final List<Path> syncedFolders = new CopyOnWriteArrayList<>();

  @Override
  RandomAccessFile create(Path file) throws IOException {
    raise(creating);
    return super.create(file);
  }

  @Override
  void createFolders(Path folder) throws IOException {
    raise(creating);
    super.createFolders(folder);
  }

  @Override
  void write(RandomAccessFile file, byte[] bytes, int from, int length) throws IOException {
    int some = allowed(length);
    super.write(file, bytes, from, some);
    if (some < length) {
      throw new IOException(writing);
    }
  }

  @Override
  void append(Path file, byte[] bytes, int from, int length) throws IOException {
    int some = allowed(length);
    super.append(file, bytes, from, some);
    if (some < length) {
      throw new IOException(writing);
    }
  }

  private synchronized int allowed(int length) {
    if (writing.isEmpty()) {
      return length;
    }
    int some = (int) Math.min(length, bytesLeft);
    bytesLeft -= some;
    return some;
  }

  @Override
  void truncate(RandomAccessFile file, long sizeBytes) throws IOException {
    if (keepsEnds) {
      throw new IOException(READ_ONLY);
    }
    super.truncate(file, sizeBytes);
  }

  @Override
  void sync(RandomAccessFile file) throws IOException {
    fileSyncs.incrementAndGet();
    raise(syncing);
    super.sync(file);
  }

  @Override
  void syncFolder(Path folder) throws IOException {
    folderSyncs.incrementAndGet();
    syncedFolders.add(folder);
    raise(syncing);
    super.syncFolder(folder);
  }

  private static void raise(String fault) throws IOException {
    if (!fault.isEmpty()) {
      throw new IOException(fault);
    }
  }
}
