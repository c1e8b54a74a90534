package dev.colophon.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colophon.core.Artifact;
import dev.colophon.core.Digest;
import dev.colophon.core.IndexPath;
import dev.colophon.core.Name;
import dev.colophon.core.Subject;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.Subject.VersionId;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.error.ColophonException.NotFound;
import dev.colophon.core.json.Json;
import dev.colophon.core.lineage.Impact;
import dev.colophon.core.lineage.Lineage;
import dev.colophon.core.lineage.Node;
import dev.colophon.core.lineage.Trace;
import dev.colophon.core.model.MadeVersion;
import dev.colophon.core.model.VersionDraft;
import dev.colophon.core.run.Input;
import dev.colophon.core.run.RunLog;
import dev.colophon.core.run.RunState;
import dev.colophon.core.run.TaskEnd;
import dev.colophon.testkit.MemoryCatalog;
import dev.colophon.testkit.SampleFlights;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * The walk over records:
 *
 * <pre>
 * data -> flights -> fit 0..n -> best -> register -> flight-delays@N
 *               \_______________________/
 * </pre>
 */
class LineageTest {
  private final MemoryCatalog catalog = new MemoryCatalog();
  private final SampleFlights flights = new SampleFlights(catalog.runLog());
  private final Lineage lineage = new Lineage(catalog.runLog(), catalog.registry());

  @Test
  void aVersionTracesBackToItsTaskAndThroughAllTasksToTheData() {
    flights.completed(2);
    Trace trace = trace("flight-delays@1");
    assertThat(full(trace).stream().map(Node::id))
        .containsExactlyInAnyOrder(
            "flight-delays@1",
            "FlightDelays/1/register",
            "FlightDelays/1/best",
            "FlightDelays/1/fit/0",
            "FlightDelays/1/fit/1",
            "FlightDelays/1/flights",
            SampleFlights.DATASET);
  }

  @Test
  void aVersionBearsTheCodeAndTheParametersOfItsRun() {
    flights.completed(1);
    Node.Source source = trace("flight-delays@1").root().source().orElseThrow();
    assertThat(source.code().git().orElseThrow().branch()).contains("main");
    assertThat(source.parameters()).containsEntry("from", Json.of("2013-04"));
  }

  @Test
  void aVersionNamesTheDataThatItCameFromThroughOtherTasks() {
    flights.completed(1);
    assertThat(trace("flight-delays@1").root().datasets())
        .extracting(Node.Data::name)
        .containsExactly(SampleFlights.DATASET);
  }

  @Test
  void aTaskThatSeveralReadStandsInFullOnce() {
    flights.completed(3);
    Trace trace = trace("flight-delays@1");
    List<Node> all = nodes(trace);
    assertThat(all.stream().filter(node -> node.id().equals("FlightDelays/1/flights")))
        .hasSize(4)
        .filteredOn(Node.Full.class::isInstance)
        .hasSize(1);
  }

  @Test
  void aNodeThatStandsElsewhereSaysSoInJson() {
    flights.completed(1);
    Json register = trace("FlightDelays/1/register").toJson();
    Json again = register.asObject().get("parents").asList().get(1);
    assertThat(again.text())
        .isEqualTo(
            "{\"kind\":\"task\",\"id\":\"FlightDelays/1/flights\",\"digest\":\"%s\",\"seen\":true}"
                .formatted(Digest.of("{\"rows\":336776}").hex()));
  }

  @Test
  void aRunTracesFromTheTasksThatNobodyRead() {
    flights.failed();
    assertThat(trace("FlightDelays/1").root().parents())
        .extracting(Node::id)
        .containsExactly("FlightDelays/1/fit/0", "FlightDelays/1/fit/1");
  }

  @Test
  void aFannedStepTracesFromAllItsTasks() {
    flights.completed(2);
    Node.Full root = trace("FlightDelays/1/fit").root();
    assertThat(root.kind()).isEqualTo(Node.Kind.STEP);
    assertThat(root.parents())
        .extracting(Node::id)
        .containsExactly("FlightDelays/1/fit/0", "FlightDelays/1/fit/1");
  }

  @Test
  void aStepWithOneTaskIsThatTask() {
    flights.completed(2);
    assertThat(trace("FlightDelays/1/best").root().kind()).isEqualTo(Node.Kind.TASK);
  }

  @Test
  void anAliasTracesTheVersionThatItNames() {
    flights.completed(1);
    point("champion", 1);
    assertThat(trace("flight-delays@champion").root().id()).isEqualTo("flight-delays@1");
  }

