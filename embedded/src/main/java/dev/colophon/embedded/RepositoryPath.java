package dev.colophon.embedded;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Coordinates of a jar by where it lies: in the layout of Maven repositories, {@code
 * …/repository/org/example/a/1.0/a-1.0.jar}. Nothing is read. Pure.
 */
final class RepositoryPath {
  private static final String ROOT = "repository";
  private static final String JAR = ".jar";

  private RepositoryPath() {}

  /** {@code group:artifact:version[:classifier]}; empty for a file that lies elsewhere. */
  static Optional<String> coordinates(Path jar) {
    List<String> names = new ArrayList<>();
    jar.forEach(name -> names.add(name.toString()));
    int root = names.lastIndexOf(ROOT);
    int group = names.size() - 3 - (root + 1);
    if (root < 0 || group < 1) {
      return Optional.empty();
    }
    String version = names.get(names.size() - 2);
    String artifact = names.get(names.size() - 3);
    String stem = artifact + "-" + version;
    String file = names.getLast();
    if (!file.startsWith(stem) || !file.endsWith(JAR)) {
      return Optional.empty();
    }
    String more = file.substring(stem.length(), file.length() - JAR.length());
    if (!more.isEmpty() && !more.startsWith("-")) {
      return Optional.empty();
    }
    String base =
        String.join(".", names.subList(root + 1, root + 1 + group))
            + ":"
            + artifact
            + ":"
            + version;
    return Optional.of(more.isEmpty() ? base : base + ":" + more.substring(1));
  }
}
