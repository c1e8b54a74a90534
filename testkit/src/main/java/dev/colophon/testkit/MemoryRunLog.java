package dev.colophon.testkit;

import dev.colophon.core.Artifact;
import dev.colophon.core.Digest;
import dev.colophon.core.Name;
import dev.colophon.core.Page;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.code.CodeVersion;
import dev.colophon.core.code.Environment;
import dev.colophon.core.error.ColophonException.Conflict;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.error.ColophonException.NotFound;
import dev.colophon.core.query.RunQuery;
import dev.colophon.core.run.Metric;
import dev.colophon.core.run.NewRun;
import dev.colophon.core.run.Output;
import dev.colophon.core.run.RunAddition;
import dev.colophon.core.run.RunGraph;
import dev.colophon.core.run.RunLog;
import dev.colophon.core.run.RunRecord;
import dev.colophon.core.run.RunState;
import dev.colophon.core.run.StepRecord;
import dev.colophon.core.run.TagChange;
import dev.colophon.core.run.TagMove;
import dev.colophon.core.run.TaskEnd;
import dev.colophon.core.run.TaskRecord;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The run log of a {@link MemoryCatalog}. */
final class MemoryRunLog implements RunLog {
  private final MemoryRecords records;

  MemoryRunLog(MemoryRecords records) {
    this.records = records;
  }

  @Override
  public RunRecord start(NewRun run) {
    synchronized (records) {
      int number =
          1
              + (int)
                  records.runs().keySet().stream()
                      .filter(id -> id.flow().equals(run.flow()))
                      .count();
      RunRecord record =
          new RunRecord(
              new RunId(run.flow(), number),
              RunState.RUNNING,
              run.parameters(),
              run.tags().stream().distinct().toList(),
              run.codeDigest(),
              run.seed(),
              run.asOf(),
              run.startedAt(),
              run.startedAt(),
              Optional.empty(),
              run.by(),
              run.runner(),
              Optional.empty(),
              run.place());
      records.runs().put(record.id(), new MemoryRun(run, record));
      run.datasets().forEach(dataset -> records.keep(dataset.artifact()));
      run.steps().forEach(step -> step.code().ifPresent(records::keep));
      run.inline()
          .forEach(
              (digest, content) ->
                  records.keep(new Artifact.Blob(digest, content.length), content));
      return record;
    }
  }

  @Override
  public void beat(RunId id, InstantSource clock, Collection<Begun> begun) {
    synchronized (records) {
      MemoryRun run = records.run(id);
      run.checkRunning();
      begun.forEach(task -> MemoryCommit.checkTask(run, task.task()));
      run.heard(clock.instant());
      for (Begun task : begun) {
        run.tasks()
            .computeIfAbsent(task.task(), absent -> new TreeMap<>())
            .putIfAbsent(task.attempt(), MemoryRun.begun(task.task(), task.attempt(), task.at()));
      }
    }
  }

  @Override
  public void append(RunId id, RunAddition addition) {
    synchronized (records) {
      MemoryRun run = records.run(id);
      run.checkRunning();
      run.append(addition);
      addition.datasets().forEach(dataset -> records.keep(dataset.artifact()));
      addition.steps().forEach(step -> step.code().ifPresent(records::keep));
    }
  }

  @Override
  public List<Optional<Output>> commit(RunId id, List<TaskEnd> ends, InstantSource clock) {
    synchronized (records) {
      MemoryRun run = records.run(id);
      run.checkRunning();
      List<Optional<Output>> outputs = new MemoryCommit(records, run).commit(ends);
      run.heard(clock.instant());
      return outputs;
    }
  }

  @Override
  public RunRecord end(
      RunId id, RunState state, Instant at, Optional<RunRecord.RunFailure> failure) {
    synchronized (records) {
      if (!state.isFinal()) {
        throw new Invalid("run %s: end in state running, expected a final one".formatted(id));
      }
      MemoryRun run = records.run(id);
      run.checkRunning();
      run.end(state, at, failure);
      records.claims().values().removeIf(id::equals);
      return run.record();
    }
  }

  @Override
  public List<RunId> declareLost(Predicate<RunRecord> gone, Instant at) {
    synchronized (records) {
      List<MemoryRun> lost =
          records.runs().values().stream()
              .filter(run -> !run.record().state().isFinal())
              .filter(run -> gone.test(run.record()))
              .toList();
      lost.forEach(run -> run.lose(at));
      return lost.stream().map(run -> run.record().id()).toList();
    }
  }

  @Override
  public Optional<RunRecord> findRun(RunId run) {
    synchronized (records) {
      return Optional.ofNullable(records.runs().get(run)).map(MemoryRun::record);
    }
  }

  @Override
  public Page<RunRecord> listRuns(RunQuery query) {
    synchronized (records) {
      return new MemorySearch(List.copyOf(records.runs().values())).page(query);
    }
  }

  @Override
  public List<RunRecord> tag(List<RunId> runs, TagChange change) {
    synchronized (records) {
      List<MemoryRun> tagged = runs.stream().map(records::run).toList();
      tagged.forEach(run -> run.tag(change));
      return tagged.stream().map(MemoryRun::record).toList();
    }
  }

  @Override
  public List<TagMove> tagHistory(RunId run) {
    synchronized (records) {
      return Optional.ofNullable(records.runs().get(run)).stream()
          .flatMap(found -> found.tagMoves().stream())
          .toList();
    }
  }

  @Override
  public Optional<ProductionToken> productionToken(Name project) {
    synchronized (records) {
      return Optional.ofNullable(records.tokens().get(project));
    }
  }