  @Test
  void contentTracesToTheVersionsThatHoldIt() {
    flights.completed(1);
    String digest = Digest.of("weights of FlightDelays/1").hex();
    assertThat(trace(digest).root().parents())
        .extracting(Node::id)
        .containsExactly("flight-delays@1");
  }

  @Test
  void contentIsFoundByTheFirstEightDigits() {
    flights.completed(1);
    Digest digest = Digest.of("weights of FlightDelays/1");
    assertThat(lineage.find(digest.hex().substring(0, 8))).isEqualTo(new Subject.Content(digest));
  }

  @Test
  void digitsThatBeginTwoDigestsAreRefusedNamingBoth() {
    RunId run = flights.running(Machine.current().runner());
    String common = "abcdefab";
    left(run, 0, new Digest(common + "0".repeat(56)));
    left(run, 1, new Digest(common + "1".repeat(56)));
    assertThatThrownBy(() -> lineage.find(common))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining(common + "00")
        .hasMessageContaining(common + "11");
  }

  @Test
  void contentThatNoRecordNamesIsNotFound() {
    assertThatThrownBy(() -> trace("0123456789")).isInstanceOf(NotFound.class);
  }

  @Test
  void aStepThatHasNotBegunIsNotFound() {
    flights.failed();
    assertThatThrownBy(() -> trace("FlightDelays/1/best"))
        .isInstanceOf(NotFound.class)
        .hasMessageContaining("FlightDelays/1/best");
  }

  @Test
  void aChainOfFiveThousandStepsIsWholeAndNestsNoDeeperThanItSays() {
    flights.chain(5_000);
    Trace trace = trace("Chain/1/s4999");
    assertThat(full(trace).stream().map(Node::id).distinct()).hasSize(5_000);
    assertThat(full(trace)).hasSize(5_000);
    assertThat(depth(trace)).isEqualTo(Trace.MAX_DEPTH);
  }

  @Test
  void aTraceThatGoesDeepIsADocumentThatCanBeReadAgain() {
    flights.chain(5_000);
    Json json = trace("Chain/1/s4999").toJson();
    assertThat(Json.parse(json.text())).isEqualTo(json);
  }

  @Test
  void aFanOfTwentyThousandTasksIsFetchedAtOnce() {
    flights.completed(20_000);
    AtomicInteger fetched = new AtomicInteger();
    Lineage counted = new Lineage(counting(fetched), catalog.registry());
    Trace trace = counted.trace(new VersionId(SampleFlights.MODEL, 1));
    assertThat(full(trace)).hasSize(20_005);
    assertThat(fetched).hasValue(1);
  }

  @Test
  void aDatasetHasAnImpactOnAllThatWasMadeFromItByDistance() {
    flights.completed(2);
    Impact impact = lineage.impactOfDataset(SampleFlights.DATASET).orElseThrow();
    assertThat(impact.levels().stream().map(LineageTest::ids))
        .containsExactly(
            List.of("FlightDelays/1/flights"),
            List.of("FlightDelays/1/fit/0", "FlightDelays/1/fit/1", "FlightDelays/1/register"),
            List.of("FlightDelays/1/best"));
  }

  @Test
  void anImpactNamesTheVersionsAndTheAliasesThatNameThemNow() {
    flights.completed(1);
    flights.completed(1);
    point("champion", 2);
    Impact impact = lineage.impactOfDataset(SampleFlights.DATASET).orElseThrow();
    assertThat(impact.versions())
        .containsExactly(
            new Impact.Version(new VersionId(SampleFlights.MODEL, 1), List.of()),
            new Impact.Version(
                new VersionId(SampleFlights.MODEL, 2), List.of(Name.of("champion"))));
  }

  @Test
  void equalContentOfAnotherRunIsNoImpactOfATask() {
    flights.completed(1);
    flights.completed(1);
    Impact impact = lineage.impact(lineage.find("FlightDelays/1/flights"));
    assertThat(impact.runs()).extracting(Object::toString).containsExactly("FlightDelays/1");
  }

  @Test
  void contentHasAnImpactOnWhoeverReadIt() {
    flights.completed(1);
    flights.completed(1);
    Impact impact = lineage.impact(lineage.find(Digest.of("{\"rows\":336776}").hex()));
    assertThat(impact.runs())
        .extracting(Object::toString)
        .containsExactly("FlightDelays/1", "FlightDelays/2");
  }

  @Test
  void theImpactOfARunLeavesTheRunItselfOut() {
    RunId run = flights.completed(1);
    Impact impact = lineage.impact(run);
    assertThat(impact.levels()).isEmpty();
    assertThat(impact.versions())
        .extracting(Impact.Version::id)
        .containsExactly(new VersionId(SampleFlights.MODEL, 1));
  }

