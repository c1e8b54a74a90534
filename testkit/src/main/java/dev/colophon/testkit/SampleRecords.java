package dev.colophon.testkit;

import dev.colophon.core.Artifact;
import dev.colophon.core.Digest;
import dev.colophon.core.IndexPath;
import dev.colophon.core.Name;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.code.CodeVersion;
import dev.colophon.core.code.CodeVersion.Change;
import dev.colophon.core.code.CodeVersion.ChangedFile;
import dev.colophon.core.code.CodeVersion.ClassPathEntry;
import dev.colophon.core.code.CodeVersion.ClassPathKind;
import dev.colophon.core.code.CodeVersion.GitState;
import dev.colophon.core.code.Environment;
import dev.colophon.core.json.Json;
import dev.colophon.core.model.VersionDraft;
import dev.colophon.core.run.Dataset;
import dev.colophon.core.run.Failure;
import dev.colophon.core.run.Input;
import dev.colophon.core.run.Metric;
import dev.colophon.core.run.NewRun;
import dev.colophon.core.run.RunState;
import dev.colophon.core.run.Runner;
import dev.colophon.core.run.StepRecord;
import dev.colophon.core.run.TaskEnd;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Records to test with: runs of a flow with the steps {@code load}, {@code fit} (fanned out over
 * {@code folds}) and {@code register}.
 */
public final class SampleRecords {
  /** When the sample runs start; has nanoseconds, since a clock has. */
  public static final Instant START = Instant.parse("2026-11-23T15:01:02.123456789Z");

  public static final Name LOAD = Name.of("load");
  public static final Name FIT = Name.of("fit");
  public static final Name REGISTER = Name.of("register");

  private SampleRecords() {}

  /** A run of a flow that starts at {@link #START}. */
  public static NewRun run(String flow, String... tags) {
    return runAt(flow, START, tags);
  }

  /** A run of a flow that starts at the given moment. */
  public static NewRun runAt(String flow, Instant startedAt, String... tags) {
    return new NewRun(
        Name.of(flow),
        new TreeMap<>(
            Map.of("months", Json.of(6), "from", Json.of("2013-04"), "ratio", Json.of(0.1))),
        Arrays.stream(tags).map(Name::of).toList(),
        code(),
        environment(),
        -7,
        Instant.parse("9999-12-31T00:00:00Z"),
        startedAt,
        "ana",
        new Runner("host/boot", 4711, startedAt.minusSeconds(1)),
        List.of(
            new StepRecord(LOAD, List.of(), List.of("data.csv")),
            new StepRecord(FIT, List.of("folds"), List.of("load", "folds")),
            new StepRecord(REGISTER, List.of(), List.of("fit"))),
        List.of(dataset("data.csv", "the data", startedAt)));
  }

  /** A captured dataset with this content. */
  public static Dataset dataset(String name, String content, Instant capturedAt) {
    return new Dataset(name, blob(content), "/project/" + name, capturedAt);
  }

  /** A code version with every kind of detail. */
  public static CodeVersion code() {
    return new CodeVersion(
        new Artifact.Tree(Digest.of("snapshot"), 12_345),
        Optional.of(
            new GitState(
                Optional.of("3f2c1a9".repeat(5) + "3f2c1"),
                Optional.of("main"),
                Optional.empty(),
                List.of(new ChangedFile("src/Übung.java", Change.MODIFIED)))),
        "FlightDelays",
        Optional.of("FlightDelays.java"),
        List.of(new ClassPathEntry("a.jar", ClassPathKind.LIBRARY, blob("jar"))));
  }

  /** An environment. */
  public static Environment environment() {
    return new Environment(
        "0.1.0",
        "25",
        "Linux 6 amd64",
        2,
        1L << 31,
        "de-DE",
        "Europe/Berlin",
        "UTF-8",
        "ana",
        "host",
        "/project",
        new TreeMap<>(Map.of("LANG", "de_DE.UTF-8")),
        List.of("run", "FlightDelays.java"));
  }

  /** The artifact that a text is. */
  public static Artifact.Blob blob(String content) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    return new Artifact.Blob(Digest.of(bytes), bytes.length);
  }

  /** The task of a step, at these indexes. */
  public static TaskId task(RunId run, Name step, Integer... indexes) {
    return run.step(step).task(new IndexPath(List.of(indexes)));
  }

  /** A first attempt that completed and left behind this text, kept inline. */
  public static TaskEnd completed(TaskId task, String content, Input... inputs) {
    TaskEnd bare = ended(task, RunState.COMPLETED, 1);
    return new TaskEnd(
        task,
        bare.state(),
        bare.attempt(),
        bare.startedAt(),
        bare.endedAt(),
        List.of(inputs),
        Optional.of(new TaskEnd.Value(blob(content), "json", Optional.empty())),
        Map.of(Digest.of(content), content.getBytes(StandardCharsets.UTF_8)),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  /** An attempt that ended without leaving anything behind. */
  public static TaskEnd ended(TaskId task, RunState state, int attempt) {
    return new TaskEnd(
        task,
        state,
        attempt,
        START.plusSeconds(attempt),
        START.plusSeconds(attempt).plusMillis(500),
        List.of(),
        Optional.empty(),
        Map.of(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  /** An attempt that failed, with its log and the metrics measured before. */
  public static TaskEnd failed(TaskId task, int attempt, List<Metric> metrics) {
    TaskEnd bare = ended(task, RunState.FAILED, attempt);
    Artifact.Blob log = blob("so far so good\n");
    return new TaskEnd(
        task,
        bare.state(),
        attempt,
        bare.startedAt(),
        bare.endedAt(),
        List.of(),
        Optional.empty(),
        Map.of(log.digest(), "so far so good\n".getBytes(StandardCharsets.UTF_8)),
        metrics,
        Optional.of(
            new Failure("java.lang.IllegalStateException", "no route", "at FlightDelays.fit")),
        Optional.of(new TaskEnd.Log(log, 15)));
  }

  /** A first attempt that registers a version of a model, its bytes being this text. */
  public static TaskEnd registered(TaskId task, String model, String content) {
    TaskEnd bare = ended(task, RunState.COMPLETED, 1);
    return new TaskEnd(
        task,
        bare.state(),
        bare.attempt(),
        bare.startedAt(),
        bare.endedAt(),
        List.of(),
        Optional.of(new TaskEnd.Registration(draft(model, content))),
        Map.of(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  /** A model version that has no number yet. */
  public static VersionDraft draft(String model, String content) {
    SortedMap<String, Double> metrics =
        new TreeMap<>(Map.of("auc", 0.71, "lift", Double.NaN, "odds", Double.POSITIVE_INFINITY));
    return new VersionDraft(
        Name.of(model),
        blob(content),
        "file",
        Optional.of("a first try"),
        metrics,
        new TreeMap<>(Map.of("team", "routes")));
  }
}
