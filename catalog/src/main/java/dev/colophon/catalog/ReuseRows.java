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
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Outcomes by their keys, and the claims of runs that compute them. */
final class ReuseRows {
  private static final String OUTCOME =
      """
      SELECT asked.key AS ordinal, origin.id, r.flow, r.number, s.name AS step, origin.index_path,
        o.digest, o.codec, o.file_name, a.kind, a.size_bytes, m.name AS model, v.number AS version
      FROM json_each(?) asked %s
        CROSS JOIN tasks origin ON origin.id = coalesce(t.origin_task_id, t.id)
        CROSS JOIN steps s ON s.id = origin.step_id CROSS JOIN runs r ON r.id = s.run_id
        LEFT JOIN outputs o ON o.task_id = origin.id LEFT JOIN artifacts a ON a.digest = o.digest
        LEFT JOIN versions v ON v.id = o.version_id LEFT JOIN models m ON m.id = v.model_id\
      """;
  private static final String BY_KEY =
      OUTCOME.formatted(
          """
          CROSS JOIN tasks t ON t.id = (
            SELECT max(id) FROM tasks
            WHERE substr(key, 1, 8) = substr(unhex(asked.value), 1, 8)
              AND key = unhex(asked.value))\
          """);
  private static final String BY_TASK =
      OUTCOME.formatted(
          """
          CROSS JOIN runs wr ON wr.flow = asked.value ->> 0 AND wr.number = asked.value ->> 1
          CROSS JOIN steps ws ON ws.run_id = wr.id AND ws.name = asked.value ->> 2
          CROSS JOIN tasks t ON t.step_id = ws.id AND t.index_path = asked.value ->> 3
            AND t.key = unhex(asked.value ->> 4)\
          """);
  private static final String CLAIM =
      """
      INSERT INTO claims (key, run_id) SELECT unhex(asked.value), ? FROM json_each(?) asked WHERE true
      ON CONFLICT (key) DO UPDATE SET run_id = excluded.run_id
      WHERE run_id = excluded.run_id
        OR (SELECT state FROM runs WHERE id = claims.run_id) <> 'running'
      RETURNING key\
      """;
  private static final String HOLDER =
      """
      SELECT asked.key AS ordinal, r.flow, r.number
      FROM json_each(?) asked CROSS JOIN claims c ON c.key = unhex(asked.value)
        CROSS JOIN runs r ON r.id = c.run_id\
      """;
  private static final String RELEASE = "DELETE FROM claims WHERE key = ? AND run_id = ?";
  private static final String RELEASE_ALL = "DELETE FROM claims WHERE run_id = ?";
  private static final String KEYS =
      """
      SELECT asked.key AS ordinal, k.json
      FROM json_each(?) asked
        CROSS JOIN runs r ON r.flow = asked.value ->> 0 AND r.number = asked.value ->> 1
        CROSS JOIN steps s ON s.run_id = r.id AND s.name = asked.value ->> 2
        CROSS JOIN tasks t ON t.step_id = s.id AND t.index_path = asked.value ->> 3
        CROSS JOIN task_keys k ON k.task_id = t.id\
      """;
  private static final String EARLIER =
      """
      SELECT asked.key AS ordinal, r.flow, r.number, s.name AS step, t.index_path
      FROM json_each(?) asked
        CROSS JOIN tasks t ON t.id = (
          SELECT et.id
          FROM runs er CROSS JOIN steps es ON es.run_id = er.id CROSS JOIN tasks et ON et.step_id = es.id
          WHERE er.flow = asked.value ->> 0 AND er.number < asked.value ->> 1
            AND es.name = asked.value ->> 2 AND et.index_path = asked.value ->> 3
            AND et.key IS NOT NULL
          ORDER BY er.number DESC LIMIT 1)
        CROSS JOIN steps s ON s.id = t.step_id CROSS JOIN runs r ON r.id = s.run_id\
      """;

  private ReuseRows() {}

  /** An outcome and the row of its origin. */
  record Found(long originId, Outcome outcome) {}

  /** An answer and the place of what was asked. */
  private record Answer<T>(int ordinal, T value) {}

