package dev.colophon.flow.code;

import dev.colophon.core.Artifact;
import dev.colophon.core.ArtifactStore;
import dev.colophon.core.Digest;
import dev.colophon.flow.checkout.CheckedOut;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Puts the sources of a run into the store: the tree that Git would list, tracked and untracked
 * files that are not ignored; without Git, the folder's sources by a fixed ignore list.
 *
 * <p>No state of a repository breaks a run: what can't be captured is named in a warning. Bytes are
 * put before the trees that name them; the caller syncs the store before a record names the
 * snapshot. May be called from any thread, and beside other processes on one cache folder.
 */
public final class CodeCapture {
  private final ArtifactStore store;
  private final FileDigests digests;
  private final FolderSnapshots folders;
  private final GitSnapshots snapshots;
  private final InstantSource clock;
  private final SecretFiles secrets;

  /**
   * @param home Colophon's own folder, never captured
   * @param cacheFolder where what was learned is kept for the next run; may be lost at any time
   * @param bounds how much is taken beyond what Git tracks
   * @param secrets files that are not taken, but named
   */
  public CodeCapture(
      ArtifactStore store,
      Path home,
      Path cacheFolder,
      GitProgram git,
      InstantSource clock,
      CaptureBounds bounds,
      SecretFiles secrets) {
    this.store = store;
    this.clock = clock;
    this.secrets = secrets;
    this.digests =
        new FileDigests(store, new CacheFile(cacheFolder.resolve("sources")), clock, false);
    this.folders =
        new FolderSnapshots(store, digests, clock, bounds, new HomeFolder(home), secrets);
    this.snapshots = new GitSnapshots(store, digests, cacheFolder, git, clock, bounds, folders);
  }

  /**
   * Captures the repository around a folder or, without one, the folder.
   *
   * @param start the flow's file or its folder; the working folder for a compiled class
   * @param sources what the flow was compiled from, asked for last: the snapshot holds them even if
   *     Git ignores them, and those that it holds with other bytes are told as {@link
   *     CapturedCode#edited}; none for a compiled class
   */
  public CapturedCode capture(Path start, Supplier<? extends Collection<SourceFile>> sources) {
    Path real = RealPath.of(start);
    Path folder = Files.isDirectory(real) ? real : parent(real);
    Snapshot snapshot =
        rootAround(folder)
            .map(
                root ->
                    CheckedOut.isRoot(root)
                        ? folders.capture(root, Optional.empty())
                        : repository(root))
            .orElseGet(() -> plain(folder, sources));
    CapturedCode captured = withSources(snapshot, sources.get());
    digests.save();
    return captured;
  }

  private Snapshot repository(Path root) {
    try {
      return snapshots.capture(root);
    } catch (GitProgram.Refused e) {
      String safe =
          e.text().contains("dubious ownership")
              ? "; to trust it: git config --global --add safe.directory " + root
              : "";
      return folders.capture(root, Optional.of(e.text() + safe));
    }
  }

  /** The root is the folder that has all sources below it. */
  private Snapshot plain(Path folder, Supplier<? extends Collection<SourceFile>> sources) {
    Path root = folder;
    for (SourceFile source : sources.get()) {
      while (!RealPath.of(source.path()).startsWith(root)) {
        root = parent(root);
      }
    }
    return folders.capture(root, Optional.empty());
  }

  private CapturedCode withSources(Snapshot snapshot, Collection<SourceFile> sources) {
    List<String> warnings = new ArrayList<>(snapshot.warnings());
    Map<String, Digest> compiled = new LinkedHashMap<>();
    Map<String, Digest> captured = new HashMap<>();
    List<String> absent = new ArrayList<>();
    for (SourceFile source : sources) {
      Optional<String> path = CapturedCode.pathWithin(snapshot.root(), source.path());
      Optional<Digest> digest = path.flatMap(snapshot::find);
      if (path.isEmpty()) {
        warnings.add(
            "source %s is not in the snapshot: it lies outside %s"
                .formatted(source.path(), snapshot.root()));
      } else if (digest.isEmpty() && isInNested(snapshot, path.get())) {
        warnings.add(
            "source %s is not in the snapshot: its repository ignores it".formatted(path.get()));
      } else {
        compiled.put(path.get(), source.digest());
        digest.ifPresentOrElse(
            found -> captured.put(path.get(), found), () -> absent.add(path.get()));
      }
    }
    Artifact.Tree tree =
        absent.isEmpty() ? snapshot.tree() : with(snapshot, absent, captured, warnings);
    List<String> edited =
        compiled.entrySet().stream()
            .filter(source -> !source.getValue().equals(captured.get(source.getKey())))
            .map(Map.Entry::getKey)
            .toList();
    return new CapturedCode(
        tree, snapshot.state(), snapshot.root(), edited, snapshot.withheld(), warnings);
  }

  private static boolean isInNested(Snapshot snapshot, String path) {
    return snapshot.nested().keySet().stream().anyMatch(inner -> path.startsWith(inner + "/"));
  }

  /** The snapshot's tree with further files of its folder, whose digests are noted. */
  private Artifact.Tree with(
      Snapshot snapshot, List<String> paths, Map<String, Digest> captured, List<String> warnings) {
    Leaves leaves = new Leaves(snapshot.root(), clock.instant(), secrets);
    snapshot.leaves().all().forEach(leaves::addKnown);
    paths.forEach(leaves::addSeen);
    for (Leaf leaf : leaves.resolve(digests)) {
      if (paths.contains(leaf.path())) {
        captured.put(leaf.path(), leaf.artifact().digest());
      }
    }
    warnings.addAll(leaves.warnings());
    return leaves.tree().put(store);
  }

  /** The folder that has a {@code .git}, or is a checkout: the nearest above. */
  private static Optional<Path> rootAround(Path folder) {
    for (Path each = folder; each != null; each = each.getParent()) {
      if (Files.exists(each.resolve(".git")) || CheckedOut.isRoot(each)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  private static Path parent(Path path) {
    Path parent = path.getParent();
    return parent == null ? path : parent;
  }
}
