package dev.colophon.cli.compare;

import dev.colophon.core.Artifact;
import dev.colophon.core.ArtifactStore;
import dev.colophon.core.TreeListing;
import dev.colophon.core.TreeListing.Entry;
import dev.colophon.core.Trees;
import dev.colophon.core.error.ColophonException.NotFound;
import dev.colophon.core.json.Json;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Files that differ between two snapshots; folders that are equal are not looked into. */
final class SnapshotDiff {
  private final ArtifactStore store;
  private final SortedMap<String, Json> from = new TreeMap<>();
  private final SortedMap<String, Json> to = new TreeMap<>();

  private SnapshotDiff(ArtifactStore store) {
    this.store = store;
  }

  /**
   * Digests by path.
   *
   * @return empty if a snapshot is not in the store any more
   */
  static Optional<Section> of(Artifact.Tree from, Artifact.Tree to, ArtifactStore store) {
    SnapshotDiff diff = new SnapshotDiff(store);
    try {
      diff.walk("", Optional.of(from), Optional.of(to));
      return Optional.of(Section.of("files", diff.from, diff.to));
    } catch (NotFound e) {
      return Optional.empty();
    }
  }

  private void walk(String folder, Optional<Artifact.Tree> before, Optional<Artifact.Tree> after) {
    if (before.map(Artifact::digest).equals(after.map(Artifact::digest))) {
      return;
    }
    Map<String, Entry> old = entries(before);
    Map<String, Entry> now = entries(after);
    TreeSet<String> names = new TreeSet<>(old.keySet());
    names.addAll(now.keySet());
    for (String name : names) {
      Optional<Entry> one = Optional.ofNullable(old.get(name));
      Optional<Entry> other = Optional.ofNullable(now.get(name));
      walk(folder + name + "/", tree(one), tree(other));
      if (!one.equals(other)) {
        file(one).ifPresent(digest -> from.put(folder + name, digest));
        file(other).ifPresent(digest -> to.put(folder + name, digest));
      }
    }
  }

  private Map<String, Entry> entries(Optional<Artifact.Tree> tree) {
    return tree.map(found -> Trees.list(found, store))
        .map(TreeListing::entries)
        .orElseGet(TreeMap::new);
  }

  private static Optional<Artifact.Tree> tree(Optional<Entry> entry) {
    return entry.flatMap(
        found ->
            found.artifact() instanceof Artifact.Tree tree ? Optional.of(tree) : Optional.empty());
  }

  /** A file that only became executable differs too. */
  private static Optional<Json> file(Optional<Entry> entry) {
    return entry
        .filter(found -> found.artifact() instanceof Artifact.Blob)
        .map(
            found ->
                found.kind() == TreeListing.Kind.FILE
                    ? Json.of(found.artifact().digest().hex())
                    : Json.of(
                        found.kind().name().toLowerCase(Locale.ROOT)
                            + " "
                            + found.artifact().digest().hex()));
  }
}
