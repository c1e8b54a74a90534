package dev.colophon.catalog;

import dev.colophon.core.Artifact;
import dev.colophon.core.Digest;
import dev.colophon.core.IndexPath;
import dev.colophon.core.Name;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.json.Json;
import dev.colophon.core.run.Dataset;
import dev.colophon.core.run.Failure;
import dev.colophon.core.run.Input;
import dev.colophon.core.run.Metric;
import dev.colophon.core.run.Output;
import dev.colophon.core.run.RunGraph;
import dev.colophon.core.run.RunRecord;
import dev.colophon.core.run.RunState;
import dev.colophon.core.run.StepRecord;
import dev.colophon.core.run.TaskEnd;
import dev.colophon.core.run.TaskRecord;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All that is recorded of one run, table by table, put together here. */
final class GraphReads {
  private static final String RUN_ID = "SELECT id FROM runs WHERE flow = ? AND number = ?";
  private static final String STEPS =
      """
      SELECT s.id, s.name, s.dimensions, s.reads, s.code, s.reuse, a.size_bytes AS code_bytes
      FROM steps s LEFT JOIN artifacts a ON a.digest = s.code
      WHERE s.run_id = ? ORDER BY s.position\
      """;
  private static final String TASKS =
      """
      SELECT t.id, t.index_path, a.attempt, a.state, a.started_at, a.ended_at, a.failure_type,
        a.failure_message, a.failure_trace, printed.log, printed.log_written_bytes,
        l.size_bytes AS log_bytes, t.key, r.flow, r.number, s.name AS step,
        origin.index_path AS origin_index
      FROM tasks t JOIN attempts a ON a.task_id = t.id AND a.attempt = t.attempt
        LEFT JOIN tasks origin ON origin.id = t.origin_task_id
        LEFT JOIN steps s ON s.id = origin.step_id LEFT JOIN runs r ON r.id = s.run_id
        JOIN attempts printed ON printed.task_id = coalesce(origin.id, t.id)
          AND printed.attempt = coalesce(origin.attempt, t.attempt)
        LEFT JOIN artifacts l ON l.digest = printed.log
      WHERE t.step_id = ?\
      """;
  private static final String INPUTS =
      """
      SELECT i.task_id, i.argument, i.digest, i.dataset, r.flow, r.number, s.name AS step,
        source.index_path
      FROM tasks t JOIN inputs i ON i.task_id = t.id AND i.attempt = t.attempt
        LEFT JOIN tasks source ON source.id = i.source_task_id
        LEFT JOIN steps s ON s.id = source.step_id LEFT JOIN runs r ON r.id = s.run_id
      WHERE t.step_id = ? ORDER BY i.task_id, i.position\
      """;
  private static final String OUTPUTS =
      """
      SELECT o.task_id, o.digest, o.codec, o.file_name, a.kind, a.size_bytes, m.name AS model,
        v.number AS version
      FROM tasks t JOIN outputs o ON o.task_id = t.id JOIN artifacts a ON a.digest = o.digest
        LEFT JOIN versions v ON v.id = o.version_id LEFT JOIN models m ON m.id = v.model_id
      WHERE t.step_id = ?\
      """;
  private static final String DATASETS =
      """
      SELECT d.name, d.digest, d.location, d.captured_at, a.kind, a.size_bytes
      FROM datasets d JOIN artifacts a ON a.digest = d.digest
      WHERE d.run_id = ? ORDER BY d.position\
      """;
  private static final String METRICS =
      """
      SELECT t.index_path, m.name, m.value, m.step, m.unit, m.measured_at
      FROM tasks t JOIN metrics m ON m.task_id = coalesce(t.origin_task_id, t.id)
      WHERE t.step_id = ? ORDER BY t.id, m.attempt, m.position\
      """;

  private GraphReads() {}

  /** A step and the key of its row. */
  private record KeyedStep(long id, StepRecord step) {}

  private record KeyedInput(long taskId, Input input) {}

  private record KeyedOutput(long taskId, Output output) {}

  private record KeyedMetric(TaskId task, Metric metric) {}

  static RunGraph get(Session session, RunId id) throws SQLException {
    RunRecord run = RunReads.find(session, id).orElseThrow(() -> RunReads.noRun(id));
    long runId = session.number(RUN_ID, id.flow(), id.number());
    List<KeyedStep> steps = steps(session, runId);
    List<TaskRecord> tasks = new ArrayList<>();
    for (KeyedStep step : steps) {
      tasks.addAll(tasks(session, run, step));
    }
    return new RunGraph(
        run,
        steps.stream().map(KeyedStep::step).toList(),
        tasks,
        session.list(DATASETS, GraphReads::dataset, runId));
  }

