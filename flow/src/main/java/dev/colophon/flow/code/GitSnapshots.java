package dev.colophon.flow.code;

import dev.colophon.core.ArtifactStore;
import dev.colophon.core.Digest;
import dev.colophon.core.TreeListing.Kind;
import dev.colophon.core.code.CodeVersion.ChangedFile;
import dev.colophon.core.code.CodeVersion.GitState;
import dev.colophon.core.code.CodeVersion.Submodule;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Takes snapshots of repositories, as {@code git} lists them.
 *
 * <p>{@code status} names what differs from the index, {@code ls-files} gives ids for the rest. A
 * file that Git calls clean has the bytes of its blob unless attributes let Git convert it; then,
 * and where Git was told not to look, its own stamp decides. If the status, the index and all those
 * stamps are as they were last time, so is the tree; an index with an equal stamp is not even
 * listed.
 */
final class GitSnapshots {
  private static final int MOST_NAMED = 5;
  private static final String GIT = "/.git";

  private final ArtifactStore store;
  private final FileDigests digests;
  private final Path cacheFolder;
  private final GitProgram git;
  private final InstantSource clock;
  private final CaptureBounds bounds;
  private final FolderSnapshots folders;
  private final HomeFolder home;
  private final SecretFiles secrets;

  GitSnapshots(
      ArtifactStore store,
      FileDigests digests,
      Path cacheFolder,
      GitProgram git,
      InstantSource clock,
      CaptureBounds bounds,
      FolderSnapshots folders) {
    this.store = store;
    this.digests = digests;
    this.cacheFolder = cacheFolder;
    this.git = git;
    this.clock = clock;
    this.bounds = bounds;
    this.folders = folders;
    this.home = folders.home();
    this.secrets = folders.secrets();
  }

  /**
   * Takes a snapshot of a work tree.
   *
   * @param root real path of the folder that has the {@code .git}
   */
  Snapshot capture(Path root) throws GitProgram.Refused {
    GitAnswers answers = new GitAnswers(git, root, home, clock.instant());
    CacheFile cache =
        new CacheFile(cacheFolder.resolve("snapshots").resolve(Digest.of(root.toString()).hex()));
    Optional<SnapshotMemory> memory =
        cache.readBytes().flatMap(SnapshotMemory::parse).filter(last -> last.stillHolds(root));
    if (memory.filter(last -> last.hasIndexStamp(answers.indexStamp())).isEmpty()) {
      answers.wantIndex(); // beside the status
    }
    GitAnswers.Told told = answers.told();
    if (memory.isPresent() && saysTheSame(memory.get(), told, answers)) {
      Optional<SnapshotMemory> same =
          memory.get().withIndexStamp(answers.indexStamp()).ifStored(store, clock.instant());
      Map<String, Snapshot> nested =
          nested(root, same.map(GitSnapshots::folders).orElse(List.of()));
      if (same.isPresent() && haveTheSame(same.get().facts().folders(), nested)) {
        if (!same.get().facts().equals(memory.get().facts())) {
          cache.writeBytes(same.get().bytes());
        }
        return snapshot(root, told, told.status(), same.get().facts(), same.get().leaves(), nested);
      }
    }
    return takeAnew(root, told, answers, cache);
  }

  private boolean saysTheSame(SnapshotMemory memory, GitAnswers.Told told, GitAnswers answers)
      throws GitProgram.Refused {
    return memory.facts().key().equals(key(told))
        && (memory.hasIndexStamp(answers.indexStamp())
            || memory.index().equals(ByteBuffer.wrap(answers.index())));
  }

  /** Of what Git says, and of what is left out whatever it says. */
  private Digest key(GitAnswers.Told told) {
    return Digest.of(told.key().hex() + secrets.text());
  }

