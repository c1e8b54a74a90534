package dev.colophon.flow.source;

import dev.colophon.core.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The sources below a root, and a note of everything that was seen of them: which were read, with
 * which content, and which names lay in the package folders that were looked into, also where there
 * was no such folder. Equal notes mean an equal compilation. Each source is read once. Not
 * thread-safe.
 */
final class SourceFolder {
  private static final String JAVA = ".java";

  private final Path root;
  private final Map<String, SourceText> sources = new LinkedHashMap<>();
  private final SortedMap<String, List<String>> looked = new TreeMap<>();

  SourceFolder(Path root) {
    this.root = root;
  }

  /**
   * A source, read when its text is asked for.
   *
   * @param name path below the root, with slashes
   */
  SourceText source(String name) {
    return sources.computeIfAbsent(name, path -> new SourceText(path, root.resolve(path)));
  }

  /**
   * The sources of a package.
   *
   * @param folder of the package below the root, with slashes; empty for the unnamed one
   */
  List<SourceText> look(String folder) {
    String prefix = folder.isEmpty() ? "" : folder + "/";
    return looked.computeIfAbsent(folder, this::names).stream()
        .filter(name -> !name.equals("module-info.java")) // a flow belongs to no module
        .map(name -> source(prefix + name))
        .toList();
  }

  /** Digest of each source that was read, in the order of first mention. */
  Map<String, Digest> read() {
    Map<String, Digest> read = new LinkedHashMap<>();
    sources.forEach((name, source) -> source.digest().ifPresent(digest -> read.put(name, digest)));
    return read;
  }

  /** Coordinates of the libraries that the sources read so far declare. */
  List<String> declared() {
    return sources.values().stream()
        .flatMap(source -> source.text().stream())
        .flatMap(text -> Directives.dependencies(text).stream())
        .distinct()
        .toList();
  }

  /** Names in each package folder that was looked into. */
  SortedMap<String, List<String>> looked() {
    return looked;
  }

  /** Names of the sources that a folder holds now; none if there is no such folder. */
  List<String> names(String folder) {
    try (Stream<Path> found = Files.list(root.resolve(folder))) {
      return found
          .map(path -> String.valueOf(path.getFileName()))
          .filter(name -> name.endsWith(JAVA))
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of(); // no folder, or none that can be read: the compiler sees nothing either
    }
  }
}
