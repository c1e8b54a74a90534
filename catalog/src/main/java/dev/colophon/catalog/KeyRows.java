package dev.colophon.catalog;

import dev.colophon.core.Digest;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.run.Output;
import dev.colophon.core.run.RunState;
import dev.colophon.core.run.TaskEnd;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The keys of tasks that are being committed, and the outcomes that they take from others. */
final class KeyRows {
  private static final String JSON =
      """
      INSERT INTO task_keys (task_id, json) VALUES (?, ?)
      ON CONFLICT (task_id) DO UPDATE SET json = excluded.json\
      """;
  private static final String COPY_OUTPUT =
      """
      INSERT INTO outputs (task_id, digest, codec, file_name, version_id)
      SELECT ?, digest, codec, file_name, version_id FROM outputs WHERE task_id = ?\
      """;

  private final Session session;
  private final long runId;
  private Map<TaskId, ReuseRows.Found> origins = Map.of();

  KeyRows(Session session, long runId) {
    this.session = session;
    this.runId = runId;
  }

  /** Looks up what these tasks take from others; comes before all else. */
  void findOrigins(List<TaskEnd> ends) throws SQLException {
    Map<TaskId, Digest> asked = new LinkedHashMap<>();
    for (TaskEnd end : ends) {
      if (end.result().orElse(null) instanceof TaskEnd.Reused(TaskId origin)) {
        Digest key = end.key().orElseThrow().digest();
        Digest other = asked.put(origin, key);
        if (other != null && !other.equals(key)) {
          throw noOutcome(end, origin);
        }
      }
    }
    origins = asked.isEmpty() ? Map.of() : ReuseRows.ofTasks(session, asked);
  }

  /**
   * What a task is reused by, now that it has ended.
   *
   * @throws Invalid if it takes the outcome of a task that has none of its key
   */
  TaskRows.Key of(TaskEnd end) {
    if (end.key().isEmpty() || end.state() != RunState.COMPLETED) {
      return TaskRows.Key.NONE;
    }
    OptionalLong origin =
        end.result().orElse(null) instanceof TaskEnd.Reused reused
            ? OptionalLong.of(origin(end, reused).originId())
            : OptionalLong.empty();
    return new TaskRows.Key(Optional.of(end.key().get().digest()), origin);
  }

  private ReuseRows.Found origin(TaskEnd end, TaskEnd.Reused reused) {
    return Optional.ofNullable(origins.get(reused.origin()))
        .orElseThrow(() -> noOutcome(end, reused.origin()));
  }

  private static Invalid noOutcome(TaskEnd end, TaskId origin) {
    return new Invalid(
        "task %s: reuses %s, which has no outcome of key %s; run it anew"
            .formatted(end.task(), origin, end.key().orElseThrow().digest()));
  }

  /** Writes the key of a task whose outcome is its own. */
  void write(long taskId, TaskEnd end) throws SQLException {
    if (end.key().isEmpty()) {
      return;
    }
    session.later(JSON, taskId, end.key().get().canonical());
    if (end.state() != RunState.COMPLETED) {
      ReuseRows.release(session, runId, end.key().get().digest());
    }
  }

  /** Writes the key of a task and the output that it takes from another. */
  Optional<Output> writeReused(long taskId, TaskEnd end, TaskEnd.Reused reused)
      throws SQLException {
    ReuseRows.Found found = origin(end, reused);
    session.later(JSON, taskId, end.key().orElseThrow().canonical());
    session.later(COPY_OUTPUT, taskId, found.originId());
    return found.outcome().output();
  }

  void flush() throws SQLException {
    session.flush(JSON);
    session.flush(COPY_OUTPUT);
  }
}
