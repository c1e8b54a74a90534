package dev.colophon.flow.code;

import dev.colophon.core.Artifact;
import dev.colophon.core.code.CodeVersion.GitState;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The sources of a run as they lie in the store.
 *
 * @param snapshot the tree; its bytes were put, the caller syncs the store before a record names it
 * @param git where the tree stands in its history; empty outside a repository, or if Git failed
 * @param root absolute path of the folder that the snapshot is of, links resolved
 * @param edited paths of the sources that changed between their compilation and the capture: the
 *     snapshot has other bytes of them than the classes were made from, or none
 * @param withheld paths of files that were left out because of {@link SecretFiles}, in order
 * @param warnings what was left out and why, a sentence each; for people
 */
public record CapturedCode(
    Artifact.Tree snapshot,
    Optional<GitState> git,
    Path root,
    List<String> edited,
    List<String> withheld,
    List<String> warnings) {
  public CapturedCode {
    edited = List.copyOf(edited);
    withheld = List.copyOf(withheld);
    warnings = List.copyOf(warnings);
  }

  /** Path inside the snapshot, with slashes; empty for a file that lies outside the root. */
  public Optional<String> pathOf(Path file) {
    return pathWithin(root, file);
  }

  /** Path of a folder inside the snapshot, with slashes; empty for the root and what is outside. */
  public String folderOf(Path folder) {
    return pathWithin(root, folder).orElse("");
  }

  static Optional<String> pathWithin(Path root, Path file) {
    Path real = RealPath.of(file);
    return real.startsWith(root) && !real.equals(root)
        ? Optional.of(slashed(root.relativize(real)))
        : Optional.empty();
  }

  static String slashed(Path relative) {
    return StreamSupport.stream(relative.spliterator(), false)
        .map(Path::toString)
        .collect(Collectors.joining("/"));
  }
}
