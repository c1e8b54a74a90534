package dev.colophon.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colophon.core.Name;
import dev.colophon.core.Page;
import dev.colophon.core.json.Json;
import dev.colophon.core.query.Field;
import dev.colophon.core.query.Field.Column;
import dev.colophon.core.query.RunOrder;
import dev.colophon.core.query.RunQuery;
import dev.colophon.core.query.Value;
import dev.colophon.core.query.Where;
import dev.colophon.core.query.Where.Op;
import dev.colophon.core.run.ProjectBranch;
import dev.colophon.core.run.RunLog;
import dev.colophon.core.run.RunRecord;
import dev.colophon.core.run.RunState;
import dev.colophon.testkit.MemoryCatalog;
import dev.colophon.testkit.SampleRecords;
import dev.colophon.testkit.SampleSearch;
import dev.colophon.testkit.SampleSearch.Told;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SQL means by a condition what the evaluator of the test kit spells out: of random conditions and
 * orders over random runs, both find the same, page by page.
 */
class RandomSearchTest {
  private static final int CASES = 600;
  private static final int RUNS = 60;

  private static final List<Double> NUMBERS =
      List.of(-1.0, 0.0, 0.1, 0.5, 1.0, 2.0, 1e300, Double.POSITIVE_INFINITY);
  private static final List<String> TEXTS =
      List.of("", "a", "A", "ab", "z", "é", "😀", "\uffee", "2013-04", "1", "x'00'");

  private final SplittableRandom random = new SplittableRandom(20261123);

  private <T> T any(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private Json json() {
    return switch (random.nextInt(5)) {
      case 0 -> Json.of(any(TEXTS));
      case 1 -> Json.of(random.nextBoolean());
      case 2 -> Json.ofStrings(TEXTS);
      default -> Json.of(any(NUMBERS));
    };
  }

  private Told told() {
    Map<String, Json> parameters = new HashMap<>();
    Map<String, Double> metrics = new HashMap<>();
    for (String name : List.of("p", "q")) {
      if (random.nextInt(4) > 0) {
        parameters.put(name, json());
      }
      if (random.nextInt(4) > 0) {
        metrics.put(name, random.nextInt(6) == 0 ? Double.NaN : any(NUMBERS));
      }
    }
    boolean running = random.nextInt(4) == 0;
    return new Told(
        any(List.of("F", "G", "Ha")),
        any(List.of("ana", "bo", "Éve")),
        random.nextInt(20),
        running ? -1 : random.nextInt(5),
        running ? RunState.RUNNING : any(List.of(RunState.FAILED, RunState.COMPLETED)),
        random.nextBoolean()
            ? Optional.of(ProjectBranch.of(Name.of(any(List.of("one", "two"))), "ana"))
            : Optional.empty(),
        random.nextBoolean()
            ? Optional.of(any(List.of("abcd0", "abce0", "ffff0")) + "1".repeat(35))
            : Optional.empty(),
        parameters,
        metrics,
        random.nextBoolean() ? List.of(any(List.of("t", "T", "u"))) : List.of());
  }

  private Where where(int depth) {
    return switch (depth == 0 ? 0 : random.nextInt(6)) {
      case 1 -> new Where.Not(where(depth - 1));
      case 2 -> new Where.And(parts(depth));
      case 3 -> new Where.Or(parts(depth));
      default -> compare();
    };
  }

  private List<Where> parts(int depth) {
    return IntStream.range(0, random.nextInt(4)).mapToObj(i -> where(depth - 1)).toList();
  }

  private Where compare() {
    Op op = any(List.of(Op.values()));
    Op noLike = op == Op.LIKE ? Op.EQ : op;
    Field field = field();
    return switch (field.kind()) {
      case NUMBER -> new Where.Compare(field, noLike, new Value.Num(any(NUMBERS)));
      case MOMENT -> {
        Instant from = SampleRecords.START.plusSeconds(random.nextInt(22));
        yield new Where.Compare(
            field, noLike, new Value.Span(from, from.plusSeconds(random.nextInt(3))));
      }
      case TAG ->
          new Where.Compare(
              field,
              random.nextBoolean() ? Op.EQ : Op.LIKE,
              new Value.Text(any(List.of("t", "u"))));
      case TEXT ->
          new Where.Compare(
              field,
              op,
              new Value.Text(
                  any(List.of("F", "ana", "one", "main", "abcd", "abc", "éve", "failed", "user"))));
      case ANY ->
          switch (random.nextInt(3)) {
            case 0 -> new Where.Compare(field, op, new Value.Text(any(TEXTS)));
            case 1 -> new Where.Compare(field, noLike, new Value.Num(any(NUMBERS)));
            default ->
                new Where.Compare(
                    field,
                    random.nextBoolean() ? Op.EQ : Op.NE,
                    new Value.Bool(random.nextBoolean()));
          };
    };
  }

  private Field field() {
    return switch (random.nextInt(3)) {
      case 0 -> new Field.Metric(any(List.of("p", "q", "r")));
      case 1 -> new Field.Param(any(List.of("p", "q", "r")));
      default -> any(List.<Field>of(Column.values()));
    };
  }

  private RunOrder order() {
    Field field = field();
    return field == Column.TAG ? RunOrder.NEWEST : new RunOrder(field, random.nextBoolean());
  }

  private static List<String> list(RunLog log, Where where, RunOrder order, int limit) {
    List<String> all = new ArrayList<>();
    Optional<String> next = Optional.empty();
    do {
      Page<RunRecord> page = log.listRuns(new RunQuery(where, order, limit, next));
      page.items().forEach(run -> all.add(run.id().toString()));
      next = page.next();
    } while (next.isPresent());
    return all;
  }

  @Test
  void bothFindTheSameInTheSameOrder(@TempDir Path folder) {
    RunLog memory = new MemoryCatalog().runLog();
    try (SqlCatalog catalog = SqlCatalog.at(folder.resolve("catalog.db"))) {
      RunLog sql = catalog.runLog();
      for (int i = 0; i < RUNS; i++) {
        Told told = told();
        new SampleSearch(memory).record(told);
        new SampleSearch(sql).record(told);
      }
      int found = 0;
      for (int i = 0; i < CASES; i++) {
        Where where = where(4);
        RunOrder order = order();
        int limit = any(List.of(1, 7, 1000));
        List<String> expected = list(memory, where, order, 1000);
        assertThat(list(sql, where, order, limit))
            .as("case %d: %s by %s, %d a page", i, where, order, limit)
            .isEqualTo(expected);
        found += expected.size();
      }
      assertThat(found).isBetween(CASES * RUNS / 10, CASES * RUNS * 9 / 10);
    }
  }
}
