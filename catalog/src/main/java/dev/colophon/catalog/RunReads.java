package dev.colophon.catalog;

import dev.colophon.core.Digest;
import dev.colophon.core.Name;
import dev.colophon.core.Page;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.code.CodeJson;
import dev.colophon.core.code.CodeVersion;
import dev.colophon.core.code.Environment;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.error.ColophonException.NotFound;
import dev.colophon.core.json.Json;
import dev.colophon.core.run.RunFilter;
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
  private static final String RUNS = "SELECT r.* FROM runs r ";
  private static final String FIND = RUNS + "WHERE r.flow = ? AND r.number = ?";
  private static final String RUNNING =
      RUNS + "WHERE r.state = 'running' ORDER BY r.started_at, r.id";
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
  private record Keyed(long id, RunRecord run) {}

  static NotFound noRun(RunId run) {
    return new NotFound("run %s: no such run; \"colophon runs\" lists them".formatted(run));
  }

  static Optional<RunRecord> find(Session session, RunId run) throws SQLException {
    return records(session, FIND, run.flow(), run.number()).stream().findFirst().map(Keyed::run);
  }

  static List<RunRecord> running(Session session) throws SQLException {
    return records(session, RUNNING).stream().map(Keyed::run).toList();
  }

  static Page<RunRecord> list(Session session, RunFilter filter) throws SQLException {
    List<Object> values = new ArrayList<>();
    String sql = listSql(filter, values);
    List<Keyed> found = records(session, sql, values.toArray());
    boolean more = found.size() > filter.limit();
    List<Keyed> page = more ? found.subList(0, filter.limit()) : found;
    Optional<String> next = more ? Optional.of(Place.of(page.getLast()).text()) : Optional.empty();
    return new Page<>(page.stream().map(Keyed::run).toList(), next);
  }

  /**
   * The statement for a filter; its values are added to the list. One run more than the limit tells
   * of a next page.
   */
  private static String listSql(RunFilter filter, List<Object> values) {
    StringBuilder sql = new StringBuilder(RUNS);
    List<String> conditions = new ArrayList<>();
    String start = "r.started_at";
    if (filter.tag().isPresent()) {
      sql.append("JOIN tags t ON t.run_id = r.id ");
      start = "t.run_started_at";
      conditions.add("t.tag = ?");
      values.add(filter.tag().get());
    }
    if (filter.flow().isPresent()) {
      conditions.add("r.flow = ?");
      values.add(filter.flow().get());
    }
    if (filter.state().isPresent()) {
      conditions.add("r.state = ?");
      values.add(filter.state().get());
    }
    String id = filter.tag().isPresent() ? "t.run_id" : "r.id";
    if (filter.after().isPresent()) {
      Place place = Place.parse(filter.after().get());
      conditions.add("(" + start + ", " + id + ") < (?, ?)");
      values.add(place.startedAtNanos());
      values.add(place.id());
    }
    if (!conditions.isEmpty()) {
      sql.append("WHERE ").append(String.join(" AND ", conditions));
    }
    values.add(filter.limit() + 1);
    return sql.append(" ORDER BY " + start + " DESC, " + id + " DESC LIMIT ?").toString();
  }

  /** Where a page ends: the key of its last run. */
  private record Place(long startedAtNanos, long id) {
    static Place of(Keyed last) {
      return new Place(Moments.toNanos(last.run().startedAt()), last.id());
    }

    static Place parse(String text) {
      try {
        int colon = text.indexOf(':');
        return new Place(
            Long.parseLong(text.substring(0, Math.max(colon, 0))),
            Long.parseLong(text.substring(colon + 1)));
      } catch (NumberFormatException e) {
        throw new Invalid(
            "page \"%s\": expected the \"next\" of the page before, as it was".formatted(text), e);
      }
    }

    String text() {
      return startedAtNanos + ":" + id;
    }
  }

  private static List<Keyed> records(Session session, String sql, Object... values)
      throws SQLException {
    List<Keyed> bare = session.list(sql, RunReads::bare, values);
    List<Keyed> whole = new ArrayList<>(bare.size());
    for (Keyed run : bare) {
      whole.add(new Keyed(run.id(), complete(session, run)));
    }
    return whole;
  }

  private static Keyed bare(Row row) throws SQLException {
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
            failedTask.flatMap(task -> failure.map(headline -> new RunFailure(task, headline)))));
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
        run.failure());
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
