package dev.colophon.flow.dataset;

import dev.colophon.flow.graph.Suggestion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says where a missing file was looked for, and what lies there under a similar name. */
final class NearestName {
  private static final int MOST = 3;

  private NearestName() {}

  /** The message for an input that is not there. */
  static String missing(String pattern, Path path) {
    Path absent = path;
    Path folder = path.getParent();
    while (folder != null && !Files.isDirectory(folder)) {
      absent = folder;
      folder = folder.getParent();
    }
    if (folder == null) {
      return "input \"%s\": no such file or folder".formatted(pattern);
    }
    String wanted = String.valueOf(absent.getFileName());
    String near =
        similar(wanted, folder).stream()
            .map(name -> "\"" + name + "\"")
            .collect(Collectors.joining(" or "));
    return "input \"%s\": there is no \"%s\" in %s; %s"
        .formatted(
            pattern,
            wanted,
            folder,
            near.isEmpty()
                ? "check the path, or put the file there"
                : "did you mean " + near + "?");
  }

  private static List<String> similar(String wanted, Path folder) {
    try (Stream<Path> found = Files.list(folder)) {
      List<String> names = found.map(path -> String.valueOf(path.getFileName())).toList();
      return Suggestion.closest(wanted, names, MOST);
    } catch (IOException e) {
      return List.of(); // a folder that can't be listed offers no suggestion
    }
  }
}