  static Map<TaskId, Claim> claim(Session session, long runId, Map<TaskId, Digest> keys)
      throws SQLException {
    List<Digest> wanted = keys.values().stream().distinct().sorted().toList();
    Map<Digest, Claim> answers = new HashMap<>();
    byKey(session, wanted).forEach((key, found) -> answers.put(key, new Recorded(found.outcome())));
    List<Digest> open = wanted.stream().filter(key -> !answers.containsKey(key)).toList();
    if (!open.isEmpty()) {
      for (Digest key : session.list(CLAIM, row -> row.digest("key"), runId, json(open))) {
        answers.put(key, new Granted());
      }
      answers.putAll(
          held(session, open.stream().filter(key -> !answers.containsKey(key)).toList()));
    }
    Map<TaskId, Claim> claims = new LinkedHashMap<>();
    keys.forEach(
        (task, key) ->
            claims.put(
                task,
                Optional.ofNullable(answers.get(key))
                    .orElseThrow(() -> new IllegalStateException("a claim without its holder"))));
    return claims;
  }

  private static Map<Digest, Claim> held(Session session, List<Digest> keys) throws SQLException {
    Map<Digest, Claim> held = new HashMap<>();
    if (!keys.isEmpty()) {
      for (Answer<RunId> by :
          session.list(
              HOLDER, row -> new Answer<>(row.smallNumber("ordinal"), row.run()), json(keys))) {
        held.put(keys.get(by.ordinal()), new Held(by.value()));
      }
    }
    return held;
  }

  static Map<Digest, Outcome> find(Session session, Collection<Digest> keys) throws SQLException {
    Map<Digest, Outcome> outcomes = new LinkedHashMap<>();
    byKey(session, keys.stream().distinct().toList())
        .forEach((key, found) -> outcomes.put(key, found.outcome()));
    return outcomes;
  }

  private static Map<Digest, Found> byKey(Session session, List<Digest> keys) throws SQLException {
    Map<Digest, Found> outcomes = new LinkedHashMap<>();
    for (Answer<Found> answer : session.list(BY_KEY, ReuseRows::found, json(keys))) {
      outcomes.put(keys.get(answer.ordinal()), answer.value());
    }
    return outcomes;
  }

  /** The outcomes that recorded tasks have under these keys; a task without one is absent. */
  static Map<TaskId, Found> ofTasks(Session session, Map<TaskId, Digest> keys) throws SQLException {
    List<TaskId> tasks = List.copyOf(keys.keySet());
    List<Json> asked = new ArrayList<>();
    for (TaskId task : tasks) {
      List<Json> one = new ArrayList<>(ArtifactReads.address(task));
      one.add(Json.of(Optional.ofNullable(keys.get(task)).orElseThrow().hex()));
      asked.add(Json.of(one));
    }
    Map<TaskId, Found> outcomes = new HashMap<>();
    for (Answer<Found> answer :
        session.list(BY_TASK, ReuseRows::found, Json.of(asked).canonical())) {
      outcomes.put(tasks.get(answer.ordinal()), answer.value());
    }
    return outcomes;
  }

  private static String json(List<Digest> digests) {
    return Json.ofStrings(digests.stream().map(Digest::hex).toList()).canonical();
  }

  static void release(Session session, long runId, Digest key) throws SQLException {
    session.update(RELEASE, key, runId);
  }

  static void releaseAll(Session session, long runId) throws SQLException {
    session.update(RELEASE_ALL, runId);
  }

  static Map<TaskId, TaskKey> keys(Session session, Collection<TaskId> tasks) throws SQLException {
    return ofEach(session, KEYS, tasks, row -> TaskKey.ofJson(Json.parse(row.text("json"))));
  }

  static Map<TaskId, TaskId> earlier(Session session, Collection<TaskId> tasks)
      throws SQLException {
    return ofEach(session, EARLIER, tasks, Row::task);
  }

  /** One query, whatever the number of tasks; in their order. */
  private static <T> Map<TaskId, T> ofEach(
      Session session, String query, Collection<TaskId> tasks, Session.Reader<T> reading)
      throws SQLException {
    List<TaskId> asked = List.copyOf(tasks);
    String addresses =
        Json.of(asked.stream().map(task -> Json.of(ArtifactReads.address(task))).toList())
            .canonical();
    Map<TaskId, T> found = new LinkedHashMap<>();
    for (Answer<T> answer :
        session.list(
            query, row -> new Answer<>(row.smallNumber("ordinal"), reading.read(row)), addresses)) {
      found.put(asked.get(answer.ordinal()), answer.value());
    }
    return found;
  }

  private static Answer<Found> found(Row row) throws SQLException {
    Optional<Output> output =
        row.findDigest("digest").isPresent()
            ? Optional.of(GraphReads.output(row))
            : Optional.empty();
    return new Answer<>(
        row.smallNumber("ordinal"), new Found(row.number("id"), new Outcome(row.task(), output)));
  }
}
