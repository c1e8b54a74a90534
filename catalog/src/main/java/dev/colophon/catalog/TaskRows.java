package dev.colophon.catalog;

import dev.colophon.core.Digest;
import dev.colophon.core.Name;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.run.RunLog.Begun;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The rows of the tasks of one run, inside one transaction that holds the write lock. */
final class TaskRows {
  private static final String STEP = "SELECT id FROM steps WHERE run_id = ? AND name = ?";
  private static final String TASK =
      "SELECT id, attempt FROM tasks WHERE step_id = ? AND index_path = ?";
  private static final String NEXT_ID = "SELECT coalesce(max(id), 0) + 1 FROM tasks";
  private static final String ADD =
      """
      INSERT INTO tasks (id, step_id, index_path, attempt, key, origin_task_id)
      VALUES (?, ?, ?, ?, ?, ?)\
      """;
  private static final String KEY = "UPDATE tasks SET key = ?, origin_task_id = ? WHERE id = ?";
  private static final String NEXT_ATTEMPT = "UPDATE tasks SET attempt = ? WHERE id = ?";
  private static final String BEGIN =
      """
      INSERT INTO attempts (task_id, attempt, state, started_at) VALUES (?, ?, 'running', ?)
      ON CONFLICT DO NOTHING\
      """;
  private static final String OF_ANY_RUN =
      """
      SELECT t.id FROM runs r JOIN steps s ON s.run_id = r.id JOIN tasks t ON t.step_id = s.id
      WHERE r.flow = ? AND r.number = ? AND s.name = ? AND t.index_path = ?\
      """;

  private final Session session;
  private final RunId run;
  private final long runId;
  private final Map<Name, Long> steps = new HashMap<>();
  private final Map<TaskId, Long> others = new HashMap<>();
  private final Map<TaskId, TaskRow> seen = new HashMap<>();
  private long nextId;

  TaskRows(Session session, RunId run, long runId) throws SQLException {
    this.session = session;
    this.run = run;
    this.runId = runId;
    this.nextId = session.number(NEXT_ID);
  }

  /**
   * A task's row.
   *
   * @param attempt the latest attempt known before
   * @param isNew whether this transaction adds it
   */
  record TaskRow(long id, int attempt, boolean isNew) {}

  /**
   * What a task is reused by.
   *
   * @param digest of its key; empty if its outcome is not to be reused
   * @param originId row of the task that it takes its outcome from
   */
  record Key(Optional<Digest> digest, OptionalLong originId) {
    static final Key NONE = new Key(Optional.empty(), OptionalLong.empty());
  }

  /** Adds tasks that began; what has ended stays as it is. */
  void begin(Collection<Begun> begun) throws SQLException {
    for (Begun task : begun) {
      session.later(
          BEGIN, row(task.task(), task.attempt(), Key.NONE).id(), task.attempt(), task.at());
    }
    flush();
    session.flush(BEGIN);
  }

  /**
   * The row of a task, added if there is none, its attempt raised if this one is later, its key set
   * if there is one. All of that is in the table after {@link #flush}.
   *
   * @throws Invalid if the task is of another run, or of a step that its run has not
   */
  TaskRow row(TaskId task, int attempt, Key key) throws SQLException {
    if (!task.run().equals(run)) {
      throw new Invalid("task %s: expected a task of run %s".formatted(task, run));
    }
    long step = step(task);
    String index = task.index().toString();
    TaskRow pending = seen.get(task);
    Optional<TaskRow> known =
        pending != null
            ? Optional.of(pending)
            : session.first(
                TASK,
                row -> new TaskRow(row.number("id"), row.smallNumber("attempt"), false),
                step,
                index);
    TaskRow row = known.orElseGet(() -> new TaskRow(nextId, attempt, true));
    if (known.isEmpty()) {
      session.later(ADD, row.id(), step, index, attempt, key.digest(), key.originId());
      nextId++;
    } else {
      if (row.attempt() < attempt) {
        session.later(NEXT_ATTEMPT, attempt, row.id());
      }
      if (key.digest().isPresent()) {
        session.later(KEY, key.digest(), key.originId(), row.id());
      }
    }
    seen.put(task, new TaskRow(row.id(), Math.max(row.attempt(), attempt), row.isNew()));
    return row;
  }

  void flush() throws SQLException {
    session.flush(ADD);
    session.flush(NEXT_ATTEMPT);
    session.flush(KEY);
    seen.clear();
  }

  /**
   * Key of a task of any run that is recorded already.
   *
   * @throws Invalid if it is not
   */
  long id(TaskId task) throws SQLException {
    Long known = others.get(task);
    if (known == null) {
      known = find(task);
      others.put(task, known);
    }
    return known;
  }

  private long find(TaskId task) throws SQLException {
    String index = task.index().toString();
    Optional<Long> id =
        task.run().equals(run)
            ? session.first(TASK, row -> row.number("id"), step(task), index)
            : session.first(
                OF_ANY_RUN,
                row -> row.number("id"),
                task.run().flow(),
                task.run().number(),
                task.step(),
                index);
    return id.orElseThrow(
        () ->
            new Invalid(
                "input from task %s: no such task is recorded; commit a task before those that read from it"
                    .formatted(task)));
  }

  private long step(TaskId task) throws SQLException {
    Long known = steps.get(task.step());
    if (known == null) {
      known =
          session
              .first(STEP, row -> row.number("id"), runId, task.step())
              .orElseThrow(
                  () ->
                      new Invalid(
                          "task %s: run %s was started without a step \"%s\""
                              .formatted(task, run, task.step())));
      steps.put(task.step(), known);
    }
    return known;
  }
}
