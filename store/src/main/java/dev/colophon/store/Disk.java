package dev.colophon.store;

import dev.colophon.core.DurableFolders;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Every write that the store makes, so that a test can let a disk fill up or tear a write.
 *
 * <p>Files are not {@link FileChannel}s, because an interrupt of one task would close a channel
 * under the others.
 */
class Disk {
  /** A new, empty file for reading and writing. @throws IOException if there is one already */
  RandomAccessFile create(Path file) throws IOException {
    Files.createFile(file);
    return new RandomAccessFile(file.toFile(), "rw");
  }

  /** Writes at the file's current position. */
  void write(RandomAccessFile file, byte[] bytes, int from, int length) throws IOException {
    file.write(bytes, from, length);
  }

  /** Writes after whatever any process wrote before. */
  void append(Path file, byte[] bytes, int from, int length) throws IOException {
    try (var out = new FileOutputStream(file.toFile(), true)) {
      out.write(bytes, from, length);
    }
  }

  /** Shortens a file. */
  void truncate(RandomAccessFile file, long sizeBytes) throws IOException {
    file.setLength(sizeBytes);
  }

  /** Returns when the file's bytes survive a loss of power. */
  void sync(RandomAccessFile file) throws IOException {
    file.getFD().sync();
  }

  /** Returns when the names in a folder survive a loss of power. */
  void syncFolder(Path folder) throws IOException {
    DurableFolders.sync(folder);
  }

  /** Creates a folder and those above it where they are missing, so that they survive, too. */
  void createFolders(Path folder) throws IOException {
    DurableFolders.create(folder, this::syncFolder);
  }

  /** Gives a file its final name, in one step. */
  void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }
}
