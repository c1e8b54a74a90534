package dev.colophon.flow.code;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The sources of a folder without Git, by a fixed ignore list (docs/formats/code.md, "without
 * Git").
 *
 * @param files regular files and links, relative, with slashes
 * @param isWhole whether the bounds sufficed; if not, the files are only the first ones
 * @param warnings what was left out
 */
record FolderFiles(List<String> files, boolean isWhole, List<String> warnings) {
  private static final Set<String> IGNORED_FOLDERS =
      Set.of(
          ".git",
          ".hg",
          ".svn",
          HomeFolder.NAME,
          "target",
          "build",
          "out",
          "node_modules",
          ".gradle",
          ".idea",
          ".venv",
          "venv",
          "__pycache__",
          ".mypy_cache",
          ".ipynb_checkpoints");
  private static final List<String> IGNORED_ENDINGS = List.of(".class", ".pyc", ".DS_Store");

  /**
   * Entries looked at for each file that may be captured, before the folder counts as too large.
   */
  private static final int PATIENCE = 10;

  static FolderFiles of(Path root, CaptureBounds bounds, HomeFolder home) {
    Walk walk = new Walk(root, bounds, home);
    try {
      Files.walkFileTree(root, walk);
    } catch (IOException e) {
      walk.warnings.add("folder %s could not be read whole: %s".formatted(root, e.getMessage()));
    }
    return new FolderFiles(walk.files, walk.isWhole, walk.warnings);
  }

  /** Collects files until a bound is met. */
  private static final class Walk extends SimpleFileVisitor<Path> {
    private final Path root;
    private final CaptureBounds bounds;
    private final HomeFolder home;
    private final List<String> files = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private boolean isWhole = true;
    private long seen;
    private long totalBytes;

    Walk(Path root, CaptureBounds bounds, HomeFolder home) {
      this.root = root;
      this.bounds = bounds;
      this.home = home;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes facts) {
      Path name = folder.getFileName();
      boolean ignored =
          !folder.equals(root)
              && ((name != null && IGNORED_FOLDERS.contains(name.toString()))
                  || home.holds(folder));
      return ignored ? FileVisitResult.SKIP_SUBTREE : goOn();
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes facts) {
      String name = String.valueOf(file.getFileName());
      if (IGNORED_ENDINGS.stream().anyMatch(name::endsWith) || facts.isOther()) {
        return goOn();
      }
      String path = CapturedCode.slashed(root.relativize(file));
      if (facts.size() > bounds.fileBytes()) {
        warnings.add(
            "%s is left out of the snapshot: %d bytes, more than %d"
                .formatted(path, facts.size(), bounds.fileBytes()));
        return goOn();
      }
      files.add(path);
      totalBytes += facts.size();
      return goOn();
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) {
      warnings.add("%s is left out of the snapshot: %s".formatted(file, failure));
      return goOn();
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException failure) {
      return goOn(); // a folder that could not be listed to its end counts as what was seen
    }

    private FileVisitResult goOn() {
      seen++;
      isWhole =
          isWhole
              && files.size() <= bounds.files()
              && totalBytes <= bounds.totalBytes()
              && seen <= (long) bounds.files() * PATIENCE;
      return isWhole ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
    }
  }
}
