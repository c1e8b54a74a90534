package dev.colophon.cli;

import dev.colophon.cli.frame.Screen;
import dev.colophon.cli.frame.Show;
import dev.colophon.cli.frame.Table;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.Subject.VersionId;
import dev.colophon.core.code.CodeJson;
import dev.colophon.core.code.CodeVersion;
import dev.colophon.core.code.Environment;
import dev.colophon.core.json.Json;
import dev.colophon.core.model.ModelJson;
import dev.colophon.core.run.Dataset;
import dev.colophon.core.run.Failure;
import dev.colophon.core.run.Metric;
import dev.colophon.core.run.Output;
import dev.colophon.core.run.RunGraph;
import dev.colophon.core.run.RunJson;
import dev.colophon.core.run.RunLog;
import dev.colophon.core.run.RunRecord;
import dev.colophon.core.run.TaskRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A run for a person and for a program.
 *
 * @param metrics by the task that measured them
 * @param now up to which a run that has not ended took
 */
record RunView(
    RunGraph graph,
    List<StepSummary> steps,
    CodeVersion code,
    Environment environment,
    Map<TaskId, List<Metric>> metrics,
    Instant now) {
  private static final int MAX_LINES = 10;

  static RunView of(RunGraph graph, RunLog runs, Instant now) {
    RunRecord run = graph.run();
    return new RunView(
        graph,
        StepSummary.of(graph, now),
        runs.getCode(run.code()),
        runs.getEnvironment(run.id()),
        runs.metrics(run.id()),
        now);
  }

  Json json() {
    Json.Builder json = Json.object().put("kind", "run");
    RunJson.toJson(graph.run()).asObject().members().forEach(json::put);
    failure()
        .ifPresent(task -> json.put("failure", failureJson(task, task.failure().orElseThrow())));
    return json.put("code", codeJson())
        .put("environment", CodeJson.toJson(environment))
        .put("datasets", Json.of(graph.datasets().stream().map(RunJson::toJson).toList()))
        .put("steps", Json.of(steps.stream().map(StepSummary::json).toList()))
        .put("metrics", Json.of(metricsJson()))
        .put("models", Json.of(versions().stream().map(ModelJson::toJson).toList()))
        .build();
  }

  private static Json failureJson(TaskRecord task, Failure failure) {
    Json.Builder json =
        Json.object().put("task", task.id().toString()).put("headline", failure.headline());
    RunJson.toJson(failure).asObject().members().forEach(json::put);
    return json.build();
  }

  private Json codeJson() {
    Json.Builder json = Json.object();
    RunJson.summary(code).asObject().members().forEach(json::put);
    json.put("digest", graph.run().code().hex()).put("flow", code.flow());
    code.git().ifPresent(git -> json.putIfPresent("remote", git.remote()));
    return json.putIfPresent("source", code.source()).build();
  }

  private List<Json> metricsJson() {
    List<Json> all = new ArrayList<>();
    metrics.forEach((task, list) -> list.forEach(metric -> all.add(RunJson.toJson(task, metric))));
    return all;
  }

  private List<VersionId> versions() {
    return graph.tasks().stream()
        .flatMap(task -> task.output().flatMap(Output::version).stream())
        .toList();
  }

  /** The task that the run's failure names. */
  private Optional<TaskRecord> failure() {
    return graph
        .run()
        .failure()
        .flatMap(
            failure ->
                graph.tasks().stream()
                    .filter(task -> task.id().toString().equals(failure.task()))
                    .filter(task -> task.failure().isPresent())
                    .findFirst());
  }

  void write(Screen screen) {
    RunRecord run = graph.run();
    screen.cut(
        "%s   %s   %s   %s   by %s"
            .formatted(
                screen.bold(run.id().toString()),
                screen.state(run.state()),
                screen.time(run.startedAt()),
                Show.took(RunsCommand.took(run, now)),
                run.by()));
    writeSource(screen);
    screen.line();
    Table table = new Table("  ", "STEP", "STATE", ">TASKS", ">TOOK", "");
    steps.forEach(step -> step.addTo(table));
    table.write(screen);
    writeMetrics(screen);
    writeFailure(screen);
  }

  private void writeSource(Screen screen) {
    RunRecord run = graph.run();
    screen.cut("  code     " + Show.code(code));
    code.git().stream()
        .flatMap(git -> git.changed().stream())
        .limit(MAX_LINES)
        .forEach(file -> screen.cut("           " + letter(file.change()) + " " + file.path()));
    int changed = code.git().map(git -> git.changed().size()).orElse(0);
    if (changed > MAX_LINES) {
      screen.line("           … and %d more".formatted(changed - MAX_LINES));
    }
    screen.cut("  params   " + Show.parameters(run.parameters()));
    if (!run.tags().isEmpty()) {
      screen.cut(
          "  tags     "
              + run.tags().stream().map(Object::toString).collect(Collectors.joining(", ")));
    }
    run.place()
        .project()
        .ifPresent(
            project ->
                screen.cut(
                    "  project  %s   branch %s"
                        .formatted(project, run.place().branch().orElseThrow())));
    screen.cut(
        "  java     %s   %s   %s   heap %s   %s"
            .formatted(
                environment.java(),
                environment.os(),
                Show.count(environment.cpus(), "cpu"),
                Show.bytes(environment.maxHeapBytes()),
                environment.timeZone()));
    graph.datasets().stream().limit(MAX_LINES).forEach(dataset -> screen.cut(data(dataset)));
    if (graph.datasets().size() > MAX_LINES) {
      screen.line("  data     … and %d more".formatted(graph.datasets().size() - MAX_LINES));
    }
  }

  /** As {@code git status} marks it. */
  private static char letter(CodeVersion.Change change) {
    return switch (change) {
      case ADDED -> 'A';
      case MODIFIED -> 'M';
      case DELETED -> 'D';
      case RENAMED -> 'R';
      case UNTRACKED -> '?';
      case CONFLICTED -> 'U';
    };
  }

  private static String data(Dataset dataset) {
    return "  data     %s   %s   %s"
        .formatted(
            dataset.name(),
            Show.digest(dataset.artifact().digest()),
            Show.bytes(dataset.artifact().sizeBytes()));
  }

  private void writeMetrics(Screen screen) {
    List<MetricSummary> summaries = MetricSummary.of(metrics);
    if (summaries.isEmpty()) {
      return;
    }
    screen.line();
    Table table = new Table("  ", "STEP", "METRIC", ">VALUE", "");
    for (MetricSummary summary : summaries) {
      table.add(summary.step().text(), summary.name(), summary.value(), summary.note());
    }
    table.write(screen);
  }

  private void writeFailure(Screen screen) {
    Optional<TaskRecord> failed = failure();
    if (failed.isPresent()) {
      screen.line();
      screen.line(screen.paint("failed", graph.run().state()) + " in " + failed.get().id());
      screen.line(failed.get().failure().orElseThrow().trace().stripTrailing());
    } else {
      graph
          .run()
          .failure()
          .ifPresent(
              failure -> screen.line("\nfailed in " + failure.task() + "\n" + failure.headline()));
    }
  }
}
