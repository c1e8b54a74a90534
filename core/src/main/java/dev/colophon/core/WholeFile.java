package dev.colophon.core;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Files that others see whole or not at all: written under another name, then renamed. Who may read
 * and write them is what the process's umask says, as for any other file, so that a group can share
 * a folder. Any thread and process may call.
 */
public final class WholeFile {
  private static final FileAttribute<?>[] AS_THE_UMASK_SAYS = rights("rw-rw-rw-");
  private static final FileAttribute<?>[] OWNER_ONLY = rights("rw-------");

  private WholeFile() {}

  private static FileAttribute<?>[] rights(String text) {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text))
        }
        : new FileAttribute<?>[0];
  }

  /**
   * Writes a file, or replaces it.
   *
   * @param file in a folder that exists
   * @param options of the writing, such as {@code DSYNC} for bytes that are on the disk before the
   *     file has its name; none for {@code CREATE}, {@code WRITE} and {@code TRUNCATE_EXISTING}
   */
  public static void write(Path file, byte[] content, OpenOption... options) throws IOException {
    write(file, content, AS_THE_UMASK_SAYS, options);
  }

  /** {@link #write}, for the account alone: nobody else can ever read it. */
  public static void writePrivate(Path file, byte[] content) throws IOException {
    write(file, content, OWNER_ONLY, StandardOpenOption.WRITE);
  }

  private static void write(
      Path file, byte[] content, FileAttribute<?>[] rights, OpenOption... options)
      throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException(file + " is no file");
    }
    Path draft = Files.createTempFile(folder, "draft-", ".tmp", rights);
    try {
      Files.write(draft, content, options);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
  }
}
