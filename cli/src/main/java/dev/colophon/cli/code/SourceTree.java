package dev.colophon.cli.code;

import dev.colophon.core.Artifact;
import dev.colophon.core.ArtifactStore;
import dev.colophon.core.TreeListing;
import dev.colophon.core.TreeListing.Kind;
import dev.colophon.core.Trees;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All files of a captured source tree.
 *
 * @param files by path, with slashes
 * @param folders by path
 */
record SourceTree(SortedMap<String, File> files, SortedMap<String, Artifact.Tree> folders) {
  /**
   * One of them.
   *
   * @param kind file, executable or link
   * @param blob its bytes; of a link, its target
   */
  record File(Kind kind, Artifact.Blob blob) {}

  SourceTree {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    folders = Collections.unmodifiableSortedMap(new TreeMap<>(folders));
  }

  /** Reads all listings of a tree. */
  static SourceTree of(Artifact.Tree tree, ArtifactStore store) {
    SortedMap<String, File> files = new TreeMap<>();
    SortedMap<String, Artifact.Tree> folders = new TreeMap<>();
    collect(tree, "", store, files, folders);
    return new SourceTree(files, folders);
  }

  private static void collect(
      Artifact.Tree tree,
      String prefix,
      ArtifactStore store,
      Map<String, File> files,
      Map<String, Artifact.Tree> folders) {
    for (Map.Entry<String, TreeListing.Entry> each : Trees.list(tree, store).entries().entrySet()) {
      String path = prefix + each.getKey();
      switch (each.getValue().artifact()) {
        case Artifact.Blob blob -> files.put(path, new File(each.getValue().kind(), blob));
        case Artifact.Tree inner -> {
          folders.put(path, inner);
          collect(inner, path + "/", store, files, folders);
        }
      }
    }
  }

  Optional<File> find(String path) {
    return Optional.ofNullable(files.get(path));
  }

  Optional<Artifact.Tree> folder(String path) {
    return Optional.ofNullable(folders.get(path));
  }
}
