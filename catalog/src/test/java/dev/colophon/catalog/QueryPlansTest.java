package dev.colophon.catalog;

import static dev.colophon.testkit.SampleRecords.FIT;
import static dev.colophon.testkit.SampleRecords.LOAD;
import static dev.colophon.testkit.SampleRecords.REGISTER;
import static dev.colophon.testkit.SampleRecords.START;
import static dev.colophon.testkit.SampleRecords.completed;
import static dev.colophon.testkit.SampleRecords.registered;
import static dev.colophon.testkit.SampleRecords.run;
import static dev.colophon.testkit.SampleRecords.task;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.colophon.core.Digest;
import dev.colophon.core.Name;
import dev.colophon.core.Subject.AliasId;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.Subject.VersionId;
import dev.colophon.core.model.Registry;
import dev.colophon.core.query.RunOrder;
import dev.colophon.core.query.RunQuery;
import dev.colophon.core.query.Spans;
import dev.colophon.core.query.WhereParser;
import dev.colophon.core.run.Input;
import dev.colophon.core.run.LogChunk;
import dev.colophon.core.run.Outcomes;
import dev.colophon.core.run.RunFilter;
import dev.colophon.core.run.RunLog;
import dev.colophon.core.run.RunLog.Begun;
import dev.colophon.core.run.RunState;
import dev.colophon.core.run.TagChange;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Behind every statement of the ports stands an index: what SQLite itself says of those that were
 * prepared.
 */
class QueryPlansTest {
  private static final Name FLOW = Name.of("Flow");
  private static final Name MODEL = Name.of("m");

  private final SqlCatalog catalog;

  QueryPlansTest(@TempDir Path folder) {
    catalog = SqlCatalog.at(folder.resolve("catalog.db"));
  }

  @AfterEach
  void close() {
    catalog.close();
  }

  /** Steps of the plans of all these statements, each with its statement. */
  private List<String> plans(Set<String> statements) {
    return catalog
        .database()
        .read(
            session -> {
              List<String> steps = new ArrayList<>();
              for (String sql : new TreeSet<>(statements)) {
                steps.addAll(
                    session.list(
                        "EXPLAIN QUERY PLAN " + sql, row -> row.text("detail") + "  <-  " + sql));
              }
              return steps;
            });
  }

  private RunId written() {
    RunLog log = catalog.runLog();
    RunId run = log.start(run("Flow", "t")).id();
    log.beat(run, START, List.of(new Begun(task(run, LOAD), 1, START)));
    log.commit(run, List.of(completed(task(run, LOAD), "rows")));
    Input input = new Input("x", Digest.of("rows"), new Input.FromTask(task(run, LOAD)));
    log.commit(run, List.of(completed(task(run, FIT, 0), "model", input)));
    log.commit(run, List.of(registered(task(run, REGISTER), "m", "bytes")));
    AliasId alias = new AliasId(MODEL, Name.of("champion"));
    catalog.registry().point(alias, 1, OptionalInt.of(0), START, "bo", "");
    RunId other = log.start(run("Flow")).id();
    catalog.outcomes().claim(other, Map.of(task(other, LOAD), Digest.of("a key")));
    Input across = new Input("x", Digest.of("rows"), new Input.FromTask(task(run, LOAD)));
    log.commit(other, List.of(completed(task(other, FIT, 0), "model", across)));
    catalog
        .taskLogs()
        .append(
            other,
            List.of(new LogChunk(task(other, LOAD), 1, 9 << 20, 2, "o1 a\n".getBytes(UTF_8))));
    log.end(other, RunState.COMPLETED, START, Optional.empty());
    Name tag = Name.of("late");
    log.tag(List.of(run), new TagChange(new TreeSet<>(Set.of(tag)), new TreeSet<>(), START, "bo"));
    log.tag(List.of(run), new TagChange(new TreeSet<>(), new TreeSet<>(Set.of(tag)), START, "bo"));
    return run;
  }

