package dev.colophon.flow.code;

import dev.colophon.core.Artifact;
import dev.colophon.core.ArtifactStore;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes snapshots of folders without Git.
 *
 * @param digests puts the files
 * @param bounds beyond which a folder is not captured
 * @param secrets files that are left out
 */
record FolderSnapshots(
    ArtifactStore store,
    FileDigests digests,
    InstantSource clock,
    CaptureBounds bounds,
    HomeFolder home,
    SecretFiles secrets) {
  /**
   * Takes a snapshot of a folder; of one beyond the bounds, an empty one.
   *
   * @param root real path
   * @param refusal why Git does not help although there is a repository
   */
  Snapshot capture(Path root, Optional<String> refusal) {
    FolderFiles files = FolderFiles.of(root, bounds, home);
    Leaves leaves = new Leaves(root, clock.instant(), secrets);
    files.warnings().forEach(leaves::warn);
    refusal.ifPresent(
        reason ->
            leaves.warn(
                "the sources in %s are captured without commit and branch: %s"
                    .formatted(root, reason)));
    if (files.isWhole()) {
      files.files().forEach(leaves::addSeen);
    } else {
      leaves.warn(
          ("folder %s holds more than %d files or %d bytes: only the flow's own sources are "
                  + "captured; move the flow to a folder of its own")
              .formatted(root, bounds.files(), bounds.totalBytes()));
    }
    List<Leaf> found = leaves.resolve(digests);
    Artifact.Tree tree = leaves.tree().put(store);
    return new Snapshot(
        root,
        tree,
        new LeafSet.Listed(found),
        Map.of(),
        Optional.empty(),
        leaves.withheld(),
        leaves.warnings());
  }
}
