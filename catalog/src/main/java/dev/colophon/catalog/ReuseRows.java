package dev.colophon.catalog;

import dev.colophon.core.Digest;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.json.Json;
import dev.colophon.core.run.Outcomes.Claim;
import dev.colophon.core.run.Outcomes.Granted;
import dev.colophon.core.run.Outcomes.Held;
import dev.colophon.core.run.Outcomes.Outcome;
import dev.colophon.core.run.Outcomes.Recorded;
import dev.colophon.core.run.Output;
import dev.colophon.core.run.TaskKey;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Outcomes by their keys, and the claims of runs that compute them. */
final class ReuseRows {
  private static final String OUTCOME =
      """
      SELECT origin.id, r.flow, r.number, s.name AS step, origin.index_path,
        o.digest, o.codec, o.file_name, a.kind, a.size_bytes, m.name AS model, v.number AS version
      FROM tasks t JOIN tasks origin ON origin.id = coalesce(t.origin_task_id, t.id)
        JOIN steps s ON s.id = origin.step_id JOIN runs r ON r.id = s.run_id
        LEFT JOIN outputs o ON o.task_id = origin.id LEFT JOIN artifacts a ON a.digest = o.digest
        LEFT JOIN versions v ON v.id = o.version_id LEFT JOIN models m ON m.id = v.model_id
      """;
  private static final String BY_KEY = OUTCOME + "WHERE t.key = ? ORDER BY t.id DESC LIMIT 1";
  private static final String BY_TASK = OUTCOME + "WHERE t.id = ? AND t.key = ?";
  private static final String CLAIM =
      """
      INSERT INTO claims (key, run_id) VALUES (?, ?)
      ON CONFLICT (key) DO UPDATE SET run_id = excluded.run_id
      WHERE run_id = excluded.run_id
        OR (SELECT state FROM runs WHERE id = claims.run_id) <> 'running'\
      """;
  private static final String HOLDER =
      "SELECT r.flow, r.number FROM claims c JOIN runs r ON r.id = c.run_id WHERE c.key = ?";
  private static final String RELEASE = "DELETE FROM claims WHERE key = ? AND run_id = ?";
  private static final String RELEASE_ALL = "DELETE FROM claims WHERE run_id = ?";
  private static final String KEY =
      """
      SELECT k.json FROM runs r JOIN steps s ON s.run_id = r.id JOIN tasks t ON t.step_id = s.id
        JOIN task_keys k ON k.task_id = t.id
      WHERE r.flow = ? AND r.number = ? AND s.name = ? AND t.index_path = ?\
      """;
  private static final String EARLIER =
      """
      SELECT r.flow, r.number, s.name AS step, t.index_path
      FROM runs r JOIN steps s ON s.run_id = r.id JOIN tasks t ON t.step_id = s.id
      WHERE r.flow = ? AND r.number < ? AND s.name = ? AND t.index_path = ? AND t.key IS NOT NULL
      ORDER BY r.number DESC LIMIT 1\
      """;

  private ReuseRows() {}

  /** An outcome and the row of its origin. */
  record Found(long originId, Outcome outcome) {}

  static Map<TaskId, Claim> claim(Session session, long runId, Map<TaskId, Digest> keys)
      throws SQLException {
    Map<Digest, Claim> answers = new HashMap<>();
    Map<TaskId, Claim> claims = new LinkedHashMap<>();
    for (Map.Entry<TaskId, Digest> wanted : keys.entrySet()) {
      Digest key = wanted.getValue();
      Claim known = answers.get(key);
      Claim answer = known == null ? claim(session, runId, key) : known;
      answers.put(key, answer);
      claims.put(wanted.getKey(), answer);
    }
    return claims;
  }

  private static Claim claim(Session session, long runId, Digest key) throws SQLException {
    Optional<Found> found = session.first(BY_KEY, ReuseRows::found, key);
    if (found.isPresent()) {
      return new Recorded(found.get().outcome());
    }
    if (session.update(CLAIM, key, runId) == 1) {
      return new Granted();
    }
    return new Held(
        session
            .first(HOLDER, Row::run, key)
            .orElseThrow(() -> new IllegalStateException("a claim without its holder")));
  }

  static Map<Digest, Outcome> find(Session session, Collection<Digest> keys) throws SQLException {
    Map<Digest, Outcome> outcomes = new LinkedHashMap<>();
    for (Digest key : keys) {
      session
          .first(BY_KEY, ReuseRows::found, key)
          .ifPresent(found -> outcomes.put(key, found.outcome()));
    }
    return outcomes;
  }

  /** The outcome that a recorded task has under this key. */
  static Optional<Found> ofTask(Session session, long taskId, Digest key) throws SQLException {
    return session.first(BY_TASK, ReuseRows::found, taskId, key);
  }

  static void release(Session session, long runId, Digest key) throws SQLException {
    session.update(RELEASE, key, runId);
  }

  static void releaseAll(Session session, long runId) throws SQLException {
    session.update(RELEASE_ALL, runId);
  }

  static Optional<TaskKey> key(Session session, TaskId task) throws SQLException {
    return session.first(
        KEY,
        row -> TaskKey.ofJson(Json.parse(row.text("json"))),
        task.run().flow(),
        task.run().number(),
        task.step(),
        task.index().toString());
  }

  static Optional<TaskId> earlier(Session session, TaskId task) throws SQLException {
    RunId run = task.run();
    return session.first(
        EARLIER, Row::task, run.flow(), run.number(), task.step(), task.index().toString());
  }

  private static Found found(Row row) throws SQLException {
    Optional<Output> output =
        row.findDigest("digest").isPresent()
            ? Optional.of(GraphReads.output(row))
            : Optional.empty();
    return new Found(row.number("id"), new Outcome(row.task(), output));
  }
}
