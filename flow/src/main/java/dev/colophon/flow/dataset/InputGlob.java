package dev.colophon.flow.dataset;

import dev.colophon.core.error.ColophonException.Invalid;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.PatternSyntaxException;

/**
 * A pattern for files: {@code *}, {@code ?}, {@code [a-z]} and <code>{a,b}</code> within a name,
 * {@code **}{@code /} for any folders or none. A name that starts with a dot is matched only by a
 * pattern in which one does.
 *
 * @param pattern as the author wrote it
 * @param prefix what the names of the matches begin with: the part before the first special
 *     character, up to a slash
 * @param folder where the search starts
 * @param rest the part of the pattern that is matched below that folder
 */
record InputGlob(String pattern, String prefix, Path folder, String rest) {
  private static final String SPECIAL = "*?[{";

  static boolean isGlob(String pattern) {
    return pattern.chars().anyMatch(each -> SPECIAL.indexOf(each) >= 0);
  }

  static InputGlob of(String pattern, Path base) {
    int special = 0;
    while (SPECIAL.indexOf(pattern.charAt(special)) < 0) {
      special++;
    }
    String prefix = pattern.substring(0, pattern.lastIndexOf('/', special) + 1);
    Path folder = base.toAbsolutePath().resolve(prefix).normalize();
    return new InputGlob(pattern, prefix, folder, pattern.substring(prefix.length()));
  }

  /** The files that match, by name, in name order. */
  Map<String, Path> files() throws IOException {
    Map<String, Path> files = new TreeMap<>();
    if (Files.isDirectory(folder)) {
      Walk walk = new Walk(folder, matcher(), mayHide());
      Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), depth(), walk);
      for (Path file : walk.found) {
        files.put(prefix + folder.relativize(file).toString().replace('\\', '/'), file);
      }
    }
    return files;
  }

  /** Whether a file of this name would be found. */
  boolean matches(String name) {
    return name.startsWith(prefix)
        && matcher().matches(folder.getFileSystem().getPath(name.substring(prefix.length())));
  }

  private PathMatcher matcher() {
    try {
      return folder.getFileSystem().getPathMatcher("glob:" + rest.replace("**/", "{**/,}"));
    } catch (PatternSyntaxException e) {
      throw new Invalid("input \"%s\" is no glob: %s".formatted(pattern, e.getDescription()), e);
    }
  }

  private boolean mayHide() {
    return ("/" + rest).contains("/.");
  }

  private int depth() {
    return rest.contains("**")
        ? Integer.MAX_VALUE
        : 1 + (int) rest.chars().filter(each -> each == '/').count();
  }

  /** Collects the files that match. */
  private static final class Walk extends SimpleFileVisitor<Path> {
    private final Path folder;
    private final PathMatcher matcher;
    private final boolean mayHide;
    private final List<Path> found = new ArrayList<>();

    Walk(Path folder, PathMatcher matcher, boolean mayHide) {
      this.folder = folder;
      this.matcher = matcher;
      this.mayHide = mayHide;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes facts) {
      return path.equals(folder) || isShown(path)
          ? FileVisitResult.CONTINUE
          : FileVisitResult.SKIP_SUBTREE;
    }

    @Override
    public FileVisitResult visitFile(Path path, BasicFileAttributes facts) {
      if (facts.isRegularFile() && isShown(path) && matcher.matches(folder.relativize(path))) {
        found.add(path);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path path, IOException failure) throws IOException {
      if (failure instanceof FileSystemLoopException) {
        return FileVisitResult.CONTINUE; // what it leads to is visited where it really lies
      }
      throw failure;
    }

    private boolean isShown(Path path) {
      String name = String.valueOf(path.getFileName());
      return !name.equals(InputFolder.HOME) && (mayHide || !name.startsWith("."));
    }
  }
}
