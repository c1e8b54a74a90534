package dev.colophon.flow.checkout;

import dev.colophon.core.error.ColophonException.Conflict;
import dev.colophon.core.error.ColophonException.Unavailable;
import dev.colophon.core.error.IoReason;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * A folder that appears whole or not at all: it is made beside its place, under a name of its own,
 * and moved there when it is finished. One that is there and empty is filled, hidden names last.
 *
 * @param target absolute
 */
record FreshFolder(Path target) {
  /** Fills a draft. */
  interface Maker {
    void fill(Path draft) throws IOException;
  }

  FreshFolder {
    target = target.toAbsolutePath().normalize();
  }

  /**
   * Makes it.
   *
   * @throws Conflict if the target is there and no empty folder
   * @throws Unavailable if it can't be written
   */
  void make(Maker maker) {
    try {
      checkFree();
      Path parent = target.getParent();
      if (parent == null) {
        throw taken("is the root of a disk");
      }
      Files.createDirectories(parent);
      Path draft = Files.createTempDirectory(parent, ".checkout-");
      try {
        Path whole = draft.resolve("whole");
        maker.fill(whole);
        place(whole);
      } finally {
        delete(draft);
      }
    } catch (IOException e) {
      throw new Unavailable(
          "%s: can't be written (%s); choose another place with --to, or make room there"
              .formatted(target, IoReason.of(e)),
          e);
    }
  }

  private void checkFree() throws IOException {
    if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
      throw taken(Files.isSymbolicLink(target) ? "is a link" : "is a file");
    }
    if (!children(target).isEmpty()) {
      throw taken("holds something");
    }
  }

  private Conflict taken(String why) {
    return new Conflict(
        "folder %s: it %s, expected no such folder or an empty one; choose another with --to"
            .formatted(target, why));
  }

  /** What marks the folder as whole is hidden, and so moved last. */
  private void place(Path whole) throws IOException {
    if (!Files.exists(target)) {
      Files.move(whole, target);
      return;
    }
    List<Path> children = new ArrayList<>(children(whole));
    children.sort((a, b) -> Boolean.compare(isHome(a), isHome(b)));
    for (Path child : children) {
      Files.move(child, target.resolve(child.getFileName()));
    }
  }

  private static boolean isHome(Path path) {
    return CheckedOut.FOLDER.startsWith(path.getFileName() + "/");
  }

  private static List<Path> children(Path folder) throws IOException {
    List<Path> children = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
      found.forEach(children::add);
    }
    return children;
  }

  private static void delete(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes facts)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path each, IOException failure)
              throws IOException {
            Files.delete(each);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
