package dev.colophon.cli.code;

import dev.colophon.cli.code.SourceTree.File;
import dev.colophon.core.Digest;
import dev.colophon.core.TreeListing.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Finds what differs between two source trees. A deleted and an added file are one that was renamed
 * if their bytes are equal or, as Git counts, at least half of their lines are.
 */
final class TreeComparison {
  private static final double SIMILAR = 0.5;

  /** Beyond so many pairs only equal bytes tell a renamed file. */
  private static final int MOST_PAIRS = 10_000;

  private final FileTexts texts;

  /**
   * @param texts of the files of both trees
   */
  TreeComparison(FileTexts texts) {
    this.texts = texts;
  }

  /** What differs, by path. */
  List<FileChange> of(SortedMap<String, File> before, SortedMap<String, File> now) {
    SortedMap<String, File> deleted = new TreeMap<>(before);
    deleted.keySet().removeAll(now.keySet());
    SortedMap<String, File> added = new TreeMap<>(now);
    added.keySet().removeAll(before.keySet());
    List<FileChange> changes = new ArrayList<>(renamed(deleted, added));
    deleted.forEach((path, file) -> changes.add(new FileChange.Deleted(path, file)));
    added.forEach((path, file) -> changes.add(new FileChange.Added(path, file)));
    before.forEach(
        (path, old) ->
            Optional.ofNullable(now.get(path))
                .filter(file -> !file.equals(old))
                .ifPresent(file -> changes.addAll(modified(path, old, file))));
    changes.sort(Comparator.comparing(FileChange::path));
    return changes;
  }

  /** A link that takes the place of a file is another file, as for Git. */
  private static List<FileChange> modified(String path, File old, File now) {
    return (old.kind() == Kind.LINK) == (now.kind() == Kind.LINK)
        ? List.of(new FileChange.Modified(path, old, now))
        : List.of(new FileChange.Deleted(path, old), new FileChange.Added(path, now));
  }

  /** Takes what it finds out of both maps. */
  private List<FileChange> renamed(SortedMap<String, File> deleted, SortedMap<String, File> added) {
    List<FileChange> renamed = new ArrayList<>();
    Map<Digest, String> byContent = new HashMap<>();
    deleted.forEach((path, file) -> byContent.putIfAbsent(file.blob().digest(), path));
    for (String path : List.copyOf(added.keySet())) {
      Optional.ofNullable(added.get(path))
          .map(file -> byContent.remove(file.blob().digest()))
          .ifPresent(from -> renamed.add(rename(from, path, deleted, added)));
    }
    if ((long) deleted.size() * added.size() <= MOST_PAIRS) {
      for (Pair pair : similar(deleted, added)) {
        if (deleted.containsKey(pair.from()) && added.containsKey(pair.to())) {
          renamed.add(rename(pair.from(), pair.to(), deleted, added));
        }
      }
    }
    return renamed;
  }

  private static FileChange rename(
      String from, String to, Map<String, File> deleted, Map<String, File> added) {
    File before = Optional.ofNullable(deleted.remove(from)).orElseThrow();
    File now = Optional.ofNullable(added.remove(to)).orElseThrow();
    return new FileChange.Renamed(from, to, before, now);
  }

  private record Pair(String from, String to, double similarity) {}

  /** Pairs that may be renamings, the most similar first. */
  private List<Pair> similar(Map<String, File> deleted, Map<String, File> added) {
    List<Pair> pairs = new ArrayList<>();
    deleted.forEach(
        (from, before) ->
            added.forEach(
                (to, now) -> {
                  double similarity = similarity(before, now);
                  if (similarity >= SIMILAR) {
                    pairs.add(new Pair(from, to, similarity));
                  }
                }));
    pairs.sort(
        Comparator.comparingDouble(Pair::similarity)
            .reversed()
            .thenComparing(Pair::from)
            .thenComparing(Pair::to));
    return pairs;
  }

  /** Share of equal lines, wherever they stand; 0 where one of both is no text. */
  private double similarity(File before, File now) {
    Optional<List<String>> old = texts.lines(before);
    Optional<List<String>> young = texts.lines(now);
    boolean comparable = (before.kind() == Kind.LINK) == (now.kind() == Kind.LINK);
    if (!comparable || old.isEmpty() || young.isEmpty() || old.get().isEmpty()) {
      return 0;
    }
    Map<String, Integer> counts = new HashMap<>();
    old.get().forEach(line -> counts.merge(line, 1, Integer::sum));
    int common = 0;
    for (String line : young.get()) {
      if (counts.merge(line, -1, Integer::sum) >= 0) {
        common++;
      }
    }
    return (double) common / Math.max(old.get().size(), young.get().size());
  }
}
