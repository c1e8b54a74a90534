package dev.colophon.flow.dataset;

import dev.colophon.core.Artifact;
import dev.colophon.core.ArtifactStore;
import dev.colophon.core.TreeListing.Kind;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.flow.code.FileDigests;
import dev.colophon.flow.code.FileStamp;
import dev.colophon.flow.code.TreeBuilder;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A folder that is an input: all files in it, hidden ones too, except Colophon's own folder.
 *
 * @param files by path below the folder, with slashes
 * @param folders paths of the folders in it
 */
record InputFolder(Map<String, Path> files, List<String> folders) {
  static final String HOME = ".colophon";

  static InputFolder of(String name, Path folder) throws IOException {
    Walk walk = new Walk(name, folder);
    Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, walk);
    return new InputFolder(walk.files, walk.folders);
  }

  Artifact.Tree put(FileDigests digests, ArtifactStore store) throws IOException {
    FileDigests.Result result =
        digests.putAll(files.values().stream().map(FileDigests.Wanted::new).toList());
    TreeBuilder tree = new TreeBuilder();
    folders.forEach(tree::addFolder);
    for (Map.Entry<String, Path> file : files.entrySet()) {
      boolean runs = FileStamp.of(file.getValue()).isExecutable();
      Kind kind = runs ? Kind.EXECUTABLE : Kind.FILE;
      tree.add(file.getKey(), kind, result.get(file.getValue()));
    }
    return tree.put(store);
  }

  /** Collects files and folders; refuses what a copy could not hold. */
  private static final class Walk extends SimpleFileVisitor<Path> {
    private final String name;
    private final Path root;
    private final Map<String, Path> files = new TreeMap<>();
    private final List<String> folders = new ArrayList<>();

    Walk(String name, Path root) {
      this.name = name;
      this.root = root;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes facts) {
      if (String.valueOf(path.getFileName()).equals(HOME)) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      if (!path.equals(root)) {
        folders.add(below(path));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path path, BasicFileAttributes facts) {
      if (!facts.isRegularFile()) {
        throw new Invalid(
            "input \"%s\": %s is neither a file nor a folder, or a link that leads nowhere"
                .formatted(name, path));
      }
      files.put(below(path), path);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path path, IOException failure) throws IOException {
      if (failure instanceof FileSystemLoopException) {
        throw new Invalid(
            "input \"%s\": link %s leads to a folder that it lies in".formatted(name, path),
            failure);
      }
      throw failure;
    }

    private String below(Path path) {
      return root.relativize(path).toString().replace('\\', '/');
    }
  }
}
