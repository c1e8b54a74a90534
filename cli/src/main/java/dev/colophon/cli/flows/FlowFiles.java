package dev.colophon.cli.flows;

import dev.colophon.core.error.ColophonException.NotFound;
import dev.colophon.core.error.ColophonException.Unavailable;
import dev.colophon.core.error.IoReason;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Source files below a folder that hold a flow, found by their text, without compiling them. */
public final class FlowFiles {
  private static final Pattern FLOW =
      Pattern.compile("(?m)^\\s*@Flow\\b[^{]*?\\bclass\\s+([\\p{L}_$][\\p{L}\\p{N}_$]*)");

  /** Larger sources are not looked into, in bytes. */
  private static final long MOST_BYTES = 1 << 20;

  /** Folders that hold what builds and tools make. */
  private static final Set<String> PASSED_BY = Set.of("target", "build", "out", "node_modules");

  /** A flow and its source, as it was found. */
  public record Found(String flow, Path file) {}

  private FlowFiles() {}

  /**
   * Flows below a folder, by path. Hidden folders, those of build tools and links are passed by.
   *
   * @throws NotFound if there is no such folder
   * @throws Unavailable if it can't be read
   */
  public static List<Found> below(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new NotFound("folder %s: no such folder; name one that is there".formatted(folder));
    }
    List<Found> found = new ArrayList<>();
    try {
      Files.walkFileTree(folder, new Visitor(folder, found));
    } catch (IOException e) {
      throw new Unavailable(
          "folder %s: can't be read (%s); name another".formatted(folder, IoReason.of(e)), e);
    }
    found.sort(Comparator.comparing(Found::file));
    return found;
  }

  private static final class Visitor extends SimpleFileVisitor<Path> {
    private final Path folder;
    private final List<Found> found;

    Visitor(Path folder, List<Found> found) {
      this.folder = folder;
      this.found = found;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
      String name = path.equals(folder) ? "" : path.getFileName().toString();
      return name.startsWith(".") || PASSED_BY.contains(name)
          ? FileVisitResult.SKIP_SUBTREE
          : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      if (file.toString().endsWith(".java")
          && attributes.isRegularFile()
          && attributes.size() <= MOST_BYTES) {
        look(file);
      }
      return FileVisitResult.CONTINUE;
    }

    private void look(Path file) throws IOException {
      try {
        Matcher flows = FLOW.matcher(Files.readString(file));
        while (flows.find()) {
          found.add(new Found(flows.group(1), file));
        }
      } catch (MalformedInputException e) {
        return; // no UTF-8 text, so the compiler would refuse it
      }
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      if (file.equals(folder)) {
        throw failure;
      }
      return FileVisitResult.CONTINUE; // not ours to read, nor to run
    }
  }
}
