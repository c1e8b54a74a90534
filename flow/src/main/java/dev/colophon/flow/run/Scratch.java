package dev.colophon.flow.run;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Deletes folders that were only lent. */
public final class Scratch {
  private Scratch() {}

  /**
   * Deletes a folder and all in it, links themselves but never what they lead to; nothing if there
   * is none.
   */
  public static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path emptied, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(emptied);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Deletes like {@link #delete}; what resists stays, for nothing depends on it. */
  public static void deleteQuietly(Path folder) {
    try {
      delete(folder);
    } catch (IOException e) {
      return; // a leftover
    }
  }
}
