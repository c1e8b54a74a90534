package dev.colophon.catalog;

import dev.colophon.catalog.RunReads.Keyed;
import dev.colophon.core.Page;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.query.Field;
import dev.colophon.core.query.Field.Column;
import dev.colophon.core.query.RunQuery;
import dev.colophon.core.query.Value;
import dev.colophon.core.query.Where;
import dev.colophon.core.run.RunRecord;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Pages of runs. First come those that have what they are sorted by, out of the index behind it;
 * then, if there is room, those that haven't, as they were recorded.
 */
final class RunSearch {
  private final Session session;
  private final RunQuery query;
  private final Sort sort;

  private RunSearch(Session session, RunQuery query) {
    this.session = session;
    this.query = query;
    this.sort = Sort.of(query);
  }

  /**
   * What pages are sorted by.
   *
   * @param join table beside the run that the value is in; may be empty
   * @param joined values of the parameters of the join
   * @param expression the value
   * @param id the run's key, where the index has it
   * @param optional whether runs may lack it
   * @param covered condition that the join answers already
   */
  private record Sort(
      String join,
      List<Object> joined,
      String expression,
      String id,
      boolean optional,
      Optional<Where> covered) {
    static Sort of(RunQuery query) {
      return switch (query.order().field()) {
        case Field.Metric(String name) -> beside("run_metrics", name, "s.value");
        case Field.Param(String name) -> beside("parameters", name, "s.plain");
        case Column column when column == Column.STARTED -> byStart(query.where());
        case Column column -> plain(column);
      };
    }

    private static Sort beside(String table, String name, String expression) {
      String join = "JOIN " + table + " s ON s.run_id = r.id AND s.name = ? ";
      return new Sort(join, List.of(name), expression, "s.run_id", true, Optional.empty());
    }

    private static Sort plain(Column column) {
      boolean optional =
          switch (column) {
            case PROJECT, BRANCH, COMMIT, SECONDS, ENDED -> true;
            case STATE, FLOW, BY, NUMBER, STARTED, TAG -> false;
          };
      String expression = WhereSql.expression(column);
      return new Sort("", List.of(), expression, "r.id", optional, Optional.empty());
    }

    /** Rows of tags hold the start of their run, so that pages by tag need no sorting either. */
    private static Sort byStart(Where where) {
      for (Where part : WhereSql.conjuncts(where)) {
        if (part instanceof Where.Compare(Field field, Where.Op op, Value.Text(String tag))
            && field == Column.TAG
            && op == Where.Op.EQ) {
          String join = "JOIN tags t ON t.run_id = r.id AND t.tag = ? ";
          return new Sort(
              join, List.of(tag), "t.run_started_at", "t.run_id", false, Optional.of(part));
        }
      }
      return plain(Column.STARTED);
    }
  }

  /**
   * Where a page goes on.
   *
   * @param key what its last run is sorted by; empty if it lacks it
   */
  private record Place(long id, Optional<Object> key) {}

  /**
   * @throws Invalid if the page is to go on after what is no run
   */
  static Page<RunRecord> list(Session session, RunQuery query) throws SQLException {
    return new RunSearch(session, query).page();
  }

  private Page<RunRecord> page() throws SQLException {
    Optional<Place> place = query.after().isEmpty() ? Optional.empty() : Optional.of(place());
    List<Keyed> found = new ArrayList<>();
    if (place.isEmpty() || place.get().key().isPresent()) {
      found.addAll(having(place));
    }
    int room = query.limit() + 1 - found.size();
    if (sort.optional() && room > 0) {
      found.addAll(lacking(place.filter(last -> last.key().isEmpty()), room));
    }
    boolean more = found.size() > query.limit();
    List<RunRecord> runs = found.stream().limit(query.limit()).map(Keyed::run).toList();
    return new Page<>(
        RunReads.complete(session, found.subList(0, runs.size())),
        more ? Optional.of(runs.getLast().id().toString()) : Optional.empty());
  }

  private List<Keyed> having(Optional<Place> place) throws SQLException {
    List<Object> values = new ArrayList<>(sort.joined());
    List<String> conditions = conditions(values);
    if (sort.optional()) {
      conditions.add(sort.expression() + " IS NOT NULL");
    }
    if (place.isPresent()) {
      conditions.add(
          "(%s, %s) %s (?, ?)".formatted(sort.expression(), sort.id(), direction(">", "<")));
      values.add(place.get().key().orElseThrow());
      values.add(place.get().id());
    }
    String order = "%s %s, %s %s".formatted(sort.expression(), word(), sort.id(), word());
    return found(sort.join(), conditions, order, values, query.limit() + 1);
  }

  private List<Keyed> lacking(Optional<Place> place, int room) throws SQLException {
    List<Object> values = new ArrayList<>();
    List<String> conditions = conditions(values);
    if (sort.join().isEmpty()) {
      conditions.add(sort.expression() + " IS NULL");
    } else {
      conditions.add(
          "NOT EXISTS (SELECT 1 FROM %s AND %s IS NOT NULL)"
              .formatted(
                  sort.join().replace("JOIN ", "").replace(" ON ", " WHERE ").strip(),
                  sort.expression()));
      values.addAll(sort.joined());
    }
    if (place.isPresent()) {
      conditions.add("r.id %s ?".formatted(direction(">", "<")));
      values.add(place.get().id());
    }
    return found("", conditions, "r.id " + word(), values, room);
  }

  private List<String> conditions(List<Object> values) {
    List<String> conditions = new ArrayList<>();
    WhereSql sql = new WhereSql(values);
    for (Where part : WhereSql.conjuncts(query.where())) {
      if (!sort.covered().filter(part::equals).isPresent() && !part.equals(Where.everything())) {
        conditions.add(sql.of(part));
      }
    }
    return conditions;
  }

  private List<Keyed> found(
      String join, List<String> conditions, String order, List<Object> values, int most)
      throws SQLException {
    String where = conditions.isEmpty() ? "" : "WHERE " + String.join(" AND ", conditions) + " ";
    values.add(most);
    return session.list(
        RunReads.RUNS + join + where + "ORDER BY " + order + " LIMIT ?",
        RunReads::bare,
        values.toArray());
  }

  private String word() {
    return direction("ASC", "DESC");
  }

  private String direction(String up, String down) {
    return query.order().descending() ? down : up;
  }

  private Place place() throws SQLException {
    String text = query.after().orElseThrow();
    RunId run;
    try {
      run = RunId.parse(text);
    } catch (Invalid e) {
      throw noPage(text, e);
    }
    List<Object> values = new ArrayList<>(sort.joined());
    values.add(run.flow());
    values.add(run.number());
    String join = sort.join().isEmpty() ? "" : "LEFT " + sort.join();
    return session
        .first(
            "SELECT r.id, %s AS key FROM runs r %s WHERE r.flow = ? AND r.number = ?"
                .formatted(sort.expression(), join),
            row -> new Place(row.number("id"), row.findAny("key")),
            values.toArray())
        .orElseThrow(() -> noPage(text, RunReads.noRun(run)));
  }

  private static Invalid noPage(String text, Exception cause) {
    return new Invalid(
        "--after \"%s\": expected the last run of the page before, such as FlightDelays/12"
            .formatted(text),
        cause);
  }
}
