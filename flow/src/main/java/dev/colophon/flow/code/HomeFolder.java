package dev.colophon.flow.code;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Where Colophon keeps its own files, which are never part of a snapshot: the given folder, and any
 * folder named {@code .colophon}.
 *
 * @param folder real path
 */
record HomeFolder(Path folder) {
  static final String NAME = ".colophon";

  HomeFolder {
    folder = RealPath.of(folder);
  }

  boolean holds(Path path) {
    return path.startsWith(folder);
  }

  /** Whether a path of a snapshot of the given root lies in a home. */
  Predicate<String> within(Path root) {
    Optional<String> home = CapturedCode.pathWithin(root, folder);
    return path ->
        ("/" + path + "/").contains("/" + NAME + "/")
            || (home.isPresent() && (path + "/").startsWith(home.get() + "/"));
  }

  /** What keeps Git from listing a home. */
  List<String> pathspecs(Path root) {
    List<String> pathspecs =
        new ArrayList<>(List.of("--", ".", ":(exclude,top,glob)**/" + NAME + "/**"));
    CapturedCode.pathWithin(root, folder)
        .ifPresent(path -> pathspecs.add(":(exclude,top,literal)" + path));
    return pathspecs;
  }
}
