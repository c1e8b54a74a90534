package dev.colophon.core.error;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why reading or writing failed, in words that fit into a message which names the file itself. */
public final class IoReason {
  private IoReason() {}

  /** Such as {@code no permission} or {@code No space left on device}. */
  public static String of(IOException cause) {
    return switch (cause) {
      case AccessDeniedException denied -> "no permission";
      case NoSuchFileException missing -> "no such file or folder";
      case NotDirectoryException file -> "expected a folder, found a file";
      case FileAlreadyExistsException taken -> "there is one already";
      case FileSystemException failed when failed.getReason() != null -> failed.getReason();
      default -> cause.getMessage() == null ? cause.toString() : cause.getMessage();
    };
  }
}
