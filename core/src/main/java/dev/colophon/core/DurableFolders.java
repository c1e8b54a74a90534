package dev.colophon.core;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Folders that survive a loss of power: a synced file in a folder that vanishes is lost too. Any
 * thread may call.
 */
public final class DurableFolders {
  private DurableFolders() {}

  /** Makes the names in a folder survive a loss of power. */
  @FunctionalInterface
  public interface Sync {
    void sync(Path folder) throws IOException;
  }

  /** Makes a folder, and those above it, where they are missing; returns when they are durable. */
  public static void create(Path folder) throws IOException {
    create(folder, DurableFolders::sync);
  }

  /**
   * The same.
   *
   * @param sync told each folder that got a new name, from the top down
   */
  public static void create(Path folder, Sync sync) throws IOException {
    Deque<Path> changed = new ArrayDeque<>();
    Path missing = folder.toAbsolutePath();
    while (missing.getParent() != null && !Files.exists(missing)) {
      missing = missing.getParent();
      changed.push(missing);
    }
    Files.createDirectories(folder);
    for (Path each : changed) {
      sync.sync(each);
    }
  }

  /**
   * Returns when the names in a folder survive a loss of power, even if the calling thread is
   * interrupted, which it then stays.
   */
  public static void sync(Path folder) throws IOException {
    boolean interrupted = false;
    try {
      for (boolean done = false; !done; ) {
        interrupted |= Thread.interrupted();
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
          channel.force(true);
          done = true;
        } catch (ClosedByInterruptException e) {
          interrupted = true; // only a channel can sync a folder: again, and pass it on later
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
