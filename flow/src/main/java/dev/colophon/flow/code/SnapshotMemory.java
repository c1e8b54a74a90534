package dev.colophon.flow.code;

import dev.colophon.core.Artifact;
import dev.colophon.core.Digest;
import dev.colophon.core.TreeListing.Kind;
import dev.colophon.core.error.ColophonException.Invalid;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The last snapshot of a repository, and all that must be as it was for the next one to be the
 * same.
 *
 * @param key digest of what Git answered
 * @param watched stamps of the files whose content Git's answers do not settle, by path
 * @param small digests of the listings and links of the tree
 */
record SnapshotMemory(
    Digest key,
    Map<String, String> watched,
    Artifact.Tree tree,
    List<Leaf> leaves,
    List<Digest> small,
    List<String> warnings) {
  /** Stamp of a file that is not there. */
  private static final String ABSENT = "-";

  /** Stamp that no file has: what was seen may change unnoticed. */
  private static final String UNSETTLED = "?";

  /** What to remember of a path: its stamp, or that it is not there, or that it was too young. */
  static String watch(Optional<FileStamp> stamp, Instant now) {
    return stamp.map(found -> found.isSettledAt(now) ? found.text() : UNSETTLED).orElse(ABSENT);
  }

  /** Whether all watched files are as they were. */
  boolean stillHolds(Path root) {
    return watched.entrySet().stream()
        .allMatch(each -> stamp(root, each.getKey()).equals(each.getValue()));
  }

  private static String stamp(Path root, String path) {
    try {
      return FileStamp.of(root.resolve(path), LinkOption.NOFOLLOW_LINKS).text();
    } catch (IOException | InvalidPathException e) {
      return ABSENT;
    }
  }

  /** Whether it is worth keeping. */
  boolean canBeTrustedLater() {
    return !watched.containsValue(UNSETTLED);
  }

  List<String> fields() {
    List<String> fields = new ArrayList<>();
    fields.add(key.hex());
    fields.add(tree.digest().hex());
    fields.add(Long.toString(tree.sizeBytes()));
    fields.add(Integer.toString(watched.size()));
    watched.forEach((path, stamp) -> fields.addAll(List.of(path, stamp)));
    fields.add(Integer.toString(leaves.size()));
    for (Leaf leaf : leaves) {
      fields.add(leaf.path());
      fields.add(leaf.kind().name());
      fields.add(leaf.artifact().digest().hex());
      fields.add(Long.toString(leaf.artifact().sizeBytes()));
    }
    fields.add(Integer.toString(small.size()));
    small.forEach(digest -> fields.add(digest.hex()));
    fields.addAll(warnings);
    return fields;
  }

  /** Reads what {@link #fields} wrote, but only if it is of the given key. */
  static Optional<SnapshotMemory> parse(List<String> fields, Digest key) {
    if (fields.isEmpty() || !fields.getFirst().equals(key.hex())) {
      return Optional.empty();
    }
    try {
      return Optional.of(parse(fields.subList(1, fields.size()).iterator(), key));
    } catch (NoSuchElementException | IllegalArgumentException | Invalid e) {
      return Optional.empty(); // written by another version: start anew
    }
  }

  private static SnapshotMemory parse(Iterator<String> fields, Digest key) {
    Artifact.Tree tree =
        new Artifact.Tree(new Digest(fields.next()), Long.parseLong(fields.next()));
    Map<String, String> watched = new TreeMap<>();
    for (int i = Integer.parseInt(fields.next()); i > 0; i--) {
      watched.put(fields.next(), fields.next());
    }
    List<Leaf> leaves = new ArrayList<>();
    for (int i = Integer.parseInt(fields.next()); i > 0; i--) {
      leaves.add(leaf(fields));
    }
    List<Digest> small = new ArrayList<>();
    for (int i = Integer.parseInt(fields.next()); i > 0; i--) {
      small.add(new Digest(fields.next()));
    }
    List<String> warnings = new ArrayList<>();
    fields.forEachRemaining(warnings::add);
    return new SnapshotMemory(key, watched, tree, leaves, small, warnings);
  }

  private static Leaf leaf(Iterator<String> fields) {
    String path = fields.next();
    Kind kind = Kind.valueOf(fields.next());
    Digest digest = new Digest(fields.next());
    long sizeBytes = Long.parseLong(fields.next());
    return new Leaf(
        path,
        kind,
        kind == Kind.FOLDER
            ? new Artifact.Tree(digest, sizeBytes)
            : new Artifact.Blob(digest, sizeBytes));
  }
}
