package dev.colophon.flow.code;

import dev.colophon.core.Artifact;
import dev.colophon.core.TreeListing.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Collects what a snapshot of a folder is made of. A file that can't be read is left out with a
 * warning. Not thread-safe.
 */
final class Leaves {
  private final Path root;
  private final Instant now;
  private final SecretFiles secrets;
  private final TreeBuilder builder = new TreeBuilder();
  private final List<Leaf> leaves = new ArrayList<>();
  private final Map<String, Asked> asked = new LinkedHashMap<>();
  private final Map<String, FileStamp> stamps = new TreeMap<>();
  private final Map<String, String> watched = new TreeMap<>();
  private final List<String> withheld = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  /** A regular file whose digest is still wanted. */
  private record Asked(Kind kind, FileDigests.Wanted wanted) {}

  /**
   * @param root that all paths are relative to
   * @param now by which stamps count as settled
   * @param secrets of which only the names are noted
   */
  Leaves(Path root, Instant now, SecretFiles secrets) {
    this.root = root;
    this.now = now;
    this.secrets = secrets;
  }

  /** What the file system says about a path; empty if nothing is there. */
  Optional<FileStamp> look(String path) {
    FileStamp known = stamps.get(path);
    if (known != null) {
      return Optional.of(known);
    }
    try {
      FileStamp stamp = FileStamp.of(root.resolve(path), LinkOption.NOFOLLOW_LINKS);
      stamps.put(path, stamp);
      return Optional.of(stamp);
    } catch (IOException e) {
      return Optional.empty();
    } catch (InvalidPathException e) {
      warnings.add(
          "%s is left out of the snapshot: its name can't be written in this locale"
              .formatted(path));
      return Optional.empty();
    }
  }

  /**
   * Adds a file or link as it is in the folder, if it is there, and watches it. Of one whose name
   * says that it holds a secret only the name is noted.
   */
  void addSeen(String path) {
    Optional<FileStamp> stamp = look(path);
    if (withholds(path)) {
      return;
    }
    watch(path);
    if (stamp.isEmpty()) {
      return;
    }
    if (stamp.get().isLink()) {
      addLink(path);
    } else if (stamp.get().isRegular()) {
      Kind kind = stamp.get().isExecutable() ? Kind.EXECUTABLE : Kind.FILE;
      asked.put(path, new Asked(kind, new FileDigests.Wanted(root.resolve(path))));
    }
  }

  /** Adds a file that has the bytes of a Git blob. */
  void addClean(GitIndexEntry entry) {
    if (withholds(entry.path())) {
      return;
    }
    try {
      FileDigests.Wanted wanted =
          new FileDigests.Wanted(root.resolve(entry.path()), Optional.of(entry.id()));
      asked.put(entry.path(), new Asked(entry.fileKind(), wanted));
    } catch (InvalidPathException e) {
      addSeen(entry.path());
    }
  }

  /** Adds a link. */
  void addLink(String path) {
    if (withholds(path)) {
      return;
    }
    try {
      String target = Files.readSymbolicLink(root.resolve(path)).toString();
      if (target.indexOf('\uFFFD') >= 0) {
        warnings.add(path + " is left out of the snapshot: its target is not UTF-8");
      } else {
        leaves.add(new Leaf(path, Kind.LINK, builder.linkTo(target)));
      }
    } catch (IOException | InvalidPathException e) {
      addSeen(path); // a plain file stands for the link where links are off
    }
  }

  /** Adds a folder that was captured on its own. */
  void addTree(String path, Artifact.Tree tree) {
    leaves.add(new Leaf(path, Kind.FOLDER, tree));
  }

  /** Adds what is already in the store. */
  void addKnown(Leaf leaf) {
    leaves.add(leaf);
  }

  /** Notes how a path stands now, so that a later change shows. */
  void watch(String path) {
    Optional<FileStamp> stamp = look(path);
    watched.put(path, SnapshotMemory.watch(stamp, now));
  }

  private boolean withholds(String path) {
    boolean secret = secrets.match(path);
    if (secret && look(path).isPresent()) {
      withheld.add(path);
    }
    return secret;
  }

  /** Paths of the files that were left out as secrets. */
  List<String> withheld() {
    return withheld;
  }

  void warn(String warning) {
    warnings.add(warning);
  }

  List<String> warnings() {
    return warnings;
  }

  Map<String, String> watched() {
    return watched;
  }

  /** Puts all files and gives the leaves. */
  List<Leaf> resolve(FileDigests digests) {
    FileDigests.Result result = digests.putAll(asked.values().stream().map(Asked::wanted).toList());
    asked.forEach(
        (path, each) -> {
          Artifact.Blob blob = result.blobs().get(each.wanted().file());
          if (blob != null) {
            leaves.add(new Leaf(path, each.kind(), blob));
          } else {
            warnings.add(
                "%s is left out of the snapshot: it can't be read (%s)"
                    .formatted(path, result.failures().get(each.wanted().file())));
          }
        });
    asked.clear();
    return List.copyOf(leaves);
  }

  /** The builder with all leaves in it. */
  TreeBuilder tree() {
    leaves.forEach(leaf -> builder.add(leaf.path(), leaf.kind(), leaf.artifact()));
    return builder;
  }
}
