package dev.colophon.catalog;

import dev.colophon.core.Digest;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.run.Output;
import dev.colophon.core.run.RunState;
import dev.colophon.core.run.TaskEnd;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;

/** The keys of tasks that are being committed, and the outcomes that they take from others. */
final class KeyRows {
  private static final String JSON =
      """
      INSERT INTO task_keys (task_id, json) VALUES (?, ?)
      ON CONFLICT (task_id) DO UPDATE SET json = excluded.json\
      """;
  private static final String KEY = "UPDATE tasks SET key = ?, origin_task_id = ? WHERE id = ?";
  private static final String COPY_OUTPUT =
      """
      INSERT INTO outputs (task_id, digest, codec, file_name, version_id)
      SELECT ?, digest, codec, file_name, version_id FROM outputs WHERE task_id = ?\
      """;

  private final Session session;
  private final TaskRows tasks;
  private final long runId;

  KeyRows(Session session, TaskRows tasks, long runId) {
    this.session = session;
    this.tasks = tasks;
    this.runId = runId;
  }

  /** Writes the key of a task whose outcome is its own. */
  void write(long taskId, TaskEnd end) throws SQLException {
    if (end.key().isEmpty()) {
      return;
    }
    Digest key = end.key().get().digest();
    session.later(JSON, taskId, end.key().get().toJson().canonical());
    if (end.state() == RunState.COMPLETED) {
      session.later(KEY, key, OptionalLong.empty(), taskId);
    } else {
      ReuseRows.release(session, runId, key);
    }
  }

  /**
   * Writes the key of a task and the output that it takes from another.
   *
   * @throws Invalid if the other has no outcome of this key
   */
  Optional<Output> writeReused(long taskId, TaskEnd end, TaskEnd.Reused reused)
      throws SQLException {
    Digest key = end.key().orElseThrow().digest();
    ReuseRows.Found found =
        ReuseRows.ofTask(session, tasks.id(reused.origin()), key)
            .orElseThrow(
                () ->
                    new Invalid(
                        "task %s: reuses %s, which has no outcome of key %s; run it anew"
                            .formatted(end.task(), reused.origin(), key)));
    session.later(JSON, taskId, end.key().orElseThrow().toJson().canonical());
    session.later(KEY, key, OptionalLong.of(found.originId()), taskId);
    session.later(COPY_OUTPUT, taskId, found.originId());
    return found.outcome().output();
  }

  void flush() throws SQLException {
    session.flush(JSON);
    session.flush(KEY);
    session.flush(COPY_OUTPUT);
  }
}
