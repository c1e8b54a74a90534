package dev.colophon.flow.code;

import dev.colophon.core.Artifact;
import dev.colophon.core.ArtifactStore;
import dev.colophon.core.Digest;
import dev.colophon.core.TreeListing.Kind;
import dev.colophon.core.code.CodeVersion.ChangedFile;
import dev.colophon.core.code.CodeVersion.GitState;
import dev.colophon.core.code.CodeVersion.Submodule;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
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

/**
 * Takes snapshots of repositories, as {@code git} lists them.
 *
 * <p>Two answers run side by side: {@code status} names what differs from the index, {@code
 * ls-files} gives ids for the rest. A file that Git calls clean has the bytes of its blob unless
 * attributes let Git convert it; then, and where Git was told not to look, its own stamp decides.
 * If both answers and all those stamps are as they were last time, so is the tree.
 */
final class GitSnapshots {
  private static final int MOST_NAMED = 5;

  private static final List<String> STATUS =
      List.of(
          "status",
          "--porcelain=v2",
          "--branch",
          "-z",
          "--untracked-files=all",
          "--ignore-submodules=none");
  private static final List<String> INDEX = List.of("ls-files", "-z", "-s", "-v", "--full-name");

  private final ArtifactStore store;
  private final FileDigests digests;
  private final Path cacheFolder;
  private final GitProgram git;
  private final InstantSource clock;
  private final CaptureBounds bounds;
  private final FolderSnapshots folders;
  private final HomeFolder home;

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
  }

  /** What Git answered about a work tree. */
  private record Answers(
      Digest key, GitStatus status, ZeroEnded index, GitConfig config, List<String> unreadable) {}

  /**
   * Takes a snapshot of a work tree.
   *
   * @param root real path of the folder that has the {@code .git}
   */
  Snapshot capture(Path root) throws GitProgram.Refused {
    Answers answers = ask(root);
    CacheFile cache =
        new CacheFile(cacheFolder.resolve("snapshots").resolve(Digest.of(root.toString()).hex()));
    Optional<SnapshotMemory> memory =
        cache
            .read()
            .flatMap(fields -> SnapshotMemory.parse(fields, answers.key()))
            .filter(last -> last.stillHolds(root) && isStored(last));
    if (memory.isPresent()) {
      Map<String, Snapshot> nested = nested(root, nestedPaths(memory.get()));
      if (memory.get().leaves().stream().allMatch(leaf -> isSame(leaf, nested))) {
        return snapshot(root, answers, memory.get(), nested);
      }
    }
    return takeAnew(root, answers, cache);
  }

  private Answers ask(Path root) throws GitProgram.Refused {
    GitProgram.Answer status = git.ask(root, with(STATUS, home.pathspecs(root)));
    GitProgram.Answer index = git.ask(root, INDEX);
    GitProgram.Answer config = git.ask(root, GitConfig.QUERY);
    byte[] statusBytes = status.bytes();
    byte[] indexBytes = index.bytes();
    byte[] configBytes = config.bytes();
    GitConfig settings = GitConfig.parse(ZeroEnded.parse(configBytes).records());
    if (settings.hasWorkTreeElsewhere()) {
      checkWorkTree(root);
    }
    ZeroEnded said = ZeroEnded.parse(statusBytes);
    ZeroEnded listed = ZeroEnded.parse(indexBytes);
    Set<String> unreadable = new LinkedHashSet<>(listed.unreadable());
    unreadable.addAll(said.unreadable());
    Digest key =
        key(
            List.of(
                bytes(root.toString()),
                bytes(home.folder().toString()),
                statusBytes,
                indexBytes,
                configBytes));
    return new Answers(
        key, GitStatus.parse(said.records()), listed, settings, List.copyOf(unreadable));
  }

  private void checkWorkTree(Path root) throws GitProgram.Refused {
    String top =
        new String(
                git.ask(root, List.of("rev-parse", "--show-toplevel")).bytes(),
                StandardCharsets.UTF_8)
            .stripTrailing();
    if (!RealPath.of(Path.of(top)).equals(root)) {
      throw new GitProgram.Refused("its work tree is " + top + ", by core.worktree");
    }
  }

  private Snapshot takeAnew(Path root, Answers answers, CacheFile cache) throws GitProgram.Refused {
    Predicate<String> isHome = home.within(root);
    Leaves leaves = new Leaves(root, clock.instant());
    warnOfNames(answers.unreadable(), leaves);
    Set<String> unreadable = new HashSet<>(answers.index().unreadable());
    List<GitIndexEntry> entries =
        GitIndexEntry.parse(
                answers.index().records().stream().filter(r -> !unreadable.contains(r)).toList())
            .stream()
            .filter(entry -> !isHome.test(entry.path()))
            .toList();
    GitStatus status = answers.status();
    Set<String> leftOut = tooMuch(status, isHome, leaves);
    status = status.without(leftOut);

    Map<String, Snapshot> nested = nested(root, repositories(root, entries, status));
    nested.forEach((path, inner) -> leaves.addTree(path, inner.tree()));
    addTracked(root, entries, answers, leaves);
    status.untracked().stream()
        .filter(path -> !isHome.test(path))
        .sorted()
        .forEach(leaves::addSeen);

    List<Leaf> found = leaves.resolve(digests);
    TreeBuilder builder = leaves.tree();
    Artifact.Tree tree = builder.put(store);
    SnapshotMemory memory =
        new SnapshotMemory(
            answers.key(),
            leaves.watched(),
            tree,
            found,
            List.copyOf(builder.smallDigests()),
            leaves.warnings());
    if (memory.canBeTrustedLater() && leftOut.isEmpty()) {
      cache.write(memory.fields());
    }
    Answers kept =
        new Answers(answers.key(), status, answers.index(), answers.config(), answers.unreadable());
    return snapshot(root, kept, memory, nested);
  }

  private void addTracked(Path root, List<GitIndexEntry> entries, Answers answers, Leaves leaves)
      throws GitProgram.Refused {
    List<String> clean =
        entries.stream()
            .filter(entry -> isClean(entry, answers.status()))
            .map(GitIndexEntry::path)
            .toList();
    GitAttributes attributes = new GitAttributes(git, root, answers.config());
    attributes.sources(clean).forEach(leaves::watch);
    Set<String> convertible = clean.isEmpty() ? Set.of() : attributes.convertible(clean);
    Set<String> done = new HashSet<>();
    for (GitIndexEntry entry : entries) {
      if (entry.isRepository() || !done.add(entry.path())) {
        continue;
      }
      if (!isClean(entry, answers.status())) {
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

  private static void warnOfNames(List<String> unreadable, Leaves leaves) {
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

  private static List<String> repositories(
      Path root, List<GitIndexEntry> entries, GitStatus status) {
    Set<String> paths = new LinkedHashSet<>(status.repositories());
    entries.stream()
        .filter(GitIndexEntry::isRepository)
        .map(GitIndexEntry::path)
        .forEach(paths::add);
    return paths.stream().filter(path -> Files.exists(root.resolve(path).resolve(".git"))).toList();
  }

  private static List<String> nestedPaths(SnapshotMemory memory) {
    return memory.leaves().stream()
        .filter(leaf -> leaf.kind() == Kind.FOLDER)
        .map(Leaf::path)
        .toList();
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

  private boolean isStored(SnapshotMemory memory) {
    List<Digest> all = new ArrayList<>(memory.small());
    memory.leaves().forEach(leaf -> all.add(leaf.artifact().digest()));
    return store.missing(all).isEmpty();
  }

  private static boolean isSame(Leaf leaf, Map<String, Snapshot> nested) {
    Snapshot inner = nested.get(leaf.path());
    return inner == null || inner.tree().equals(leaf.artifact());
  }

  private static Snapshot snapshot(
      Path root, Answers answers, SnapshotMemory memory, Map<String, Snapshot> nested) {
    List<String> warnings = new ArrayList<>(memory.warnings());
    nested.values().forEach(inner -> warnings.addAll(inner.warnings()));
    return new Snapshot(
        root,
        memory.tree(),
        memory.leaves(),
        nested,
        Optional.of(state(answers, nested)),
        warnings);
  }

  private static GitState state(Answers answers, Map<String, Snapshot> nested) {
    GitStatus status = answers.status();
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
    return new GitState(
        status.commit(), status.branch(), answers.config().remote(), changed, submodules);
  }

  private static List<String> with(List<String> arguments, List<String> more) {
    List<String> all = new ArrayList<>(arguments);
    all.addAll(more);
    return all;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Digest key(List<byte[]> parts) {
    MessageDigest key = Digest.sha256();
    for (byte[] part : parts) {
      key.update(bytes(part.length + " "));
      key.update(part);
    }
    return Digest.ofBytes(key.digest());
  }
}
