package dev.colophon.catalog;

import dev.colophon.core.Artifact;
import dev.colophon.core.Digest;
import dev.colophon.core.Name;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.code.CodeJson;
import dev.colophon.core.json.Json;
import dev.colophon.core.run.Dataset;
import dev.colophon.core.run.NewRun;
import dev.colophon.core.run.RunRecord;
import dev.colophon.core.run.RunState;
import dev.colophon.core.run.StepRecord;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The rows of a run that starts. Documents are written out before the transaction, which others
 * wait for.
 *
 * @param code canonical JSON of the code version
 * @param codeDigest its digest
 * @param environment canonical JSON of the environment
 */
record RunStart(NewRun run, String code, Digest codeDigest, String environment) {
  private static final String NEXT_NUMBER =
      "SELECT coalesce(max(number), 0) + 1 FROM runs WHERE flow = ?";
  private static final String CODE =
      "INSERT INTO code_versions (digest, json) VALUES (?, ?) ON CONFLICT DO NOTHING";
  private static final String ENVIRONMENT =
      "INSERT INTO environments (digest, json) VALUES (?, ?) ON CONFLICT DO NOTHING";
  private static final String ENVIRONMENT_ID = "SELECT id FROM environments WHERE digest = ?";
  private static final String RUN =
      """
      INSERT INTO runs (flow, number, state, code, environment_id, seed, as_of, started_at, heard_at,
        started_by, runner_host, runner_pid, runner_started_at, project, branch, git_commit)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
      """;
  private static final String RUN_ID = "SELECT id FROM runs WHERE flow = ? AND number = ?";
  private static final String PARAMETER =
      "INSERT INTO parameters (run_id, name, value, plain) VALUES (?, ?, ?, ?)";
  private static final String TAG =
      "INSERT INTO tags (run_id, position, tag, run_started_at) VALUES (?, ?, ?, ?)";
  private static final String STEP =
      """
      INSERT INTO steps (run_id, name, position, dimensions, reads, code, reuse)
      VALUES (?, ?, ?, ?, ?, ?, ?)\
      """;
  private static final String DATASET =
      """
      INSERT INTO datasets (run_id, position, name, digest, location, captured_at)
      VALUES (?, ?, ?, ?, ?, ?)\
      """;

  static RunStart of(NewRun run) {
    String code = CodeJson.toJson(run.code()).canonical();
    return new RunStart(run, code, Digest.of(code), CodeJson.toJson(run.environment()).canonical());
  }

  RunRecord write(Session session) throws SQLException {
    session.update(CODE, codeDigest, code);
    Digest environmentDigest = Digest.of(environment);
    session.update(ENVIRONMENT, environmentDigest, environment);
    RunId id = new RunId(run.flow(), Math.toIntExact(session.number(NEXT_NUMBER, run.flow())));
    session.update(
        RUN,
        id.flow(),
        id.number(),
        RunState.RUNNING,
        codeDigest,
        session.number(ENVIRONMENT_ID, environmentDigest),
        run.seed(),
        run.asOf().toString(),
        run.startedAt(),
        run.startedAt(),
        run.by(),
        run.runner().host(),
        run.runner().pid(),
        run.runner().startedAt(),
        run.place().project(),
        run.place().branch(),
        run.place().commit());
    long runId = session.number(RUN_ID, id.flow(), id.number());
    writeParameters(session, runId, run.parameters());
    writeTags(session, runId);
    writeSteps(session, runId, run.steps(), 0, run.inline());
    writeDatasets(session, runId, run.datasets(), 0);
    return new RunRecord(
        id,
        RunState.RUNNING,
        run.parameters(),
        run.tags().stream().distinct().toList(),
        codeDigest,
        run.seed(),
        run.asOf(),
        run.startedAt(),
        run.startedAt(),
        Optional.empty(),
        run.by(),
        run.runner(),
        Optional.empty(),
        run.place());
  }

  static void writeParameters(Session session, long runId, SortedMap<String, Json> parameters)
      throws SQLException {
    for (var parameter : parameters.entrySet()) {
      Json value = parameter.getValue();
      session.later(PARAMETER, runId, parameter.getKey(), value.canonical(), plain(value));
    }
    session.flush(PARAMETER);
  }

  /** What a condition can be about: a number, a text or a truth value. */
  private static Optional<Object> plain(Json value) {
    return switch (value) {
      case Json.Num(String digits) -> Optional.of(Double.valueOf(digits));
      case Json.Str(String text) -> Optional.of(text);
      case Json.Bool(boolean truth) -> Optional.of(WhereSql.truthBytes(truth));
      case Json.Obj object -> Optional.empty();
      case Json.Arr array -> Optional.empty();
      case Json.Null nothing -> Optional.empty();
    };
  }

  private void writeTags(Session session, long runId) throws SQLException {
    int position = 0;
    for (Name tag : new LinkedHashSet<>(run.tags())) {
      session.later(TAG, runId, position++, tag, run.startedAt());
    }
    session.flush(TAG);
  }

  static void writeSteps(
      Session session, long runId, List<StepRecord> steps, int first, Map<Digest, byte[]> inline)
      throws SQLException {
    ArtifactRows artifacts = new ArtifactRows(session);
    int position = first;
    for (StepRecord step : steps) {
      if (step.code().isPresent()) {
        Artifact.Blob code = step.code().get();
        artifacts.add(code, Optional.ofNullable(inline.get(code.digest())));
      }
      session.later(
          STEP,
          runId,
          step.name(),
          position++,
          Json.ofStrings(step.dimensions()).canonical(),
          Json.ofStrings(step.reads()).canonical(),
          step.code().map(Artifact.Blob::digest),
          step.reuse().text());
    }
    artifacts.flush();
    session.flush(STEP);
  }

  static void writeDatasets(Session session, long runId, List<Dataset> datasets, int first)
      throws SQLException {
    ArtifactRows artifacts = new ArtifactRows(session);
    int position = first;
    for (Dataset dataset : datasets) {
      artifacts.add(dataset.artifact(), Optional.empty());
      session.later(
          DATASET,
          runId,
          position++,
          dataset.name(),
          dataset.artifact().digest(),
          dataset.location(),
          dataset.capturedAt());
    }
    artifacts.flush();
    session.flush(DATASET);
  }
}
