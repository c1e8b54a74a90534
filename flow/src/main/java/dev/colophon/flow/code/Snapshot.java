package dev.colophon.flow.code;

import dev.colophon.core.Artifact;
import dev.colophon.core.Digest;
import dev.colophon.core.code.CodeVersion.GitState;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A folder as it lies in the store.
 *
 * @param root real path of the folder
 * @param leaves what the tree is made of
 * @param nested folders among the leaves that were captured on their own, by path
 * @param state empty if the folder is no repository
 * @param withheld paths of files left out as secrets, those of nested folders included
 */
record Snapshot(
    Path root,
    Artifact.Tree tree,
    LeafSet leaves,
    Map<String, Snapshot> nested,
    Optional<GitState> state,
    List<String> withheld,
    List<String> warnings) {
  Snapshot {
    nested = Map.copyOf(nested);
    withheld = withheld.stream().sorted().distinct().toList();
    warnings = List.copyOf(warnings);
  }

  /** Digest of a file of the tree, those of nested folders included. */
  Optional<Digest> find(String path) {
    for (Map.Entry<String, Snapshot> each : nested.entrySet()) {
      if (path.startsWith(each.getKey() + "/")) {
        return each.getValue().find(path.substring(each.getKey().length() + 1));
      }
    }
    return leaves.find(path).map(leaf -> leaf.artifact().digest());
  }
}
