package dev.colophon.testkit;

import dev.colophon.core.Artifact;
import dev.colophon.core.Digest;
import dev.colophon.core.IndexPath;
import dev.colophon.core.Name;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.json.Json;
import dev.colophon.core.model.VersionDraft;
import dev.colophon.core.run.Dataset;
import dev.colophon.core.run.Failure;
import dev.colophon.core.run.Input;
import dev.colophon.core.run.Metric;
import dev.colophon.core.run.NewRun;
import dev.colophon.core.run.RunLog;
import dev.colophon.core.run.RunRecord.RunFailure;
import dev.colophon.core.run.RunState;
import dev.colophon.core.run.Runner;
import dev.colophon.core.run.StepRecord;
import dev.colophon.core.run.TaskEnd;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * Whole runs to test with, written into a run log: {@code flights} reads a dataset, {@code fit} is
 * fanned out over folds, {@code best} joins them, {@code register} makes a model version.
 */
public final class SampleFlights {
  /** When the first run of a flow starts; each next one starts a minute later. */
  public static final Instant START = Instant.parse("2026-11-23T15:01:00Z");

  /** Name of the dataset. */
  public static final String DATASET = "data/flights.csv.zip";

  /** Name of the model. */
  public static final Name MODEL = Name.of("flight-delays");

  private static final Name FLIGHTS = Name.of("flights");
  private static final Name FIT = Name.of("fit");
  private static final Name BEST = Name.of("best");
  private static final Name REGISTER = Name.of("register");

  private final RunLog runs;
  private int started;

  public SampleFlights(RunLog runs) {
    this.runs = runs;
  }

  /** A run that completed, with this many folds, and made the next version of the model. */
  public RunId completed(int folds) {
    RunId run = start("FlightDelays", steps(), folds, List.of(Name.of("nightly")));
    Instant at = runs.getRun(run).startedAt();
    List<TaskEnd> ends = new ArrayList<>();
    Input rows = flights(run, at, ends);
    List<Input> fits = new ArrayList<>();
    for (int fold = 0; fold < folds; fold++) {
      TaskId fit = run.step(FIT).task(new IndexPath(List.of(fold)));
      String value = "{\"auc\":0.7%d,\"fold\":%d}".formatted(fold, fold);
      Metric auc =
          new Metric(
              "auc", 0.7 + fold / 100.0, OptionalLong.empty(), Optional.empty(), at.plusSeconds(2));
      ends.add(value(fit, at.plusSeconds(2), value, List.of(auc), rows));
      fits.add(from(fit, value));
    }
    TaskId best = run.step(BEST).task(IndexPath.NONE);
    String choice = "{\"fold\":%d,\"run\":%d}".formatted(folds - 1, run.number());
    ends.add(value(best, at.plusSeconds(3), choice, List.of(), fits.toArray(Input[]::new)));
    ends.add(registration(run, at.plusSeconds(4), from(best, choice), rows));
    runs.commit(run, ends);
    runs.end(run, RunState.COMPLETED, at.plusMillis(4_250), Optional.empty());
    return run;
  }

  /** A run whose second fold failed. */
  public RunId failed() {
    RunId run = start("FlightDelays", steps(), 2, List.of());
    Instant at = runs.getRun(run).startedAt();
    List<TaskEnd> ends = new ArrayList<>();
    Input rows = flights(run, at, ends);
    TaskId good = run.step(FIT).task(new IndexPath(List.of(0)));
    ends.add(value(good, at.plusSeconds(2), "{\"auc\":0.7,\"fold\":0}", List.of(), rows));
    TaskId bad = run.step(FIT).task(new IndexPath(List.of(1)));
    byte[] log = "fold 1\nno such route: JFK-XYZ\n".getBytes(StandardCharsets.UTF_8);
    Artifact.Blob kept = new Artifact.Blob(Digest.of(log), log.length);
    ends.add(
        new TaskEnd(
            bad,
            RunState.FAILED,
            1,
            at.plusSeconds(2),
            at.plusMillis(2_500),
            List.of(rows),
            Optional.empty(),
            Map.of(kept.digest(), log),
            List.of(),
            Optional.of(
                new Failure(
                    "java.lang.IllegalStateException",
                    "no such route: JFK-XYZ",
                    """
                    java.lang.IllegalStateException: no such route: JFK-XYZ
                      at FlightDelays.fit(FlightDelays.java:40)
                    """)),
            Optional.of(new TaskEnd.Log(kept, log.length))));
    runs.commit(run, ends);
    runs.end(
        run,
        RunState.FAILED,
        at.plusSeconds(3),
        Optional.of(
            new RunFailure(
                bad.toString(), "java.lang.IllegalStateException: no such route: JFK-XYZ")));
    return run;
  }