  static Map<TaskId, List<Metric>> metrics(Session session, RunId id) throws SQLException {
    Optional<Long> runId = session.first(RUN_ID, row -> row.number("id"), id.flow(), id.number());
    Map<TaskId, List<Metric>> metrics = new LinkedHashMap<>();
    if (runId.isPresent()) {
      for (KeyedStep step : steps(session, runId.get())) {
        Name name = step.step().name();
        for (KeyedMetric metric : session.list(METRICS, row -> metric(id, name, row), step.id())) {
          metrics.computeIfAbsent(metric.task(), task -> new ArrayList<>()).add(metric.metric());
        }
      }
    }
    return metrics;
  }

  private static List<KeyedStep> steps(Session session, long runId) throws SQLException {
    return session.list(
        STEPS,
        row ->
            new KeyedStep(
                row.number("id"),
                new StepRecord(
                    row.name("name"),
                    strings(row.text("dimensions")),
                    strings(row.text("reads")),
                    code(row),
                    StepRecord.Reuse.parse(row.text("reuse")))),
        runId);
  }

  private static Optional<Artifact.Blob> code(Row row) throws SQLException {
    Optional<Digest> code = row.findDigest("code");
    return code.isPresent()
        ? Optional.of(new Artifact.Blob(code.get(), row.number("code_bytes")))
        : Optional.empty();
  }

  private static List<String> strings(String json) {
    return Json.parse(json).asList().stream().map(Json::asString).toList();
  }

  private static List<TaskRecord> tasks(Session session, RunRecord run, KeyedStep step)
      throws SQLException {
    Map<Long, List<Input>> inputs = new HashMap<>();
    for (KeyedInput input : session.list(INPUTS, GraphReads::input, step.id())) {
      inputs.computeIfAbsent(input.taskId(), id -> new ArrayList<>()).add(input.input());
    }
    Map<Long, Output> outputs = new HashMap<>();
    for (KeyedOutput output :
        session.list(
            OUTPUTS, row -> new KeyedOutput(row.number("task_id"), output(row)), step.id())) {
      outputs.put(output.taskId(), output.output());
    }
    List<TaskRecord> tasks =
        session.list(
            TASKS,
            row ->
                task(
                    run,
                    step.step().name(),
                    row,
                    inputs.getOrDefault(row.number("id"), List.of()),
                    Optional.ofNullable(outputs.get(row.number("id")))),
            step.id());
    tasks.sort(Comparator.comparing(TaskRecord::id));
    return tasks;
  }

  /** A task that never said how it ended ends with its run. */
  private static TaskRecord task(
      RunRecord run, Name step, Row row, List<Input> inputs, Optional<Output> output)
      throws SQLException {
    RunState state = row.state("state");
    boolean isOpen = state == RunState.RUNNING;
    return new TaskRecord(
        run.id().step(step).task(IndexPath.parse(row.text("index_path"))),
        isOpen ? run.state() : state,
        row.smallNumber("attempt"),
        row.moment("started_at"),
        isOpen ? run.endedAt() : row.findMoment("ended_at"),
        inputs,
        output,
        failure(row),
        log(row),
        row.findDigest("key"),
        origin(row));
  }

  private static Optional<TaskId> origin(Row row) throws SQLException {
    Optional<String> index = row.findText("origin_index");
    return index.isPresent()
        ? Optional.of(row.run().step(row.name("step")).task(IndexPath.parse(index.get())))
        : Optional.empty();
  }

  private static Optional<Failure> failure(Row row) throws SQLException {
    Optional<String> type = row.findText("failure_type");
    return type.isPresent()
        ? Optional.of(
            new Failure(type.get(), row.text("failure_message"), row.text("failure_trace")))
        : Optional.empty();
  }

  private static Optional<TaskEnd.Log> log(Row row) throws SQLException {
    Optional<Digest> log = row.findDigest("log");
    return log.isPresent()
        ? Optional.of(
            new TaskEnd.Log(
                new Artifact.Blob(log.get(), row.number("log_bytes")),
                row.number("log_written_bytes")))
        : Optional.empty();
  }

  private static KeyedInput input(Row row) throws SQLException {
    Optional<String> dataset = row.findText("dataset");
    Input.Source source =
        dataset.isPresent() ? new Input.FromDataset(dataset.get()) : new Input.FromTask(row.task());
    return new KeyedInput(
        row.number("task_id"), new Input(row.text("argument"), row.digest("digest"), source));
  }

  /**
   * Of the columns of an output, its artifact and its version.
   *
   * <p>Shared with {@link ArtifactReads}.
   */
  static Output output(Row row) throws SQLException {
    return new Output(
        row.artifact(), row.text("codec"), row.findText("file_name"), VersionReads.findId(row));
  }

  static Dataset dataset(Row row) throws SQLException {
    return new Dataset(
        row.text("name"), row.artifact(), row.text("location"), row.moment("captured_at"));
  }

  private static KeyedMetric metric(RunId run, Name step, Row row) throws SQLException {
    return new KeyedMetric(
        run.step(step).task(IndexPath.parse(row.text("index_path"))),
        new Metric(
            row.text("name"),
            row.decimal("value"),
            row.findNumber("step"),
            row.findText("unit"),
            row.moment("measured_at")));
  }
}