  private void readRuns(RunId run) {
    RunLog log = catalog.runLog();
    log.findRun(run);
    log.newestRuns();
    catalog.taskLogs().read(run, 0, 9);
    catalog.taskLogs().read(run.step(LOAD), 0, 9);
    catalog.taskLogs().read(task(run, LOAD), 0, 9);
    log.getGraph(run);
    log.tagHistory(run);
    log.productionToken(FLOW);
    log.metrics(run);
    log.getEnvironment(run);
    log.getCode(log.getRun(run).code());
    log.declareLost(any -> false, START);
    List<Digest> digests = List.of(Digest.of("rows"));
    log.findArtifact(digests.getFirst());
    log.findInline(digests.getFirst());
    log.findDigests("ab", 10);
    log.makersOf(digests.getFirst());
    log.readersOf(digests);
    log.outputsOf(List.of(task(run, LOAD)));
    log.findDatasets(Optional.of(digests.getFirst()), Optional.of("data.csv"));
    Outcomes outcomes = catalog.outcomes();
    outcomes.find(digests);
    outcomes.findKey(task(run, LOAD));
    outcomes.findEarlier(task(run, LOAD));
  }

  private void readModels() {
    Registry registry = catalog.registry();
    registry.listModels(10, Optional.empty());
    registry.findModel(MODEL);
    registry.listVersions(MODEL, 10, OptionalInt.empty());
    registry.findVersion(new VersionId(MODEL, 1));
    registry.findAlias(new AliasId(MODEL, Name.of("champion")));
    registry.versionsOf(List.of(Digest.of("bytes")));
    registry.history(MODEL);
  }

  private void listRuns() {
    for (Optional<String> after : List.of(Optional.<String>empty(), Optional.of("Flow/1"))) {
      for (Optional<Name> tag : List.of(Optional.<Name>empty(), Optional.of(Name.of("t")))) {
        for (Optional<Name> flow : List.of(Optional.<Name>empty(), Optional.of(FLOW))) {
          for (Optional<RunState> state :
              List.of(Optional.<RunState>empty(), Optional.of(RunState.FAILED))) {
            catalog.runLog().listRuns(new RunFilter(flow, state, tag, 10, after));
          }
        }
      }
    }
  }

  private Set<String> readStatements() {
    return catalog.database().read(Session::prepared);
  }

  @Test
  void noQueryOfThePortsReadsAWholeTable() {
    RunId run = written();
    readRuns(run);
    readModels();
    assertThat(plans(readStatements()))
        .hasSizeGreaterThan(40)
        .noneMatch(step -> step.startsWith("SCAN ") && !step.startsWith("SCAN asked VIRTUAL"));
  }

  @Test
  void pagesOfRunsComeOutOfAnIndexInTheirOrder() {
    written();
    listRuns();
    assertThat(plans(readStatements()))
        .hasSizeGreaterThan(16)
        .noneMatch(step -> step.contains("TEMP B-TREE"))
        .noneMatch(step -> step.startsWith("SCAN ") && !step.contains("USING INDEX runs_by_start"));
  }

  /** Each field that conditions advertise, alone, finds its runs in an index. */
  @TestFactory
  Stream<DynamicTest> aConditionReadsNoWholeTable() {
    written();
    return Stream.of(
            "state = failed",
            "flow = Flow",
            "project = p",
            "branch = main",
            "by = ana",
            "commit = 3f2c1a9",
            "number = 7",
            "seconds > 9",
            "started > 2026-11-23",
            "ended > 2026-11-23",
            "tag = t",
            "auc > 0.7",
            "param.months = 6",
            "param.months = six",
            "param.months = true")
        .map(where -> DynamicTest.dynamicTest(where, () -> conditionReadsNoWholeTable(where)));
  }

  private void conditionReadsNoWholeTable(String where) {
    Set<String> before = readStatements();
    Spans spans = new Spans(ZoneOffset.UTC, START);
    catalog
        .runLog()
        .listRuns(
            new RunQuery(WhereParser.parse(where, spans), RunOrder.NEWEST, 10, Optional.empty()));
    Set<String> after = new TreeSet<>(readStatements());
    after.removeAll(before);
    assertThat(plans(after))
        .isNotEmpty()
        .noneMatch(step -> step.startsWith("SCAN ") && !step.contains("USING INDEX runs_by_start"));
  }

  @Test
  void noWriteReadsAWholeTable() {
    written();
    assertThat(plans(catalog.database().write(Session::prepared)))
        .hasSizeGreaterThan(10)
        .noneMatch(step -> step.startsWith("SCAN ") && !step.startsWith("SCAN j VIRTUAL"));
  }
}