  private Snapshot takeAnew(Path root, GitAnswers.Told told, GitAnswers answers, CacheFile cache)
      throws GitProgram.Refused {
    Predicate<String> isHome = home.within(root);
    Leaves leaves = new Leaves(root, clock.instant(), secrets);
    byte[] indexBytes = answers.index();
    ZeroEnded index = ZeroEnded.parse(indexBytes);
    warnOfNames(index, told, leaves);
    Set<String> unreadable = new HashSet<>(index.unreadable());
    List<GitIndexEntry> entries =
        GitIndexEntry.parse(index.records().stream().filter(r -> !unreadable.contains(r)).toList())
            .stream()
            .filter(entry -> !isHome.test(entry.path()))
            .toList();
    Set<String> leftOut = tooMuch(told.status(), isHome, leaves);
    GitStatus status = told.status().without(leftOut);

    Map<Boolean, List<String>> repositories = repositories(root, entries, status);
    repositories.getOrDefault(false, List.of()).forEach(path -> leaves.watch(path + GIT));
    Map<String, Snapshot> nested = nested(root, repositories.getOrDefault(true, List.of()));
    nested.forEach((path, inner) -> leaves.addTree(path, inner.tree()));
    addTracked(root, entries, status, told.config(), leaves);
    status.untracked().stream()
        .filter(path -> !isHome.test(path))
        .sorted()
        .forEach(leaves::addSeen);

    List<Leaf> found = leaves.resolve(digests);
    TreeBuilder builder = leaves.tree();
    SnapshotMemory.Facts facts =
        new SnapshotMemory.Facts(
            key(told),
            answers.indexStamp(),
            clock.instant(),
            builder.put(store),
            leaves.watched(),
            found.stream().filter(leaf -> leaf.kind() == Kind.FOLDER).toList(),
            leaves.withheld(),
            leaves.warnings());
    if (facts.canBeTrustedLater() && leftOut.isEmpty()) {
      store.sync(); // so that the root alone will tell that all of it is there
      cache.writeBytes(SnapshotMemory.of(facts, builder.smallDigests(), indexBytes, found).bytes());
    }
    return snapshot(root, told, status, facts, new LeafSet.Listed(found), nested);
  }

  private void addTracked(
      Path root, List<GitIndexEntry> entries, GitStatus status, GitConfig config, Leaves leaves)
      throws GitProgram.Refused {
    List<String> clean =
        entries.stream().filter(entry -> isClean(entry, status)).map(GitIndexEntry::path).toList();
    GitAttributes attributes = new GitAttributes(git, root, config);
    attributes.sources(clean).forEach(leaves::watch);
    Set<String> convertible = clean.isEmpty() ? Set.of() : attributes.convertible(clean);
    Set<String> done = new HashSet<>();
    for (GitIndexEntry entry : entries) {
      if (entry.isRepository() || !done.add(entry.path())) {
        continue;
      }
      if (!isClean(entry, status)) {
        leaves.addSeen(entry.path());
      } else if (entry.isLink()) {
        leaves.addLink(entry.path());
      } else if (convertible.contains(entry.path())) {
        leaves.addSeen(entry.path());
      } else {
        leaves.addClean(entry);
      }
    }
  }

  private static boolean isClean(GitIndexEntry entry, GitStatus status) {
    return entry.isWatched() && !entry.isRepository() && !status.touched().contains(entry.path());
  }

  /** The largest untracked files that go beyond the bounds. */
  private Set<String> tooMuch(GitStatus status, Predicate<String> isHome, Leaves leaves) {
    Map<String, Long> sizes = new TreeMap<>();
    for (String path : status.untracked()) {
      if (!isHome.test(path)) {
        leaves.look(path).ifPresent(stamp -> sizes.put(path, stamp.sizeBytes()));
      }
    }
    List<String> bySize =
        sizes.entrySet().stream()
            .sorted(Map.Entry.comparingByValue())
            .map(Map.Entry::getKey)
            .toList();
    Set<String> leftOut = new LinkedHashSet<>();
    long totalBytes = 0;
    for (int i = 0; i < bySize.size(); i++) {
      totalBytes += sizes.getOrDefault(bySize.get(i), 0L);
      if (i >= bounds.files() || totalBytes > bounds.totalBytes()) {
        leftOut.add(bySize.get(i));
      }
    }
    if (!leftOut.isEmpty()) {
      leaves.warn(
          ("%d untracked files are left out of the snapshot, more than %d files or %d bytes: %s; "
                  + "list them in .gitignore, or add them to Git")
              .formatted(leftOut.size(), bounds.files(), bounds.totalBytes(), some(leftOut)));
    }
    return leftOut;
  }

