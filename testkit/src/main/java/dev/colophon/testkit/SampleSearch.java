package dev.colophon.testkit;

import static dev.colophon.testkit.SampleRecords.FIT;
import static dev.colophon.testkit.SampleRecords.REGISTER;
import static dev.colophon.testkit.SampleRecords.START;
import static dev.colophon.testkit.SampleRecords.task;

import dev.colophon.core.Name;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.code.CodeVersion;
import dev.colophon.core.code.CodeVersion.GitState;
import dev.colophon.core.json.Json;
import dev.colophon.core.run.Metric;
import dev.colophon.core.run.NewRun;
import dev.colophon.core.run.ProjectBranch;
import dev.colophon.core.run.RunLog;
import dev.colophon.core.run.RunState;
import dev.colophon.core.run.TaskEnd;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/** Runs to search among: each the same but for what is said of it. */
public final class SampleSearch {
  private final RunLog log;

  public SampleSearch(RunLog log) {
    this.log = log;
  }

  /**
   * A run to be told of.
   *
   * @param seconds after {@link SampleRecords#START} that it starts
   * @param took how many seconds after that it ends; negative if it is running
   * @param metrics measured by a task that ends last
   */
  public record Told(
      String flow,
      String by,
      long seconds,
      long took,
      RunState state,
      Optional<ProjectBranch> project,
      Optional<String> commit,
      Map<String, Json> parameters,
      Map<String, Double> metrics,
      List<String> tags) {}

  /** A run that completed after a second, without anything. */
  public static Told plain(String flow, long seconds) {
    return new Told(
        flow,
        "ana",
        seconds,
        1,
        RunState.COMPLETED,
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        Map.of(),
        List.of());
  }

  /** A run with these parameters. */
  public RunId withParameters(String flow, Map<String, Json> parameters) {
    Told bare = plain(flow, 0);
    return record(
        new Told(
            flow,
            bare.by(),
            0,
            1,
            bare.state(),
            Optional.empty(),
            Optional.empty(),
            parameters,
            Map.of(),
            List.of()));
  }

  /** A run that measured this. */
  public RunId withMetrics(String flow, Map<String, Double> metrics) {
    return record(
        new Told(
            flow,
            "ana",
            0,
            1,
            RunState.COMPLETED,
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            metrics,
            List.of()));
  }

  /** Records it from start to end. */
  public RunId record(Told told) {
    Instant start = START.plusSeconds(told.seconds());
    RunId run = log.start(newRun(told, start)).id();
    if (!told.metrics().isEmpty()) {
      List<Metric> metrics = new ArrayList<>();
      told.metrics()
          .forEach((name, value) -> metrics.add(metric(name, value, start.plusMillis(1))));
      log.commit(run, List.of(SampleRecords.failed(task(run, FIT, 0), 1, metrics)));
    }
    if (told.took() >= 0) {
      log.end(run, told.state(), start.plusSeconds(told.took()), Optional.empty());
    }
    return run;
  }

  private static NewRun newRun(Told told, Instant start) {
    NewRun sample = SampleRecords.runAt(told.flow(), start, told.tags().toArray(String[]::new));
    SortedMap<String, Json> parameters = new TreeMap<>(told.parameters());
    CodeVersion code = sample.code();
    CodeVersion at =
        new CodeVersion(
            code.snapshot(),
            told.commit()
                .map(
                    commit ->
                        new GitState(
                            Optional.of(commit), Optional.of("main"), Optional.empty(), List.of())),
            code.flow(),
            code.source(),
            code.classPath());
    return new NewRun(
        Name.of(told.flow()),
        parameters,
        sample.tags(),
        at,
        sample.environment(),
        sample.seed(),
        sample.asOf(),
        start,
        told.by(),
        sample.runner(),
        sample.steps(),
        sample.datasets(),
        Map.of(),
        told.project());
  }

  /** A value measured at a moment. */
  public static Metric metric(String name, double value, Instant at) {
    return new Metric(name, value, OptionalLong.empty(), Optional.empty(), at);
  }

  /** Commits a task that fails having measured this. */
  public void measure(RunId run, int index, Metric... metrics) {
    log.commit(
        run, List.of(SampleRecords.failed(task(run, FIT, index), 1, Arrays.asList(metrics))));
  }

  /** Commits a version of a model, of which an auc of 0.71 was measured. */
  public void register(RunId run) {
    TaskEnd end = SampleRecords.registered(task(run, REGISTER), "m", "bytes");
    log.commit(run, List.of(end));
  }
}
