package dev.colophon.catalog;

import dev.colophon.catalog.TaskRows.TaskRow;
import dev.colophon.core.Artifact;
import dev.colophon.core.Digest;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.error.ColophonException.Conflict;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.model.MadeVersion;
import dev.colophon.core.run.Failure;
import dev.colophon.core.run.Input;
import dev.colophon.core.run.Metric;
import dev.colophon.core.run.Output;
import dev.colophon.core.run.RunState;
import dev.colophon.core.run.TaskEnd;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Commits finished tasks of one run inside one transaction, table by table. */
final class TaskCommit {
  private static final String END =
      """
      INSERT INTO attempts (task_id, attempt, state, started_at, ended_at, failure_type, failure_message,
        failure_trace, log, log_written_bytes)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (task_id, attempt) DO UPDATE SET state = excluded.state,
        started_at = excluded.started_at, ended_at = excluded.ended_at,
        failure_type = excluded.failure_type, failure_message = excluded.failure_message,
        failure_trace = excluded.failure_trace, log = excluded.log,
        log_written_bytes = excluded.log_written_bytes
      WHERE state = 'running'\
      """;
  private static final String COMPLETED =
      "SELECT attempt FROM attempts WHERE task_id = ? AND state = 'completed'";
  private static final String INPUT =
      """
      INSERT INTO inputs (task_id, attempt, position, argument, digest, source_task_id, dataset)
      VALUES (?, ?, ?, ?, ?, ?, ?)\
      """;
  private static final String OUTPUT =
      "INSERT INTO outputs (task_id, digest, codec, file_name, version_id) VALUES (?, ?, ?, ?, ?)";
  private static final String METRIC =
      """
      INSERT INTO metrics (task_id, attempt, position, name, value, step, unit, measured_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)\
      """;

  private final Session session;
  private final TaskRows tasks;
  private final ArtifactRows artifacts;
  private final KeyRows keys;
  private final VersionRows versions;
  private final RunMetricRows runMetrics;

  TaskCommit(Session session, RunId run, long runId) throws SQLException {
    this.session = session;
    this.tasks = new TaskRows(session, run, runId);
    this.artifacts = new ArtifactRows(session);
    this.keys = new KeyRows(session, runId);
    this.versions = new VersionRows(session, runId);
    this.runMetrics = new RunMetricRows(session, runId);
  }

  /**
   * Writes all rows; returns the outputs in the order of the list.
   *
   * @throws Conflict if one of the tasks has ended already
   */
  List<Optional<Output>> commit(List<TaskEnd> ends) throws SQLException {
    keys.findOrigins(ends);
    long[] ids = endAttempts(ends);
    List<Optional<Output>> outputs = new ArrayList<>(ends.size());
    for (int i = 0; i < ends.size(); i++) {
      TaskEnd end = ends.get(i);
      outputs.add(writeOutput(ids[i], end));
      writeInputs(ids[i], end);
      writeMetrics(ids[i], end);
      runMetrics.add(ids[i], end);
      writeContent(end);
    }
    artifacts.flush();
    session.flush(OUTPUT);
    keys.flush();
    session.flush(INPUT);
    session.flush(METRIC);
    runMetrics.flush();
    return outputs;
  }

  private long[] endAttempts(List<TaskEnd> ends) throws SQLException {
    long[] ids = new long[ends.size()];
    Set<TaskId> completed = new HashSet<>();
    for (int i = 0; i < ids.length; i++) {
      TaskEnd end = ends.get(i);
      TaskRow row = tasks.row(end.task(), end.attempt(), keys.of(end));
      ids[i] = row.id();
      if (!row.isNew() && (end.attempt() > 1 || row.attempt() > 1)) {
        refuseIfCompleted(row, end.task());
      }
      if (completed.contains(end.task())) {
        throw ended(end.task(), end.attempt());
      }
      if (end.state() == RunState.COMPLETED) {
        completed.add(end.task());
      }
      Optional<Failure> failure = end.failure();
      session.later(
          END,
          row.id(),
          end.attempt(),
          end.state(),
          end.startedAt(),
          end.endedAt(),
          failure.map(Failure::type),
          failure.map(Failure::message),
          failure.map(Failure::trace),
          end.log().map(log -> log.content().digest()),
          end.log().map(TaskEnd.Log::writtenBytes));
    }
    tasks.flush();
    int[] written = session.flush(END);
    for (int i = 0; i < written.length; i++) {
      if (written[i] == 0) {
        throw ended(ends.get(i).task(), ends.get(i).attempt());
      }
    }
    return ids;
  }