  private static void warnOfNames(ZeroEnded index, GitAnswers.Told told, Leaves leaves) {
    Set<String> unreadable = new LinkedHashSet<>(index.unreadable());
    unreadable.addAll(told.unreadable());
    if (!unreadable.isEmpty()) {
      List<String> names =
          unreadable.stream()
              .map(
                  record ->
                      record.substring(Math.max(record.indexOf('\t'), record.lastIndexOf(' ')) + 1))
              .distinct()
              .toList();
      leaves.warn("left out of the snapshot, names that are not UTF-8: " + some(names));
    }
  }

  private static String some(Iterable<String> names) {
    List<String> first = new ArrayList<>();
    for (String name : names) {
      if (first.size() == MOST_NAMED) {
        first.add("…");
        break;
      }
      first.add(name);
    }
    return String.join(", ", first);
  }

  /** Where repositories inside are, and (false) where they would be if they were fetched. */
  private static Map<Boolean, List<String>> repositories(
      Path root, List<GitIndexEntry> entries, GitStatus status) {
    Set<String> paths = new LinkedHashSet<>(status.repositories());
    entries.stream()
        .filter(GitIndexEntry::isRepository)
        .map(GitIndexEntry::path)
        .forEach(paths::add);
    return paths.stream()
        .collect(Collectors.partitioningBy(path -> Files.exists(root.resolve(path + GIT))));
  }

  private static List<String> folders(SnapshotMemory memory) {
    return memory.facts().folders().stream().map(Leaf::path).toList();
  }

  /** Snapshots of the repositories inside, of those that Git reads. */
  private Map<String, Snapshot> nested(Path root, List<String> paths) {
    Map<String, Snapshot> nested = new TreeMap<>();
    for (String path : paths) {
      Path inner = RealPath.of(root.resolve(path));
      try {
        nested.put(path, capture(inner));
      } catch (GitProgram.Refused e) {
        nested.put(path, folders.capture(inner, Optional.of(e.text())));
      }
    }
    return nested;
  }

  private static boolean haveTheSame(List<Leaf> folders, Map<String, Snapshot> nested) {
    return folders.stream()
        .allMatch(
            leaf ->
                Optional.ofNullable(nested.get(leaf.path()))
                    .filter(inner -> inner.tree().equals(leaf.artifact()))
                    .isPresent());
  }

  private static Snapshot snapshot(
      Path root,
      GitAnswers.Told told,
      GitStatus status,
      SnapshotMemory.Facts facts,
      LeafSet leaves,
      Map<String, Snapshot> nested) {
    List<String> warnings = new ArrayList<>(facts.warnings());
    nested.values().forEach(inner -> warnings.addAll(inner.warnings()));
    List<String> withheld = new ArrayList<>(facts.withheld());
    nested.forEach(
        (path, inner) -> inner.withheld().forEach(file -> withheld.add(path + "/" + file)));
    GitState state = state(status, told.config(), nested);
    return new Snapshot(root, facts.tree(), leaves, nested, Optional.of(state), withheld, warnings);
  }

  private static GitState state(GitStatus status, GitConfig config, Map<String, Snapshot> nested) {
    List<ChangedFile> changed = new ArrayList<>(status.changed());
    List<Submodule> submodules = new ArrayList<>();
    nested.forEach(
        (path, inner) -> {
          inner
              .state()
              .flatMap(GitState::commit)
              .ifPresent(commit -> submodules.add(new Submodule(path, commit)));
          inner
              .state()
              .ifPresent(
                  state -> {
                    state
                        .changed()
                        .forEach(
                            file ->
                                changed.add(
                                    new ChangedFile(path + "/" + file.path(), file.change())));
                    state
                        .submodules()
                        .forEach(
                            module ->
                                submodules.add(
                                    new Submodule(path + "/" + module.path(), module.commit())));
                  });
        });
    changed.sort(Comparator.comparing(ChangedFile::path));
    submodules.sort(Comparator.comparing(Submodule::path));
    return new GitState(status.commit(), status.branch(), config.remote(), changed, submodules);
  }
}
