package dev.colophon.testkit;

import static dev.colophon.testkit.SampleRecords.START;
import static dev.colophon.testkit.SampleRecords.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colophon.core.Name;
import dev.colophon.core.Page;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.json.Json;
import dev.colophon.core.query.RunOrder;
import dev.colophon.core.query.RunQuery;
import dev.colophon.core.query.Spans;
import dev.colophon.core.query.Where;
import dev.colophon.core.query.WhereParser;
import dev.colophon.core.run.ProjectBranch;
import dev.colophon.core.run.RunLog;
import dev.colophon.core.run.RunPlace;
import dev.colophon.core.run.RunRecord;
import dev.colophon.core.run.RunState;
import dev.colophon.testkit.SampleSearch.Told;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What searching a {@link RunLog} promises: every implementation passes. */
public abstract class RunSearchContract {
  private static final Spans UTC = new Spans(ZoneOffset.UTC, START.plusSeconds(3600));

  private static final String CONDITIONS =
      """
          auc > 0.7                                    | A/1
          auc >= 0.65                                  | A/1 A/2
          metric.auc = 0.65                            | A/2
          auc != 0.71                                  | A/2
          not auc = 0.71                               | A/2 B/1 C/1
          "top 5" = 3                                  | A/1
          metric."top 5" < 4                           | A/1
          loss > 1e300                                 | C/1
          loss = infinity                              | C/1
          none > 0                                     |
          not none > 0                                 | A/1 A/2 B/1 C/1
          param.months = 6                             | A/1
          param.months > 6                             | A/2
          param.months <= 12                           | A/1 A/2
          param.months != 6                            | A/2
          param.months = six                           | B/1
          param.months = '6'                           |
          param.months ~ SI                            | B/1
          param.from >= 2013-05                        | A/2
          param.from < 2013-05                         | A/1
          param.from = 2013                            | B/1
          param.fast = true                            | A/1
          param.fast != true                           | A/2
          param.fast = 1                               |
          param.months in (6, six)                     | A/1 B/1
          param.months not in (6, six)                 | A/2 C/1
          tag = x                                      | A/1 A/2
          tag != x                                     | B/1 C/1
          tag ~ WEEK                                   | C/1
          tag in (nightly, Weekly)                     | A/1 C/1
          tag = x and tag = nightly                    | A/1
          tag = user:bo                                | A/2
          tag = flow:B                                 | B/1
          tag = project:flights                        | A/1 A/2
          tag = branch:production                      | A/2
          tag = branch:main                            | B/1
          tag = commit:3f2c1a9                         | A/1
          tag != commit:3f2c                           | A/2 C/1
          state = failed                               | A/2
          state != failed                              | A/1 B/1 C/1
          state in (failed, running)                   | A/2 B/1
          flow = A                                     | A/1 A/2
          flow > A                                     | B/1 C/1
          flow like a                                  | A/1 A/2
          by = bo                                      | A/2
          project = flights                            | A/1 A/2
          project != flights                           |
          not project = flights                        | B/1 C/1
          branch = user.ana                            | A/1
          commit = 3f2c                                | A/1 B/1
          commit != 3f2c                               | A/2
          commit ~ FFFF                                | B/1
          number = 2                                   | A/2
          number >= 1                                  | A/1 A/2 B/1 C/1
          seconds > 5                                  | A/1 A/2
          seconds <= 5                                 | C/1
          seconds = 20                                 | A/2
          started >= 2026-11-25                        | B/1 C/1
          started = 2026-11-24                         | A/2
          started != 2026-11-24                        | A/1 B/1 C/1
          started > 2026-11-24                         | B/1 C/1
          started <= 2026-11-24                        | A/1 A/2
          started < 2026-11-23T15:01:03Z               | A/1
          started = 2026-11-23T15:01                   | A/1
          started = 2026-11-23T16:01+01:00             | A/1
          started >= 59m                               | A/2 B/1 C/1
          ended < 2026-11-24                           | A/1
          ended >= 2026-11                             | A/1 A/2 C/1
          not ended >= 2026-11                         | B/1
          flow = A and by = ana                        | A/1
          flow = B or by = bo                          | A/2 B/1
          flow = B or flow = A and by = bo             | A/2 B/1
          (flow = B or flow = A) and by = ana          | A/1 B/1
          not (flow = A or flow = B)                   | C/1
          not not flow = B                             | B/1
          NOT flow = A AND state IN (completed)        | C/1
          auc > 0.7 and param.months = 6 and tag = x   | A/1
          auc>0.7 and(by=ana)                          | A/1
          """;

  private static final String ORDERS =
      """
          started           | A/1 A/2 B/1 C/1
          started:desc      | C/1 B/1 A/2 A/1
          auc               | A/2 A/1 B/1 C/1
          auc:desc          | A/1 A/2 C/1 B/1
          metric.loss:desc  | C/1 B/1 A/2 A/1
          param.months      | A/1 A/2 B/1 C/1
          param.months:desc | B/1 A/2 A/1 C/1
          param.fast        | A/2 A/1 B/1 C/1
          seconds           | C/1 A/1 A/2 B/1
          seconds:desc      | A/2 A/1 C/1 B/1
          ended             | A/1 A/2 C/1 B/1
          flow:desc         | C/1 B/1 A/2 A/1
          number            | A/1 B/1 C/1 A/2
          by:desc           | A/2 C/1 B/1 A/1
          project           | A/1 A/2 B/1 C/1
          branch:desc       | A/1 A/2 B/1 C/1
          commit            | A/1 B/1 A/2 C/1
          state             | A/1 C/1 A/2 B/1
          """;

