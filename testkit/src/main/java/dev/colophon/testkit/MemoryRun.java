package dev.colophon.testkit;

import dev.colophon.core.Name;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.error.ColophonException.Conflict;
import dev.colophon.core.json.Json;
import dev.colophon.core.run.Dataset;
import dev.colophon.core.run.Metric;
import dev.colophon.core.run.NewRun;
import dev.colophon.core.run.Output;
import dev.colophon.core.run.RunAddition;
import dev.colophon.core.run.RunRecord;
import dev.colophon.core.run.RunRecord.RunFailure;
import dev.colophon.core.run.RunState;
import dev.colophon.core.run.StepRecord;
import dev.colophon.core.run.TagChange;
import dev.colophon.core.run.TagMove;
import dev.colophon.core.run.TaskEnd;
import dev.colophon.core.run.TaskKey;
import dev.colophon.core.run.TaskRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** A run that moves; guarded by the lock of its {@link MemoryRecords}. */
final class MemoryRun {
  /** A try of a task, with what it measured and what it depends on. */
  record Attempt(TaskRecord task, List<Metric> metrics, Optional<TaskKey> key) {}

  private final NewRun started;
  private final List<StepRecord> steps;
  private final List<Dataset> datasets;
  private final SortedMap<String, Json> parameters;
  private RunRecord record;
  private final Map<String, Measured> measured = new TreeMap<>();
  private final List<TagMove> tagMoves = new ArrayList<>();
  private SortedMap<TaskId, SortedMap<Integer, Attempt>> tasks = new TreeMap<>();

  /** A value and when it was measured. */
  private record Measured(double value, Instant at) {}

  MemoryRun(NewRun started, RunRecord record) {
    this.started = started;
    this.record = record;
    this.steps = new ArrayList<>(started.steps());
    this.datasets = new ArrayList<>(started.datasets());
    this.parameters = new TreeMap<>(started.parameters());
  }

  List<StepRecord> steps() {
    return steps;
  }

  List<Dataset> datasets() {
    return datasets;
  }

  void append(RunAddition addition) {
    addition.check(parameters, steps.stream().map(StepRecord::name).toList());
    parameters.putAll(addition.parameters());
    steps.addAll(addition.steps());
    datasets.addAll(addition.datasets());
    heard(record.heardAt());
  }

  NewRun started() {
    return started;
  }

  RunRecord record() {
    return record;
  }

  SortedMap<TaskId, SortedMap<Integer, Attempt>> tasks() {
    return tasks;
  }

  /** A copy of the tasks, to change and {@link #become} when all went well. */
  SortedMap<TaskId, SortedMap<Integer, Attempt>> draft() {
    SortedMap<TaskId, SortedMap<Integer, Attempt>> draft = new TreeMap<>();
    tasks.forEach((task, attempts) -> draft.put(task, new TreeMap<>(attempts)));
    return draft;
  }

  void become(SortedMap<TaskId, SortedMap<Integer, Attempt>> draft) {
    tasks = draft;
  }

  /** Keeps the value that was measured last under its name. */
  void measure(String name, double value, Instant at) {
    measured.merge(
        name, new Measured(value, at), (old, young) -> young.at().isBefore(old.at()) ? old : young);
  }

  /** What it measured last under a name; NaN is nothing. */
  OptionalDouble measured(String name) {
    return Optional.ofNullable(measured.get(name)).stream()
        .mapToDouble(Measured::value)
        .filter(value -> !Double.isNaN(value))
        .findFirst();
  }

  List<TagMove> tagMoves() {
    return tagMoves;
  }

  void tag(TagChange change) {
    Set<Name> tags = new LinkedHashSet<>(record.tags());
    for (Name tag : change.add()) {
      if (tags.add(tag)) {
        tagMoves.add(new TagMove(record.id(), tag, true, change.at(), change.by()));
      }
    }
    for (Name tag : change.remove()) {
      if (tags.remove(tag)) {
        tagMoves.add(new TagMove(record.id(), tag, false, change.at(), change.by()));
      }
    }
    become(record.state(), List.copyOf(tags), record.heardAt(), record.endedAt(), record.failure());
  }

  void checkRunning() {
    if (record.state().isFinal()) {
      throw new Conflict(
          "run %s: found %s, expected running".formatted(record.id(), record.state().text()));
    }
  }

  void heard(Instant at) {
    move(record.state(), at, record.endedAt(), record.failure());
  }

  void end(RunState state, Instant at, Optional<RunFailure> failure) {
    move(state, at, Optional.of(at), failure);
  }

  void lose(Instant at) {
    move(RunState.LOST, record.heardAt(), Optional.of(at), Optional.empty());
  }

  private void move(
      RunState state, Instant heardAt, Optional<Instant> endedAt, Optional<RunFailure> failure) {
    become(state, record.tags(), heardAt, endedAt, failure);
  }

  private void become(
      RunState state,
      List<Name> tags,
      Instant heardAt,
      Optional<Instant> endedAt,
      Optional<RunFailure> failure) {
    record =
        new RunRecord(
            record.id(),
            state,
            parameters,
            tags,
            record.code(),
            record.seed(),
            record.asOf(),
            record.startedAt(),
            heardAt.isAfter(record.heardAt()) ? heardAt : record.heardAt(),
            endedAt,
            record.by(),
            record.runner(),
            failure,
            record.place());
  }

  /** The last attempt of each task; one that never said how it ended ends with the run. */
  List<TaskRecord> lastAttempts() {
    return tasks.values().stream()
        .map(attempts -> attempts.get(attempts.lastKey()))
        .map(
            attempt -> attempt == null ? Optional.<TaskRecord>empty() : Optional.of(attempt.task()))
        .flatMap(Optional::stream)
        .map(task -> task.state().isFinal() ? task : endedWithRun(task))
        .toList();
  }

  private TaskRecord endedWithRun(TaskRecord task) {
    return new TaskRecord(
        task.id(),
        record.state(),
        task.attempt(),
        task.startedAt(),
        record.endedAt(),
        task.inputs(),
        task.output(),
        task.failure(),
        task.log(),
        task.key(),
        task.origin());
  }

  static Attempt begun(TaskId task, int attempt, Instant at) {
    return new Attempt(
        new TaskRecord(
            task,
            RunState.RUNNING,
            attempt,
            at,
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        List.of(),
        Optional.empty());
  }

  static Attempt ended(TaskEnd end, Optional<Output> output) {
    return attempt(end, output, end.log(), Optional.empty(), end.metrics());
  }

  /** An attempt that took its outcome from another. */
  static Attempt reused(TaskEnd end, Attempt origin) {
    return attempt(
        end,
        origin.task().output(),
        origin.task().log(),
        Optional.of(origin.task().id()),
        origin.metrics());
  }

  private static Attempt attempt(
      TaskEnd end,
      Optional<Output> output,
      Optional<TaskEnd.Log> log,
      Optional<TaskId> origin,
      List<Metric> metrics) {
    TaskRecord task =
        new TaskRecord(
            end.task(),
            end.state(),
            end.attempt(),
            end.startedAt(),
            Optional.of(end.endedAt()),
            end.inputs(),
            output,
            end.failure(),
            log,
            end.state() == RunState.COMPLETED ? end.key().map(TaskKey::digest) : Optional.empty(),
            origin);
    return new Attempt(task, metrics, end.key());
  }
}
