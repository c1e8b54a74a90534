package dev.colophon.catalog;

import dev.colophon.core.Digest;
import dev.colophon.core.Name;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.code.CodeJson;
import dev.colophon.core.code.CodeVersion;
import dev.colophon.core.code.Environment;
import dev.colophon.core.error.ColophonException.NotFound;
import dev.colophon.core.json.Json;
import dev.colophon.core.run.RunPlace;
import dev.colophon.core.run.RunRecord;
import dev.colophon.core.run.RunRecord.RunFailure;
import dev.colophon.core.run.Runner;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Runs, one by one and by the page, and the documents that they name. */
final class RunReads {
  static final String RUNS = "SELECT r.* FROM runs r ";
  private static final String FIND = RUNS + "WHERE r.flow = ? AND r.number = ?";
  private static final String RUNNING =
      RUNS + "WHERE r.state = 'running' ORDER BY r.started_at, r.id";
  private static final String NEXT_FLOW =
      "SELECT flow FROM runs WHERE flow > ? ORDER BY flow LIMIT 1";
  private static final String NEWEST = RUNS + "WHERE r.flow = ? ORDER BY r.number DESC LIMIT 1";
  private static final String PARAMETERS = "SELECT name, value FROM parameters WHERE run_id = ?";
  private static final String TAGS = "SELECT tag FROM tags WHERE run_id = ? ORDER BY position";
  private static final String ENVIRONMENT =
      """
      SELECT e.json FROM runs r JOIN environments e ON e.id = r.environment_id
      WHERE r.flow = ? AND r.number = ?\
      """;
  private static final String CODE = "SELECT json FROM code_versions WHERE digest = ?";

  private RunReads() {}

  /** A run and the key of its row, by which pages go on. */
  record Keyed(long id, RunRecord run) {}

  static NotFound noRun(RunId run) {
    return new NotFound("run %s: no such run; \"colophon runs\" lists them".formatted(run));
  }

  static Optional<RunRecord> find(Session session, RunId run) throws SQLException {
    return records(session, FIND, run.flow(), run.number()).stream().findFirst();
  }

  static List<RunRecord> running(Session session) throws SQLException {
    return records(session, RUNNING);
  }

  /** From flow to flow by the index, since a flow may have very many runs. */
  static List<RunRecord> newest(Session session) throws SQLException {
    List<RunRecord> newest = new ArrayList<>();
    Optional<String> flow = session.first(NEXT_FLOW, row -> row.text("flow"), "");
    while (flow.isPresent()) {
      newest.addAll(records(session, NEWEST, flow.get()));
      flow = session.first(NEXT_FLOW, row -> row.text("flow"), flow.get());
    }
    return newest;
  }

  private static List<RunRecord> records(Session session, String sql, Object... values)
      throws SQLException {
    return complete(session, session.list(sql, RunReads::bare, values));
  }

  static Keyed bare(Row row) throws SQLException {
    Optional<String> failedTask = row.findText("failed_task");
    Optional<String> failure = row.findText("failure");
    return new Keyed(
        row.number("id"),
        new RunRecord(
            row.run(),
            row.state("state"),
            new TreeMap<>(),
            List.of(),
            row.digest("code"),
            row.number("seed"),
            Instant.parse(row.text("as_of")),
            row.moment("started_at"),
            row.moment("heard_at"),
            row.findMoment("ended_at"),
            row.text("started_by"),
            new Runner(
                row.text("runner_host"), row.number("runner_pid"), row.moment("runner_started_at")),
            failedTask.flatMap(task -> failure.map(headline -> new RunFailure(task, headline))),
            new RunPlace(
                row.findText("project").map(Name::of),
                row.findText("branch"),
                row.findText("git_commit"))));
  }

  /** The same with their parameters and tags. */
  static List<RunRecord> complete(Session session, List<Keyed> bare) throws SQLException {
    List<RunRecord> whole = new ArrayList<>(bare.size());
    for (Keyed run : bare) {
      whole.add(complete(session, run));
    }
    return whole;
  }

  private static RunRecord complete(Session session, Keyed keyed) throws SQLException {
    SortedMap<String, Json> parameters = new TreeMap<>();
    session.list(
        PARAMETERS,
        row -> parameters.put(row.text("name"), Json.parse(row.text("value"))) == null,
        keyed.id());
    List<Name> tags = session.list(TAGS, row -> row.name("tag"), keyed.id());
    RunRecord run = keyed.run();
    return new RunRecord(
        run.id(),
        run.state(),
        parameters,
        tags,
        run.code(),
        run.seed(),
        run.asOf(),
        run.startedAt(),
        run.heardAt(),
        run.endedAt(),
        run.by(),
        run.runner(),
        run.failure(),
        run.place());
  }

  static Environment environment(Session session, RunId run) throws SQLException {
    return session
        .first(
            ENVIRONMENT,
            row -> CodeJson.environment(Json.parse(row.text("json"))),
            run.flow(),
            run.number())
        .orElseThrow(() -> noRun(run));
  }

  static CodeVersion code(Session session, Digest digest) throws SQLException {
    return session
        .first(CODE, row -> CodeJson.codeVersion(Json.parse(row.text("json"))), digest)
        .orElseThrow(
            () ->
                new NotFound(
                    "code version %s: no run had it; \"colophon show RUN\" names a run's"
                        .formatted(digest)));
  }
}