  /** The run log under test, empty at first; the same one throughout a test. */
  protected abstract RunLog runLog();

  private SampleSearch sample() {
    return new SampleSearch(runLog());
  }

  /** Four runs that differ in everything. */
  private void four() {
    SampleSearch sample = sample();
    ProjectBranch mine = ProjectBranch.of(Name.of("flights"), "ana");
    ProjectBranch production = ProjectBranch.production(Name.of("flights"));
    sample.record(
        new Told(
            "A",
            "ana",
            0,
            10,
            RunState.COMPLETED,
            Optional.of(mine),
            Optional.of("3f2c1a9" + "0".repeat(33)),
            Map.of("months", Json.of(6), "from", Json.of("2013-04"), "fast", Json.of(true)),
            Map.of("auc", 0.71, "top 5", 3.0),
            List.of("nightly", "x")));
    sample.record(
        new Told(
            "A",
            "bo",
            86_400,
            20,
            RunState.FAILED,
            Optional.of(production),
            Optional.of("4f" + "0".repeat(38)),
            Map.of("months", Json.of(12), "from", Json.of("2013-10"), "fast", Json.of(false)),
            Map.of("auc", 0.65),
            List.of("x")));
    sample.record(
        new Told(
            "B",
            "ana",
            2 * 86_400,
            -1,
            RunState.RUNNING,
            Optional.empty(),
            Optional.of("3f2cffff" + "0".repeat(32)),
            Map.of("months", Json.of("six"), "from", Json.of(2013)),
            Map.of(),
            List.of()));
    sample.record(
        new Told(
            "C",
            "ana",
            3 * 86_400,
            5,
            RunState.COMPLETED,
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            Map.of("auc", Double.NaN, "loss", Double.POSITIVE_INFINITY),
            List.of("Weekly")));
  }

  private List<String> found(String where) {
    return list(WhereParser.parse(where, UTC), new RunOrder(RunOrder.NEWEST.field(), false), 50);
  }

  private List<String> list(Where where, RunOrder order, int limit) {
    List<String> all = new ArrayList<>();
    Optional<String> next = Optional.empty();
    do {
      Page<RunRecord> page = runLog().listRuns(new RunQuery(where, order, limit, next));
      page.items().forEach(run -> all.add(run.id().toString()));
      next = page.next();
    } while (next.isPresent());
    return all;
  }

  private static Stream<DynamicTest> rows(String table, BiConsumer<String, List<String>> check) {
    return table
        .lines()
        .map(line -> line.split("\\|", -1))
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row[0].strip() + "  ->  " + row[1].strip(),
                    () ->
                        check.accept(
                            row[0].strip(),
                            row[1].isBlank()
                                ? List.of()
                                : List.of(row[1].strip().split(" ", -1)))));
  }

  @TestFactory
  public Stream<DynamicTest> aConditionFinds() {
    four();
    return rows(CONDITIONS, (where, runs) -> assertThat(found(where)).isEqualTo(runs));
  }

  @Test
  public void theValueThatWasMeasuredLastCountsWhicheverWasCommittedLast() {
    RunId run = runLog().start(run("A")).id();
    sample().measure(run, 0, SampleSearch.metric("auc", 0.9, START.plusSeconds(2)));
    sample().measure(run, 1, SampleSearch.metric("auc", 0.1, START.plusSeconds(1)));
    assertThat(found("auc = 0.9")).containsExactly("A/1");
  }

  @Test
  public void whatWasMeasuredOfAModelThatARunRegisteredIsMeasuredByTheRun() {
    RunId run = runLog().start(run("A")).id();
    sample().measure(run, 0, SampleSearch.metric("auc", 0.9, START));
    sample().register(run);
    assertThat(found("auc = 0.71 and odds = infinity and not lift < 0 and not lift >= 0"))
        .containsExactly("A/1");
  }

  @TestFactory
  public Stream<DynamicTest> runsAreSortedPageByPage() {
    four();
    return rows(
        ORDERS,
        (sort, runs) -> {
          RunOrder order = RunOrder.parse(sort);
          for (int limit : new int[] {50, 1, 3}) {
            assertThat(list(Where.everything(), order, limit)).isEqualTo(runs);
          }
        });
  }

  @Test
  public void aPageGoesOnWhereTheLastEndedThoughItsRunHasEndedSince() {
    RunId first = runLog().start(run("A")).id();
    RunId second = runLog().start(run("A")).id();
    Where running = WhereParser.parse("state = running", UTC);
    Page<RunRecord> page =
        runLog().listRuns(new RunQuery(running, RunOrder.NEWEST, 1, Optional.empty()));
    runLog().end(second, RunState.COMPLETED, START, Optional.empty());
    assertThat(runLog().listRuns(new RunQuery(running, RunOrder.NEWEST, 1, page.next())).items())
        .containsExactly(runLog().getRun(first));
  }

  @Test
  public void aPageIsNotGoneOnWithAfterWhatIsNoRun() {
    four();
    for (String after : List.of("page 2", "A/7", "A")) {
      RunQuery query = new RunQuery(Where.everything(), RunOrder.NEWEST, 1, Optional.of(after));
      assertThatThrownBy(() -> runLog().listRuns(query))
          .isInstanceOf(Invalid.class)
          .hasMessageContaining("--after \"" + after + "\"");
    }
  }

  @Test
  public void whereARunStandsIsRecorded() {
    four();
    assertThat(runLog().getRun(RunId.parse("A/1")).place())
        .isEqualTo(
            new RunPlace(
                Optional.of(Name.of("flights")),
                Optional.of("user.ana"),
                Optional.of("3f2c1a9" + "0".repeat(33))));
  }
}
