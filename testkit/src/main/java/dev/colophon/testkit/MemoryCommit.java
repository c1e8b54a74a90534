package dev.colophon.testkit;

import dev.colophon.core.Artifact;
import dev.colophon.core.Digest;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.Subject.VersionId;
import dev.colophon.core.error.ColophonException.Conflict;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.model.MadeVersion;
import dev.colophon.core.model.VersionRecord;
import dev.colophon.core.run.Input;
import dev.colophon.core.run.Output;
import dev.colophon.core.run.RunState;
import dev.colophon.core.run.TaskEnd;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Commits tasks of one run: first everything is checked, then everything is kept. */
final class MemoryCommit {
  private final MemoryRecords records;
  private final MemoryRun run;

  MemoryCommit(MemoryRecords records, MemoryRun run) {
    this.records = records;
    this.run = run;
  }

  List<Optional<Output>> commit(List<TaskEnd> ends) {
    SortedMap<TaskId, SortedMap<Integer, MemoryRun.Attempt>> draft = run.draft();
    for (TaskEnd end : ends) {
      checkTask(run, end.task());
      checkInline(end);
      SortedMap<Integer, MemoryRun.Attempt> attempts =
          draft.computeIfAbsent(end.task(), task -> new TreeMap<>());
      checkStillOpen(end, attempts);
      attempts.put(end.attempt(), MemoryRun.ended(end, Optional.empty()));
    }
    ends.forEach(end -> end.inputs().forEach(input -> checkSource(input, draft)));
    List<Optional<Output>> outputs = new ArrayList<>();
    List<MemoryRun.Attempt> committed = new ArrayList<>();
    for (TaskEnd end : ends) {
      Optional<MemoryRun.Attempt> origin =
          end.result().orElse(null) instanceof TaskEnd.Reused(TaskId task)
              ? Optional.of(origin(end, task))
              : Optional.empty();
      Optional<Output> output =
          origin.isPresent()
              ? origin.get().task().output()
              : end.result().map(result -> keep(end, result));
      end.log().ifPresent(log -> records.keep(log.content()));
      end.inline()
          .forEach(
              (digest, content) ->
                  records.keep(new Artifact.Blob(digest, content.length), content));
      MemoryRun.Attempt attempt =
          origin
              .map(from -> MemoryRun.reused(end, from))
              .orElseGet(() -> MemoryRun.ended(end, output));
      draft.computeIfAbsent(end.task(), task -> new TreeMap<>()).put(end.attempt(), attempt);
      committed.add(attempt);
      if (end.state() != RunState.COMPLETED) {
        end.key().ifPresent(key -> records.claims().remove(key.digest(), run.record().id()));
      }
      outputs.add(output);
    }
    committed.forEach(this::measure);
    run.become(draft);
    return outputs;
  }

  private void measure(MemoryRun.Attempt attempt) {
    attempt.metrics().forEach(metric -> run.measure(metric.name(), metric.value(), metric.at()));
    for (VersionId made : attempt.task().output().flatMap(Output::version).stream().toList()) {
      VersionRecord version =
          records.versions().getOrDefault(made.model(), List.of()).get(made.number() - 1);
      version.metrics().forEach((name, value) -> run.measure(name, value, version.createdAt()));
    }
  }

  static void checkTask(MemoryRun run, TaskId task) {
    if (!task.run().equals(run.record().id())) {
      throw new Invalid("task %s: expected a task of run %s".formatted(task, run.record().id()));
    }
    if (run.steps().stream().noneMatch(step -> step.name().equals(task.step()))) {
      throw new Invalid(
          "task %s: its run was started without a step \"%s\"".formatted(task, task.step()));
    }
  }

  private static void checkInline(TaskEnd end) {
    for (byte[] content : end.inline().values()) {
      if (content.length > TaskEnd.INLINE_LIMIT_BYTES) {
        throw new Invalid(
            "task %s: %d bytes of inline content, expected at most %d"
                .formatted(end.task(), content.length, TaskEnd.INLINE_LIMIT_BYTES));
      }
    }
  }

  private static void checkStillOpen(TaskEnd end, SortedMap<Integer, MemoryRun.Attempt> attempts) {
    boolean isCompleted =
        attempts.values().stream()
            .anyMatch(attempt -> attempt.task().state() == RunState.COMPLETED);
    boolean isEnded =
        attempts.entrySet().stream()
            .anyMatch(
                attempt ->
                    attempt.getKey() == end.attempt()
                        && attempt.getValue().task().state().isFinal());
    if (isCompleted || isEnded) {
      throw new Conflict(
          "task %s: attempt %d has ended already, expected it to be running"
              .formatted(end.task(), end.attempt()));
    }
  }

  private void checkSource(
      Input input, SortedMap<TaskId, SortedMap<Integer, MemoryRun.Attempt>> draft) {
    if (input.source() instanceof Input.FromTask(TaskId task)) {
      boolean isKnown =
          draft.containsKey(task)
              || Optional.ofNullable(records.runs().get(task.run()))
                  .map(other -> other.tasks().containsKey(task))
                  .orElse(false);
      if (!isKnown) {
        throw new Invalid("input from task %s: no such task is recorded".formatted(task));
      }
    }
  }

  private MemoryRun.Attempt origin(TaskEnd end, TaskId task) {
    Digest key = end.key().orElseThrow().digest();
    MemoryRun.Attempt found =
        records
            .completed(task)
            .filter(attempt -> attempt.task().key().equals(Optional.of(key)))
            .orElseThrow(
                () ->
                    new Invalid(
                        "task %s: reuses %s, which has no outcome of key %s"
                            .formatted(end.task(), task, key)));
    return found.task().origin().flatMap(records::completed).orElse(found);
  }

  private Output keep(TaskEnd end, TaskEnd.Result result) {
    return switch (result) {
      case TaskEnd.Reused reused ->
          throw new IllegalStateException("the output of " + reused.origin() + " is kept");
      case TaskEnd.Value(Artifact artifact, String codec, Optional<String> fileName) -> {
        records.keep(artifact);
        yield new Output(artifact, codec, fileName, Optional.empty());
      }
      case TaskEnd.Registration(var draft) -> {
        VersionRecord version =
            records.register(draft, end.task(), end.endedAt(), run.record().by());
        MadeVersion made = new MadeVersion(version.id(), draft.artifact().digest());
        records.keep(made.artifact(), made.bytes());
        yield new Output(
            made.artifact(), MadeVersion.CODEC, Optional.empty(), Optional.of(version.id()));
      }
    };
  }
}
