package dev.colophon.testkit;

import dev.colophon.core.Digest;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.run.Outcomes;
import dev.colophon.core.run.TaskKey;
import dev.colophon.core.run.TaskRecord;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The outcomes of a {@link MemoryCatalog}. */
final class MemoryOutcomes implements Outcomes {
  private final MemoryRecords records;

  MemoryOutcomes(MemoryRecords records) {
    this.records = records;
  }

  @Override
  public Map<TaskId, Claim> claim(RunId run, Map<TaskId, Digest> keys) {
    synchronized (records) {
      records.run(run).checkRunning();
      Map<TaskId, Claim> claims = new LinkedHashMap<>();
      keys.forEach((task, key) -> claims.put(task, claim(run, key)));
      return claims;
    }
  }

  private Claim claim(RunId run, Digest key) {
    Optional<Outcome> outcome = outcome(key);
    if (outcome.isPresent()) {
      return new Recorded(outcome.get());
    }
    Optional<RunId> holder =
        Optional.ofNullable(records.claims().get(key))
            .filter(other -> !other.equals(run))
            .filter(other -> !records.run(other).record().state().isFinal());
    if (holder.isPresent()) {
      return new Held(holder.get());
    }
    records.claims().put(key, run);
    return new Granted();
  }

  @Override
  public Map<Digest, Outcome> find(Collection<Digest> keys) {
    synchronized (records) {
      Map<Digest, Outcome> outcomes = new LinkedHashMap<>();
      keys.forEach(key -> outcome(key).ifPresent(outcome -> outcomes.put(key, outcome)));
      return outcomes;
    }
  }

  private Optional<Outcome> outcome(Digest key) {
    return attempts()
        .map(MemoryRun.Attempt::task)
        .filter(task -> task.key().equals(Optional.of(key)))
        .reduce((first, last) -> last)
        .map(task -> new Outcome(task.origin().orElse(task.id()), task.output()));
  }

  private Stream<MemoryRun.Attempt> attempts() {
    return records.runs().values().stream()
        .flatMap(run -> run.tasks().values().stream())
        .flatMap(attempts -> attempts.values().stream());
  }

  @Override
  public Map<TaskId, TaskKey> findKeys(Collection<TaskId> tasks) {
    synchronized (records) {
      Map<TaskId, TaskKey> keys = new LinkedHashMap<>();
      tasks.forEach(task -> key(task).ifPresent(key -> keys.put(task, key)));
      return keys;
    }
  }

  private Optional<TaskKey> key(TaskId task) {
    return attempts()
        .filter(attempt -> attempt.task().id().equals(task))
        .reduce((first, last) -> last)
        .flatMap(MemoryRun.Attempt::key);
  }

  @Override
  public Map<TaskId, TaskId> findEarlier(Collection<TaskId> tasks) {
    synchronized (records) {
      Map<TaskId, TaskId> earlier = new LinkedHashMap<>();
      tasks.forEach(task -> earlier(task).ifPresent(found -> earlier.put(task, found)));
      return earlier;
    }
  }

  private Optional<TaskId> earlier(TaskId task) {
    return attempts()
        .map(MemoryRun.Attempt::task)
        .filter(other -> other.key().isPresent() && samePlace(other, task))
        .map(TaskRecord::id)
        .max(Comparator.comparingInt(other -> other.run().number()));
  }

  private static boolean samePlace(TaskRecord other, TaskId task) {
    RunId run = other.id().run();
    return run.flow().equals(task.run().flow())
        && run.number() < task.run().number()
        && other.id().step().equals(task.step())
        && other.id().index().equals(task.index());
  }
}
