package dev.colophon.core.lineage;

import dev.colophon.core.Artifact;
import dev.colophon.core.Digest;
import dev.colophon.core.Name;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.Subject.VersionId;
import dev.colophon.core.lineage.Impact.Reached;
import dev.colophon.core.model.ModelRecord;
import dev.colophon.core.model.Registry;
import dev.colophon.core.model.VersionRecord;
import dev.colophon.core.run.Input;
import dev.colophon.core.run.Output;
import dev.colophon.core.run.RunLog;
import dev.colophon.core.run.TaskRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One walk downstream, level by level. Readers are looked up by content, a level at once; from the
 * second level on, a reader counts only if a task that was reached is the very source of what it
 * read, since small values such as {@code true} are equal in runs that have nothing to do with each
 * other.
 */
final class Downstream {
  private final RunLog runs;
  private final Registry registry;
  private final Graphs graphs;
  private final Set<TaskId> affected = new HashSet<>();
  private final NavigableSet<VersionId> versions = new TreeSet<>();

  Downstream(RunLog runs, Registry registry) {
    this.runs = runs;
    this.registry = registry;
    this.graphs = new Graphs(runs);
  }

  /** What was made from this content, whoever made it. */
  Impact ofContent(String of, Collection<Digest> digests) {
    versions.addAll(registry.versionsOf(digests));
    return walk(of, digests, new TreeSet<>(readersOf(digests)), Set.of());
  }

  /**
   * What was made from what these tasks left behind.
   *
   * @param without runs that are not listed as reached
   */
  Impact ofTasks(String of, Collection<TaskId> tasks, Set<RunId> without) {
    affected.addAll(tasks);
    Collection<Digest> digests = left(runs.outputsOf(tasks).values());
    return walk(of, digests, sourced(readersOf(digests)), without);
  }

  /** What was made from a model version: by tasks that were handed it. */
  Impact ofVersion(VersionRecord version) {
    TaskId maker = version.madeBy();
    affected.add(maker);
    NavigableSet<TaskId> first = sourced(readersOf(left(runs.outputsOf(List.of(maker)).values())));
    versions.remove(version.id());
    return walk(version.id().toString(), List.of(version.artifact().digest()), first, Set.of());
  }

  private Impact walk(
      String of, Collection<Digest> digests, NavigableSet<TaskId> first, Set<RunId> without) {
    List<List<Reached>> levels = new ArrayList<>();
    NavigableSet<RunId> reachedRuns = new TreeSet<>();
    NavigableSet<TaskId> level = first;
    while (!level.isEmpty()) {
      affected.addAll(level);
      level.forEach(task -> reachedRuns.add(task.run()));
      Map<TaskId, Output> outputs = runs.outputsOf(level);
      levels.add(level.stream().map(task -> reached(task, outputs)).toList());
      level = sourced(readersOf(left(outputs.values())));
    }
    reachedRuns.removeAll(without);
    return new Impact(
        of,
        List.copyOf(new TreeSet<>(digests)),
        levels,
        List.copyOf(reachedRuns),
        versions.stream().map(this::withAliases).toList());
  }

  private static Reached reached(TaskId task, Map<TaskId, Output> outputs) {
    return new Reached(
        task, Optional.ofNullable(outputs.get(task)).map(Output::artifact).map(Artifact::digest));
  }

  private Collection<Digest> left(Collection<Output> outputs) {
    Set<Digest> digests = new HashSet<>();
    for (Output output : outputs) {
      digests.add(output.artifact().digest());
      output.version().ifPresent(versions::add);
    }
    return digests;
  }

  private List<TaskId> readersOf(Collection<Digest> digests) {
    if (digests.isEmpty()) {
      return List.of();
    }
    return runs.readersOf(digests).values().stream().flatMap(List::stream).distinct().toList();
  }

  /** Those not met yet that read what a task that was met left behind. */
  private NavigableSet<TaskId> sourced(List<TaskId> readers) {
    NavigableSet<TaskId> found = new TreeSet<>();
    for (TaskId reader : readers) {
      if (!affected.contains(reader) && readsAffected(reader)) {
        found.add(reader);
      }
    }
    return found;
  }

  private boolean readsAffected(TaskId reader) {
    return graphs.of(reader.run()).task(reader).stream()
        .map(TaskRecord::inputs)
        .flatMap(List::stream)
        .anyMatch(
            input ->
                input.source() instanceof Input.FromTask(TaskId maker) && affected.contains(maker));
  }

  private Impact.Version withAliases(VersionId version) {
    List<Name> aliases =
        registry.findModel(version.model()).map(ModelRecord::aliases).stream()
            .flatMap(named -> named.entrySet().stream())
            .filter(named -> named.getValue() == version.number())
            .map(Map.Entry::getKey)
            .toList();
    return new Impact.Version(version, aliases);
  }
}
