package dev.colophon.store;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * A pack that this process appends to, entry after entry.
 *
 * <p>One thread at a time appends, the one that leased it from {@link Packs}; {@link #sync} may run
 * beside it.
 */
final class Pack {
  private final UUID id;
  private final Path path;
  private final Disk disk;
  private final RandomAccessFile file;
  private long end = 0;
  private boolean usable = true;

  private Pack(UUID id, Path path, Disk disk) throws IOException {
    this.id = id;
    this.path = path;
    this.disk = disk;
    this.file = disk.create(path);
  }

  static Pack create(UUID id, Path path, Disk disk) throws IOException {
    return new Pack(id, path, disk);
  }

  UUID id() {
    return id;
  }

  /** Length of all whole entries, which is where the next one begins. */
  long end() {
    return end;
  }

  /** Whether more may be appended: false once a broken end could not be cut off. */
  boolean isUsable() {
    return usable;
  }

  /** Writes at an offset behind {@link #end}; nothing counts until {@link #grow}. */
  void write(long offset, byte[] bytes, int from, int length) throws IOException {
    file.seek(offset);
    disk.write(file, bytes, from, length);
  }

  /** What was written up to this offset counts from now on. */
  void grow(long newEnd) {
    end = newEnd;
  }

  /** Cuts off what was written behind {@link #end}. */
  void rollBack() {
    try {
      disk.truncate(file, end);
    } catch (IOException e) {
      usable = false; // unnamed bytes stay behind; the next entry goes into another pack
    }
  }

  void sync() throws IOException {
    disk.sync(file);
  }

  /** Closes the file, and removes it if nothing was ever kept in it. */
  void close() throws IOException {
    usable = false;
    file.close();
    if (end == 0) {
      Files.deleteIfExists(path);
    }
  }
}
