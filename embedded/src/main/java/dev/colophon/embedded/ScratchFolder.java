package dev.colophon.embedded;

import dev.colophon.core.error.ColophonException.Unavailable;
import dev.colophon.flow.run.Scratch;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.UUID;

/**
 * A folder for files that live no longer than a run. Beside it lies a file of the same name that
 * ends in {@value #LOCK}, which its process holds locked: the operating system lets go of that when
 * the process dies, however it dies. So whoever can take the lock knows that nobody needs the
 * folder any more (docs/formats/home.md, "scratch folders").
 *
 * <p>A name is used once only, and the lock is held before the file has its name: no moment exists
 * in which another process could take it from a living one.
 */
final class ScratchFolder implements AutoCloseable {
  private static final String LOCK = ".lock";

  private final Path folder;
  private final Path lock;
  private final FileChannel held;

  private ScratchFolder(Path folder, Path lock, FileChannel held) {
    this.folder = folder;
    this.lock = lock;
    this.held = held;
  }

  /**
   * Deletes the folders of processes that are gone, then makes one for the caller.
   *
   * @param parent where scratch folders lie; made where it is missing
   * @param id not used before
   * @throws Unavailable if the parent can't be written
   */
  static ScratchFolder take(Path parent, UUID id) {
    try {
      Files.createDirectories(parent);
      sweep(parent);
      return make(parent, thisProcess() + id);
    } catch (IOException e) {
      throw new Unavailable(
          "folder %s can't be written (%s); choose another home with --home".formatted(parent, e),
          e);
    }
  }

  private static ScratchFolder make(Path parent, String name) throws IOException {
    Path unnamed = parent.resolve(name + ".new");
    Path lock = parent.resolve(name + LOCK);
    FileChannel channel =
        FileChannel.open(unnamed, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() == null) {
        throw new IOException(unnamed + " is locked by somebody else");
      }
      Files.move(unnamed, lock, StandardCopyOption.ATOMIC_MOVE);
      return new ScratchFolder(Files.createDirectory(parent.resolve(name)), lock, channel);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(unnamed);
      Files.deleteIfExists(lock);
      channel.close();
      throw e;
    }
  }

  Path path() {
    return folder;
  }

  /** Deletes the folder and all in it; what resists is left for the next one to sweep. */
  @Override
  public void close() {
    try (held) {
      Scratch.delete(folder);
      Files.delete(lock);
    } catch (IOException e) {
      return; // nothing depends on it
    }
  }

  /** Deletes what processes left that are gone; what resists is left for the next time. */
  private static void sweep(Path parent) throws IOException {
    String own = thisProcess();
    try (DirectoryStream<Path> locks = Files.newDirectoryStream(parent, "*" + LOCK)) {
      for (Path lock : locks) {
        String name = lock.getFileName().toString();
        // opening and closing a file would make this process lose a lock of its own on it
        if (!name.startsWith(own)) {
          sweep(parent.resolve(name.substring(0, name.length() - LOCK.length())), lock);
        }
      }
    }
  }

  private static void sweep(Path folder, Path lock) {
    try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
        FileLock taken = channel.tryLock()) {
      if (taken != null) {
        Scratch.delete(folder);
        Files.deleteIfExists(lock);
      }
    } catch (IOException e) {
      return; // somebody else's, or gone meanwhile
    }
  }

  /** How the names begin that this process gives; no other process gives such ones. */
  private static String thisProcess() {
    ProcessHandle self = ProcessHandle.current();
    long started = self.info().startInstant().orElse(Instant.EPOCH).toEpochMilli();
    return "run-" + self.pid() + "-" + started + "-";
  }
}