  private void refuseIfCompleted(TaskRow row, TaskId task) throws SQLException {
    Optional<Integer> attempt =
        session.first(COMPLETED, found -> found.smallNumber("attempt"), row.id());
    if (attempt.isPresent()) {
      throw ended(task, attempt.get());
    }
  }

  private static Conflict ended(TaskId task, int attempt) {
    return new Conflict(
        "task %s: attempt %d has ended already, expected it to be running; read the run's graph"
            .formatted(task, attempt));
  }

  private Optional<Output> writeOutput(long taskId, TaskEnd end) throws SQLException {
    if (end.result().isEmpty()) {
      keys.write(taskId, end);
      return Optional.empty();
    }
    return switch (end.result().get()) {
      case TaskEnd.Reused reused -> keys.writeReused(taskId, end, reused);
      case TaskEnd.Value(Artifact artifact, String codec, Optional<String> fileName) -> {
        keys.write(taskId, end);
        addArtifact(artifact, end.inline());
        session.later(OUTPUT, taskId, artifact.digest(), codec, fileName, OptionalLong.empty());
        yield Optional.of(new Output(artifact, codec, fileName, Optional.empty()));
      }
      case TaskEnd.Registration(var draft) -> {
        keys.write(taskId, end);
        addArtifact(draft.artifact(), end.inline());
        VersionRows.Made made = versions.add(draft, taskId, end.endedAt());
        MadeVersion value = new MadeVersion(made.id(), draft.artifact().digest());
        Artifact.Blob artifact = value.artifact();
        artifacts.add(artifact, Optional.of(value.bytes()));
        session.later(
            OUTPUT, taskId, artifact.digest(), MadeVersion.CODEC, Optional.empty(), made.rowId());
        yield Optional.of(
            new Output(artifact, MadeVersion.CODEC, Optional.empty(), Optional.of(made.id())));
      }
    };
  }

  private void addArtifact(Artifact artifact, Map<Digest, byte[]> inline) throws SQLException {
    artifacts.add(artifact, Optional.ofNullable(inline.get(artifact.digest())));
  }

  private void writeInputs(long taskId, TaskEnd end) throws SQLException {
    int position = 0;
    for (Input input : end.inputs()) {
      OptionalLong source = OptionalLong.empty();
      Optional<String> dataset = Optional.empty();
      switch (input.source()) {
        case Input.FromTask(TaskId task) -> source = OptionalLong.of(tasks.id(task));
        case Input.FromDataset(String name) -> dataset = Optional.of(name);
      }
      session.later(
          INPUT,
          taskId,
          end.attempt(),
          position++,
          input.argument(),
          input.digest(),
          source,
          dataset);
    }
  }

  private void writeMetrics(long taskId, TaskEnd end) throws SQLException {
    int position = 0;
    for (Metric metric : end.metrics()) {
      session.later(
          METRIC,
          taskId,
          end.attempt(),
          position++,
          metric.name(),
          metric.value(),
          metric.step(),
          metric.unit(),
          metric.at());
    }
  }

  private void writeContent(TaskEnd end) throws SQLException {
    if (end.log().isPresent()) {
      addArtifact(end.log().get().content(), end.inline());
    }
    for (var inline : end.inline().entrySet()) {
      byte[] content = inline.getValue();
      if (content.length > TaskEnd.INLINE_LIMIT_BYTES) {
        throw new Invalid(
            "task %s: %d bytes of inline content %s, expected at most %d; put it into the store"
                .formatted(
                    end.task(), content.length, inline.getKey(), TaskEnd.INLINE_LIMIT_BYTES));
      }
      if (!isNamed(inline.getKey(), end)) {
        artifacts.add(new Artifact.Blob(inline.getKey(), content.length), Optional.of(content));
      }
    }
  }

  private static boolean isNamed(Digest digest, TaskEnd end) {
    boolean isLog = end.log().map(log -> log.content().digest().equals(digest)).orElse(false);
    boolean isValue =
        end.result()
            .map(
                result ->
                    switch (result) {
                      case TaskEnd.Value value -> value.artifact().digest().equals(digest);
                      case TaskEnd.Reused reused -> false;
                      case TaskEnd.Registration made ->
                          made.draft().artifact().digest().equals(digest);
                    })
            .orElse(false);
    return isLog || isValue;
  }
}
