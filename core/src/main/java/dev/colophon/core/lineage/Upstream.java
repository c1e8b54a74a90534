package dev.colophon.core.lineage;

import dev.colophon.core.Digest;
import dev.colophon.core.Subject;
import dev.colophon.core.Subject.AliasId;
import dev.colophon.core.Subject.Content;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.Subject.StepId;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.Subject.VersionId;
import dev.colophon.core.error.ColophonException.NotFound;
import dev.colophon.core.lineage.Graphs.Loaded;
import dev.colophon.core.lineage.Node.Kind;
import dev.colophon.core.model.Registry;
import dev.colophon.core.model.VersionRecord;
import dev.colophon.core.run.Dataset;
import dev.colophon.core.run.Output;
import dev.colophon.core.run.RunLog;
import dev.colophon.core.run.RunRecord;
import dev.colophon.core.run.TaskRecord;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * One walk upstream: depth first, each node in full where it is met first. Its recursion is as deep
 * as {@link Trace#MAX_DEPTH}; what lies deeper waits in line and starts at the top again, so that
 * neither stack nor document grows with the length of a chain.
 */
final class Upstream {
  /** What is shown in full at most once: a thing, and for a dataset which capture. */
  private sealed interface Key {
    record OfTask(TaskId task) implements Key {}

    record OfVersion(VersionId version) implements Key {}

    record OfDataset(RunId run, Node.Data data) implements Key {}
  }

  private final RunLog runs;
  private final Registry registry;
  private final Graphs graphs;
  private final Set<Object> shown = new HashSet<>();
  private final Set<RunId> described = new HashSet<>();
  private final Deque<Key> deeper = new ArrayDeque<>();

  Upstream(RunLog runs, Registry registry) {
    this.runs = runs;
    this.registry = registry;
    this.graphs = new Graphs(runs);
  }

  Trace trace(Subject subject) {
    Node.Full root =
        switch (subject) {
          case RunId run -> ofRun(run);
          case StepId step -> ofStep(step);
          case TaskId task -> ofTask(known(task), 0);
          case VersionId version -> ofVersion(version, 0);
          case AliasId alias ->
              throw new IllegalArgumentException("alias %s: expected its version".formatted(alias));
          case Content(Digest digest) -> ofContent(digest);
        };
    List<Node.Full> below = new ArrayList<>();
    while (!deeper.isEmpty()) {
      Key key = deeper.poll();
      if (!shown.contains(identity(key))) {
        below.add(full(key, 0));
      }
    }
    return new Trace(root, below);
  }

  private Node visit(Key key, int depth) {
    if (!shown.contains(identity(key)) && depth < Trace.MAX_DEPTH) {
      return full(key, depth);
    }
    if (!shown.contains(identity(key))) {
      deeper.add(key);
    }
    return switch (key) {
      case Key.OfTask(TaskId task) ->
          new Node.Elsewhere(Kind.TASK, task.toString(), digestOf(task));
      case Key.OfVersion(VersionId version) ->
          new Node.Elsewhere(
              Kind.MODEL_VERSION,
              version.toString(),
              registry.findVersion(version).map(found -> found.artifact().digest()));
      case Key.OfDataset(RunId run, Node.Data data) ->
          new Node.Elsewhere(Kind.DATASET, data.name(), Optional.of(data.digest()));
    };
  }

  /** Equal captures of one dataset by several runs are one thing. */
  private static Object identity(Key key) {
    return switch (key) {
      case Key.OfTask task -> task;
      case Key.OfVersion version -> version;
      case Key.OfDataset(RunId run, Node.Data data) ->
          new Node.Data(data.name(), data.digest(), OptionalLong.empty());
    };
  }

  private Node.Full full(Key key, int depth) {
    return switch (key) {
      case Key.OfTask(TaskId task) -> ofTask(task, depth);
      case Key.OfVersion(VersionId version) -> ofVersion(version, depth);
      case Key.OfDataset(RunId run, Node.Data data) -> ofDataset(run, data);
    };
  }

  private List<Node> visitAll(List<? extends Key> keys, int depth) {
    List<Node> nodes = new ArrayList<>(keys.size());
    for (Key key : keys) {
      nodes.add(visit(key, depth));
    }
    return nodes;
  }

  private List<Node> visitTasks(List<TaskId> tasks, int depth) {
    return visitAll(tasks.stream().map(Key.OfTask::new).toList(), depth);
  }

  private Node.Full ofRun(RunId id) {
    Loaded run = graphs.of(id);
    RunRecord record = run.graph.run();
    described.add(id);
    return new Node.Full(
        Kind.RUN,
        id.toString(),
        Optional.empty(),
        Optional.of(
            new Node.Facts(
                record.startedAt(),
                record.by(),
                id,
                Optional.empty(),
                Optional.of(record.state()),
                record.endedAt().map(end -> Duration.between(record.startedAt(), end)))),
        Optional.of(sourceOf(id)),
        run.datasets(),
        visitTasks(run.lastTasks(), 1));
  }

  private Node.Full ofStep(StepId step) {
    Loaded run = graphs.of(step.run());
    List<TaskId> tasks =
        run.graph.tasks().stream()
            .map(TaskRecord::id)
            .filter(task -> task.step().equals(step.step()))
            .toList();
    if (tasks.isEmpty()) {
      throw new NotFound(
          "step %s: no task of it has begun; \"colophon show %s\" lists the steps"
              .formatted(step, step.run()));
    }
    if (tasks.size() == 1 && tasks.getFirst().index().isEmpty()) {
      return ofTask(tasks.getFirst(), 0);
    }
    RunRecord record = run.graph.run();
    described.add(step.run());
    return new Node.Full(
        Kind.STEP,
        step.toString(),
        Optional.empty(),
        Optional.of(
            new Node.Facts(
                record.startedAt(),
                record.by(),
                step.run(),
                Optional.of(step.step()),
                Optional.empty(),
                Optional.empty())),
        Optional.of(sourceOf(step.run())),
        run.reachedFrom(tasks),
        visitTasks(tasks, 1));
  }

  private TaskId known(TaskId task) {
    if (graphs.of(task.run()).task(task).isEmpty()) {
      throw new NotFound(
          "task %s: no such task has begun; \"colophon show %s\" lists the tasks"
              .formatted(task, task.stepId()));
    }
    return task;
  }

  private Node.Full ofTask(TaskId id, int depth) {
    shown.add(new Key.OfTask(id));
    Loaded run = graphs.of(id.run());
    Optional<TaskRecord> found = run.task(id);
    if (found.isEmpty()) {
      return new Node.Full(
          Kind.TASK,
          id.toString(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          List.of());
    }
    TaskRecord task = found.get();
    boolean first = described.add(id.run());
    List<Node.Data> read = run.read(task);
    List<Node> parents = new ArrayList<>(visitTasks(Graphs.made(task), depth + 1));
    parents.addAll(
        visitAll(read.stream().map(data -> new Key.OfDataset(id.run(), data)).toList(), depth + 1));
    return new Node.Full(
        Kind.TASK,
        id.toString(),
        digestOf(id),
        Optional.of(
            new Node.Facts(
                task.endedAt().orElse(task.startedAt()),
                run.graph.run().by(),
                id.run(),
                Optional.of(id.step()),
                Optional.of(task.state()),
                task.took(),
                task.origin())),
        first ? Optional.of(sourceOf(id.run())) : Optional.empty(),
        first ? run.reachedFrom(List.of(id)) : read,
        parents);
  }

  private Node.Full ofVersion(VersionId id, int depth) {
    shown.add(new Key.OfVersion(id));
    VersionRecord version = registry.getVersion(id);
    RunId run = version.madeBy().run();
    return new Node.Full(
        Kind.MODEL_VERSION,
        id.toString(),
        Optional.of(version.artifact().digest()),
        Optional.of(
            new Node.Facts(
                version.createdAt(),
                version.by(),
                run,
                Optional.of(version.madeBy().step()),
                Optional.empty(),
                Optional.empty())),
        Optional.of(sourceOf(run)),
        graphs.of(run).reachedFrom(List.of(version.madeBy())),
        visitTasks(List.of(version.madeBy()), depth + 1));
  }

  private Node.Full ofDataset(RunId run, Node.Data data) {
    shown.add(identity(new Key.OfDataset(run, data)));
    RunRecord record = graphs.of(run).graph.run();
    return new Node.Full(
        Kind.DATASET,
        data.name(),
        Optional.of(data.digest()),
        graphs
            .of(run)
            .dataset(data)
            .map(Dataset::capturedAt)
            .map(
                at ->
                    new Node.Facts(
                        at,
                        record.by(),
                        run,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty())),
        Optional.empty(),
        List.of(data),
        List.of());
  }

  private Node.Full ofContent(Digest digest) {
    List<Key> makers = new ArrayList<>();
    registry.versionsOf(List.of(digest)).forEach(id -> makers.add(new Key.OfVersion(id)));
    runs.makersOf(digest).forEach(task -> makers.add(new Key.OfTask(task)));
    runs.findDatasets(Optional.of(digest), Optional.empty())
        .forEach(captured -> makers.add(datasetKey(captured)));
    if (makers.isEmpty() && runs.findArtifact(digest).isEmpty()) {
      throw new NotFound(
          "digest %s: no record names it; \"colophon runs\" lists the runs".formatted(digest));
    }
    return new Node.Full(
        Kind.ARTIFACT,
        digest.toString(),
        Optional.of(digest),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        visitAll(makers, 1));
  }

  private static Key datasetKey(RunLog.CapturedDataset captured) {
    Dataset dataset = captured.dataset();
    return new Key.OfDataset(
        captured.run(),
        new Node.Data(
            dataset.name(),
            dataset.artifact().digest(),
            OptionalLong.of(dataset.artifact().sizeBytes())));
  }

  private Optional<Digest> digestOf(TaskId task) {
    return graphs
        .of(task.run())
        .task(task)
        .flatMap(TaskRecord::output)
        .map(Output::artifact)
        .map(artifact -> artifact.digest());
  }

  private Node.Source sourceOf(RunId run) {
    return new Node.Source(graphs.codeOf(run), graphs.of(run).graph.run().parameters());
  }
}
