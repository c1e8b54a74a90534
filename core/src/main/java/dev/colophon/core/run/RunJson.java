package dev.colophon.core.run;

import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.code.CodeVersion;
import dev.colophon.core.json.Json;
import dev.colophon.core.model.ModelJson;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs and what is in them as the JSON that commands print (docs/formats/cli.md). Moments are ISO
 * 8601 in UTC, durations are seconds, digests are plain hexadecimal digits; what is not known is
 * left out.
 */
public final class RunJson {
  private RunJson() {}

  public static Json toJson(RunRecord run) {
    return members(run).build();
  }

  /** The members of {@link #toJson(RunRecord)}, for a document that goes on. */
  public static Json.Builder members(RunRecord run) {
    Json.Builder json =
        Json.object()
            .put("run", run.id().toString())
            .put("flow", run.id().flow().text())
            .put("number", run.id().number())
            .put("state", run.state().text())
            .put("startedAt", run.startedAt().toString());
    run.endedAt().ifPresent(end -> json.put("endedAt", end.toString()));
    run.endedAt().ifPresent(end -> json.put("seconds", seconds(run.startedAt(), end)));
    json.put("by", run.by())
        .putIfPresent("project", run.place().project().map(Object::toString))
        .putIfPresent("branch", run.place().branch())
        .put("tags", Json.ofStrings(run.tags().stream().map(Object::toString).toList()))
        .put("parameters", parameters(run.parameters()))
        .put("codeDigest", run.code().hex())
        .put("seed", run.seed())
        .put("asOf", run.asOf().toString())
        .put("heardAt", run.heardAt().toString())
        .put("runner", toJson(run.runner()));
    run.failure().ifPresent(failure -> json.put("failure", toJson(failure)));
    return json;
  }

  /** What made a run fail. */
  public static Json toJson(RunRecord.RunFailure failure) {
    return Json.object().put("task", failure.task()).put("headline", failure.headline()).build();
  }

  /** Values of parameters, by name. */
  public static Json parameters(Map<String, Json> parameters) {
    Json.Builder json = Json.object();
    parameters.forEach(json::put);
    return json.build();
  }

  private static Json toJson(Runner runner) {
    return Json.object()
        .put("host", runner.host())
        .put("pid", runner.pid())
        .put("startedAt", runner.startedAt().toString())
        .build();
  }

  /** What a person asks first of a code version: where it stands in its history. */
  public static Json summary(CodeVersion code) {
    Json.Builder json = Json.object();
    code.git().ifPresent(git -> json.putIfPresent("commit", git.commit()));
    code.git().ifPresent(git -> json.putIfPresent("branch", git.branch()));
    List<String> changed =
        code.git().stream()
            .flatMap(git -> git.changed().stream().map(CodeVersion.ChangedFile::path))
            .toList();
    code.git().ifPresent(git -> json.put("dirty", code.isDirty()));
    return json.put("changedFiles", Json.ofStrings(changed))
        .put("snapshot", code.snapshot().digest().hex())
        .build();
  }

  public static Json toJson(Dataset dataset) {
    return Json.object()
        .put("name", dataset.name())
        .put("digest", dataset.artifact().digest().hex())
        .put("sizeBytes", dataset.artifact().sizeBytes())
        .put("location", dataset.location())
        .put("capturedAt", dataset.capturedAt().toString())
        .build();
  }

  public static Json toJson(TaskRecord task) {
    return members(task).build();
  }

  /** The members of {@link #toJson(TaskRecord)}, for a document that goes on. */
  public static Json.Builder members(TaskRecord task) {
    Json.Builder json =
        place(task.id())
            .put("state", task.state().text())
            .put("attempt", task.attempt())
            .put("startedAt", task.startedAt().toString());
    task.origin().ifPresent(origin -> json.put("origin", origin.toString()));
    task.endedAt().ifPresent(end -> json.put("endedAt", end.toString()));
    task.took().ifPresent(took -> json.put("seconds", seconds(took)));
    json.put("inputs", Json.of(task.inputs().stream().map(RunJson::toJson).toList()));
    task.output().ifPresent(output -> json.put("output", toJson(output)));
    task.failure().ifPresent(failure -> json.put("failure", toJson(failure)));
    task.log().ifPresent(log -> json.put("log", toJson(log)));
    return json;
  }

  private static Json.Builder place(TaskId task) {
    return Json.object()
        .put("task", task.toString())
        .put("run", task.run().toString())
        .put("step", task.step().text())
        .put("index", Json.of(task.index().indexes().stream().map(RunJson::index).toList()));
  }

  private static Json index(int index) {
    return Json.of((long) index);
  }

  private static Json toJson(Input input) {
    Json.Builder json =
        Json.object().put("argument", input.argument()).put("digest", input.digest().hex());
    switch (input.source()) {
      case Input.FromTask(TaskId task) -> json.put("task", task.toString());
      case Input.FromDataset(String name) -> json.put("dataset", name);
    }
    return json.build();
  }

  public static Json toJson(Output output) {
    Json.Builder json = ModelJson.artifact(output.artifact()).put("codec", output.codec());
    json.putIfPresent("fileName", output.fileName());
    output.version().ifPresent(version -> json.put("version", ModelJson.toJson(version)));
    return json.build();
  }

  public static Json toJson(Failure failure) {
    return Json.object()
        .put("type", failure.type())
        .put("message", failure.message())
        .put("trace", failure.trace())
        .build();
  }

  private static Json toJson(TaskEnd.Log log) {
    return Json.object()
        .put("digest", log.content().digest().hex())
        .put("keptBytes", log.content().sizeBytes())
        .put("writtenBytes", log.writtenBytes())
        .build();
  }

  /** A metric without the task that measured it. */
  public static Json toJson(Metric metric) {
    return members(metric).build();
  }

  /** A metric together with the task that measured it. */
  public static Json toJson(TaskId task, Metric metric) {
    return members(metric).put("task", task.toString()).build();
  }

  private static Json.Builder members(Metric metric) {
    Json.Builder json = Json.object().put("name", metric.name()).put("value", metric.value());
    metric.step().ifPresent(step -> json.put("step", step));
    return json.putIfPresent("unit", metric.unit()).put("at", metric.at().toString());
  }

  /** A page of runs. */
  public static Json page(List<RunRecord> runs, Optional<String> next) {
    return Json.object()
        .put("runs", Json.of(runs.stream().map(RunJson::toJson).toList()))
        .putIfPresent("next", next)
        .build();
  }

  /** Seconds with milliseconds. */
  public static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  private static double seconds(Instant from, Instant to) {
    return seconds(Duration.between(from, to));
  }
}