  @Override
  public void makeProductionToken(Name project, Optional<Digest> expected, ProductionToken token) {
    synchronized (records) {
      if (!productionToken(project).map(ProductionToken::digest).equals(expected)) {
        throw new Conflict("project %s: another token counts".formatted(project));
      }
      records.tokens().put(project, token);
    }
  }

  @Override
  public List<RunRecord> newestRuns() {
    synchronized (records) {
      SortedMap<Name, RunRecord> newest = new TreeMap<>();
      records.runs().values().stream()
          .map(MemoryRun::record)
          .forEach(run -> newest.put(run.id().flow(), run));
      return List.copyOf(newest.values());
    }
  }

  @Override
  public RunGraph getGraph(RunId id) {
    synchronized (records) {
      MemoryRun run = records.run(id);
      List<StepRecord> steps = run.steps();
      Map<Object, Integer> places = new LinkedHashMap<>();
      steps.forEach(step -> places.put(step.name(), places.size()));
      Comparator<TaskRecord> byStep =
          Comparator.comparing(task -> places.getOrDefault(task.id().step(), 0));
      List<TaskRecord> tasks =
          run.lastAttempts().stream().sorted(byStep.thenComparing(TaskRecord::id)).toList();
      return new RunGraph(run.record(), steps, tasks, run.datasets());
    }
  }

  @Override
  public Map<TaskId, List<Metric>> metrics(RunId id) {
    synchronized (records) {
      Map<TaskId, List<Metric>> metrics = new LinkedHashMap<>();
      Optional.ofNullable(records.runs().get(id))
          .ifPresent(
              run ->
                  run.tasks()
                      .forEach(
                          (task, attempts) -> {
                            List<Metric> all =
                                attempts.values().stream()
                                    .flatMap(attempt -> attempt.metrics().stream())
                                    .toList();
                            if (!all.isEmpty()) {
                              metrics.put(task, all);
                            }
                          }));
      return metrics;
    }
  }

  @Override
  public Environment getEnvironment(RunId run) {
    synchronized (records) {
      return records.run(run).started().environment();
    }
  }

  @Override
  public CodeVersion getCode(Digest code) {
    synchronized (records) {
      return records.runs().values().stream()
          .filter(run -> run.record().code().equals(code))
          .findFirst()
          .map(run -> run.started().code())
          .orElseThrow(() -> new NotFound("code version %s: no run had it".formatted(code)));
    }
  }

  @Override
  public Optional<Artifact> findArtifact(Digest digest) {
    synchronized (records) {
      return Optional.ofNullable(records.artifacts().get(digest));
    }
  }

  @Override
  public List<Digest> findDigests(String prefix, int limit) {
    if (!prefix.matches("[0-9a-f]{0,64}") || limit < 0) {
      throw new Invalid("digest prefix \"%s\", limit %d".formatted(prefix, limit));
    }
    synchronized (records) {
      return records.artifacts().keySet().stream()
          .filter(digest -> digest.hex().startsWith(prefix))
          .limit(limit)
          .toList();
    }
  }

  @Override
  public Map<Digest, byte[]> findInline(Collection<Digest> digests) {
    synchronized (records) {
      Map<Digest, byte[]> found = new LinkedHashMap<>();
      digests.forEach(
          digest ->
              Optional.ofNullable(records.inline().get(digest))
                  .ifPresent(bytes -> found.put(digest, bytes.clone())));
      return found;
    }
  }

  private Stream<TaskRecord> attempts() {
    return records.runs().values().stream()
        .flatMap(run -> run.tasks().values().stream())
        .flatMap(attempts -> attempts.values().stream())
        .map(MemoryRun.Attempt::task);
  }

  @Override
  public List<TaskId> makersOf(Digest artifact) {
    synchronized (records) {
      return attempts()
          .filter(
              task ->
                  task.output()
                      .map(output -> output.artifact().digest().equals(artifact))
                      .orElse(false))
          .sorted(Comparator.comparing(task -> task.endedAt().orElse(Instant.MAX)))
          .map(TaskRecord::id)
          .toList();
    }
  }

  @Override
  public Map<Digest, List<TaskId>> readersOf(Collection<Digest> artifacts) {
    Set<Digest> asked = new HashSet<>(artifacts);
    Map<Digest, List<TaskId>> readers = new LinkedHashMap<>();
    synchronized (records) {
      attempts()
          .forEach(
              task ->
                  task.inputs().stream()
                      .map(input -> input.digest())
                      .distinct()
                      .filter(asked::contains)
                      .map(digest -> readers.computeIfAbsent(digest, none -> new ArrayList<>()))
                      .filter(list -> !list.contains(task.id()))
                      .forEach(list -> list.add(task.id())));
    }
    return readers;
  }

  @Override
  public Map<TaskId, Output> outputsOf(Collection<TaskId> tasks) {
    Set<TaskId> asked = new HashSet<>(tasks);
    Map<TaskId, Output> outputs = new LinkedHashMap<>();
    synchronized (records) {
      attempts()
          .filter(task -> asked.contains(task.id()))
          .forEach(task -> task.output().ifPresent(output -> outputs.put(task.id(), output)));
    }
    return outputs;
  }

  @Override
  public List<CapturedDataset> findDatasets(Optional<Digest> digest, Optional<String> name) {
    synchronized (records) {
      return new ArrayList<>(records.runs().values())
          .reversed().stream()
              .flatMap(
                  run ->
                      run.datasets().stream()
                          .map(dataset -> new CapturedDataset(run.record().id(), dataset)))
              .filter(
                  captured ->
                      digest.map(captured.dataset().artifact().digest()::equals).orElse(false)
                          || name.map(captured.dataset().name()::equals).orElse(false))
              .sorted(
                  Comparator.comparing(
                          (CapturedDataset captured) -> captured.dataset().capturedAt())
                      .reversed())
              .toList();
    }
  }
}