  /** A run of one step that returns nothing. */
  public RunId silent() {
    Name only = Name.of("only");
    RunId run = start("Silent", List.of(new StepRecord(only, List.of(), List.of())), 0, List.of());
    Instant at = runs.getRun(run).startedAt();
    TaskEnd end =
        new TaskEnd(
            run.step(only).task(IndexPath.NONE),
            RunState.COMPLETED,
            1,
            at,
            at.plusSeconds(1),
            List.of(),
            Optional.empty(),
            Map.of(),
            List.of(),
            Optional.empty(),
            Optional.empty());
    runs.commit(run, List.of(end));
    runs.end(run, RunState.COMPLETED, at.plusSeconds(1), Optional.empty());
    return run;
  }

  /** A run of as many steps, each of which reads the one before. */
  public RunId chain(int steps) {
    List<StepRecord> records = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      records.add(
          new StepRecord(Name.of("s" + i), List.of(), i == 0 ? List.of() : List.of("s" + (i - 1))));
    }
    RunId run = start("Chain", records, 0, List.of());
    Instant at = runs.getRun(run).startedAt();
    List<TaskEnd> ends = new ArrayList<>();
    Input[] before = {};
    for (int i = 0; i < steps; i++) {
      TaskId task = run.step(Name.of("s" + i)).task(IndexPath.NONE);
      String value = Integer.toString(i);
      ends.add(value(task, at.plusSeconds(1), value, List.of(), before));
      before = new Input[] {from(task, value)};
    }
    runs.commit(run, ends);
    runs.end(run, RunState.COMPLETED, at.plusSeconds(2), Optional.empty());
    return run;
  }

  /** A run that goes on, executed by this runner, with its first step done. */
  public RunId running(Runner runner) {
    NewRun plan = plan("FlightDelays", steps(), 2, List.of(), runner);
    RunId run = runs.start(plan).id();
    List<TaskEnd> ends = new ArrayList<>();
    flights(run, plan.startedAt(), ends);
    runs.commit(run, ends);
    return run;
  }

  private RunId start(String flow, List<StepRecord> steps, int folds, List<Name> tags) {
    Runner runner = new Runner("atlas 8f1d", 4711, START.minusSeconds(1));
    return runs.start(plan(flow, steps, folds, tags, runner)).id();
  }

  private NewRun plan(
      String flow, List<StepRecord> steps, int folds, List<Name> tags, Runner runner) {
    SortedMap<String, Json> parameters =
        new TreeMap<>(Map.of("from", Json.of("2013-04"), "months", Json.of(6)));
    if (folds > 0) {
      parameters.put("folds", Json.of(LongStream.range(0, folds).mapToObj(Json::of).toList()));
    }
    Instant at = START.plusSeconds(60L * started++);
    return new NewRun(
        Name.of(flow),
        parameters,
        tags,
        SampleRecords.code(),
        SampleRecords.environment(),
        42,
        at,
        at,
        "ana",
        runner,
        steps,
        List.of(dataset(at)));
  }

  private static List<StepRecord> steps() {
    return List.of(
        new StepRecord(FLIGHTS, List.of(), List.of(DATASET, "from", "months")),
        new StepRecord(FIT, List.of("folds"), List.of("flights", "folds")),
        new StepRecord(BEST, List.of(), List.of("fit")),
        new StepRecord(REGISTER, List.of(), List.of("best", "flights")));
  }

  private static Dataset dataset(Instant at) {
    return new Dataset(DATASET, blob("all flights"), "/project/" + DATASET, at);
  }

  private static Input flights(RunId run, Instant at, List<TaskEnd> ends) {
    TaskId flights = run.step(FLIGHTS).task(IndexPath.NONE);
    Input read = new Input("csv", blob("all flights").digest(), new Input.FromDataset(DATASET));
    ends.add(value(flights, at.plusSeconds(1), "{\"rows\":336776}", List.of(), read));
    return from(flights, "{\"rows\":336776}");
  }

  private static TaskEnd registration(RunId run, Instant at, Input... inputs) {
    String weights = "weights of " + run;
    VersionDraft draft =
        new VersionDraft(
            MODEL,
            blob(weights),
            "json",
            Optional.of("late by more than 15 minutes"),
            new TreeMap<>(Map.of("auc", 0.71)),
            new TreeMap<>(Map.of("team", "routes")));
    return new TaskEnd(
        run.step(REGISTER).task(IndexPath.NONE),
        RunState.COMPLETED,
        1,
        at,
        at.plusMillis(20),
        List.of(inputs),
        Optional.of(new TaskEnd.Registration(draft)),
        Map.of(Digest.of(weights), weights.getBytes(StandardCharsets.UTF_8)),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  private static TaskEnd value(
      TaskId task, Instant at, String json, List<Metric> metrics, Input... inputs) {
    return new TaskEnd(
        task,
        RunState.COMPLETED,
        1,
        at,
        at.plusMillis(500),
        List.of(inputs),
        Optional.of(new TaskEnd.Value(blob(json), "json", Optional.empty())),
        Map.of(Digest.of(json), json.getBytes(StandardCharsets.UTF_8)),
        metrics,
        Optional.empty(),
        Optional.empty());
  }

  private static Input from(TaskId task, String json) {
    return new Input(task.step().text(), Digest.of(json), new Input.FromTask(task));
  }

  private static Artifact.Blob blob(String content) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    return new Artifact.Blob(Digest.of(bytes), bytes.length);
  }
}