  @Test
  void theImpactOfAVersionIsOfTheModelAndLeavesTheVersionItselfOut() {
    flights.completed(1);
    flights.completed(1);
    Impact impact = lineage.impact(lineage.find("flight-delays@1"));
    assertThat(impact.digests()).containsExactly(Digest.of("weights of FlightDelays/1"));
    assertThat(impact.versions()).isEmpty();
    assertThat(impact.levels()).isEmpty();
  }

  @Test
  void aTaskThatWasHandedAVersionIsItsImpact() {
    RunId run = flights.running(Machine.current().runner());
    VersionId version = registered(run);
    TaskId reader = run.step(Name.of("best")).task(IndexPath.NONE);
    Digest value = new MadeVersion(version, Digest.of("weights")).artifact().digest();
    commit(run, reader, List.of(new Input("register", value, new Input.FromTask(maker(run)))));
    assertThat(ids(lineage.impact(version).levels().getFirst())).containsExactly(reader.toString());
  }

  private static TaskId maker(RunId run) {
    return run.step(Name.of("register")).task(IndexPath.NONE);
  }

  private VersionId registered(RunId run) {
    VersionDraft draft =
        new VersionDraft(
            SampleFlights.MODEL,
            new Artifact.Blob(Digest.of("weights"), 7),
            "json",
            Optional.empty(),
            new TreeMap<>(),
            new TreeMap<>());
    TaskEnd end = end(maker(run), List.of(), Optional.of(new TaskEnd.Registration(draft)));
    return catalog
        .runLog()
        .commit(run, List.of(end))
        .getFirst()
        .orElseThrow()
        .version()
        .orElseThrow();
  }

  private void commit(RunId run, TaskId task, List<Input> inputs) {
    catalog.runLog().commit(run, List.of(end(task, inputs, Optional.empty())));
  }

  @Test
  void aTaskThatIsNotRecordedHasNoImpact() {
    flights.completed(1);
    assertThatThrownBy(() -> lineage.impact(lineage.find("FlightDelays/1/fit/7")))
        .isInstanceOf(NotFound.class)
        .hasMessageContaining("FlightDelays/1/fit/7");
  }

  @Test
  void aNameThatNoRunCapturedHasNoImpact() {
    assertThat(lineage.impactOfDataset("data/none.csv")).isEmpty();
  }

  private Trace trace(String subject) {
    return lineage.trace(lineage.find(subject));
  }

  private void point(String alias, int version) {
    var unused =
        catalog
            .registry()
            .point(
                new Subject.AliasId(SampleFlights.MODEL, Name.of(alias)),
                version,
                OptionalInt.empty(),
                SampleFlights.START,
                "ana",
                "");
  }

  private void left(RunId run, int index, Digest digest) {
    TaskId task = run.step(Name.of("fit")).task(new IndexPath(List.of(index)));
    TaskEnd.Value value = new TaskEnd.Value(new Artifact.Blob(digest, 1), "json", Optional.empty());
    catalog.runLog().commit(run, List.of(end(task, List.of(), Optional.of(value))));
  }

  private static TaskEnd end(TaskId task, List<Input> inputs, Optional<TaskEnd.Result> result) {
    return new TaskEnd(
        task,
        RunState.COMPLETED,
        1,
        SampleFlights.START,
        SampleFlights.START,
        inputs,
        result,
        Map.of(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  private RunLog counting(AtomicInteger fetched) {
    return (RunLog)
        Proxy.newProxyInstance(
            RunLog.class.getClassLoader(),
            new Class<?>[] {RunLog.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("getGraph")) {
                fetched.incrementAndGet();
              }
              return method.invoke(catalog.runLog(), arguments);
            });
  }

  private static List<String> ids(List<Impact.Reached> level) {
    return level.stream().map(reached -> reached.task().toString()).toList();
  }

  private static List<Node.Full> full(Trace trace) {
    return nodes(trace).stream()
        .filter(Node.Full.class::isInstance)
        .map(Node.Full.class::cast)
        .toList();
  }

  private static List<Node> nodes(Trace trace) {
    List<Node> all = new ArrayList<>();
    Deque<Node> open = new ArrayDeque<>(trace.deeper());
    open.push(trace.root());
    while (!open.isEmpty()) {
      Node node = open.pop();
      all.add(node);
      if (node instanceof Node.Full full) {
        full.parents().forEach(open::push);
      }
    }
    return all;
  }

  private static int depth(Trace trace) {
    int depth = 0;
    for (Node node = trace.root(); node instanceof Node.Full full; depth++) {
      if (full.parents().isEmpty()) {
        break;
      }
      node = full.parents().getFirst();
    }
    return depth;
  }
}
