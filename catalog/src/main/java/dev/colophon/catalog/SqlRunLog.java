package dev.colophon.catalog;

import dev.colophon.core.Artifact;
import dev.colophon.core.Digest;
import dev.colophon.core.Name;
import dev.colophon.core.Page;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.code.CodeVersion;
import dev.colophon.core.code.Environment;
import dev.colophon.core.query.RunQuery;
import dev.colophon.core.run.Metric;
import dev.colophon.core.run.NewRun;
import dev.colophon.core.run.Output;
import dev.colophon.core.run.RunAddition;
import dev.colophon.core.run.RunGraph;
import dev.colophon.core.run.RunLog;
import dev.colophon.core.run.RunRecord;
import dev.colophon.core.run.RunState;
import dev.colophon.core.run.TagChange;
import dev.colophon.core.run.TagMove;
import dev.colophon.core.run.TaskEnd;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The run log in SQL: which work is done in which kind of transaction. Safe for use by several
 * threads.
 */
final class SqlRunLog implements RunLog {
  private final CatalogDatabase database;

  SqlRunLog(CatalogDatabase database) {
    this.database = database;
  }

  @Override
  public RunRecord start(NewRun run) {
    RunStart start = RunStart.of(run);
    return database.write(start::write);
  }

  @Override
  public void beat(RunId run, InstantSource clock, Collection<Begun> begun) {
    List<Begun> tasks = List.copyOf(begun);
    boolean done =
        database.sign(
            session -> {
              long runId = RunMoves.running(session, run);
              RunMoves.heard(session, runId, clock.instant());
              new TaskRows(session, run, runId).begin(tasks);
              return true;
            });
    if (done) {
      database.tidy();
    }
  }

  @Override
  public void append(RunId run, RunAddition addition) {
    database.note(
        session -> {
          RunMore.write(session, RunMoves.running(session, run), addition);
          return true;
        });
  }

  @Override
  public List<Optional<Output>> commit(RunId run, List<TaskEnd> ends, InstantSource clock) {
    List<TaskEnd> tasks = List.copyOf(ends);
    return database.write(
        session -> {
          long runId = RunMoves.running(session, run);
          List<Optional<Output>> outputs = new TaskCommit(session, run, runId).commit(tasks);
          RunMoves.heard(session, runId, clock.instant());
          return outputs;
        });
  }

  @Override
  public RunRecord end(
      RunId run, RunState state, Instant at, Optional<RunRecord.RunFailure> failure) {
    RunRecord ended = database.write(session -> RunMoves.end(session, run, state, at, failure));
    database.tidy();
    return ended;
  }

  @Override
  public List<RunId> declareLost(Predicate<RunRecord> gone, Instant at) {
    List<RunRecord> lost =
        database.read(session -> RunReads.running(session)).stream().filter(gone).toList();
    return lost.isEmpty() ? List.of() : database.write(session -> RunMoves.lose(session, lost, at));
  }

  @Override
  public Optional<RunRecord> findRun(RunId run) {
    return database.read(session -> RunReads.find(session, run));
  }

  @Override
  public Page<RunRecord> listRuns(RunQuery query) {
    return database.read(session -> RunSearch.list(session, query));
  }

  @Override
  public List<RunRecord> tag(List<RunId> runs, TagChange change) {
    List<RunId> tagged = List.copyOf(runs);
    return database.write(session -> TagRows.change(session, tagged, change));
  }

  @Override
  public List<TagMove> tagHistory(RunId run) {
    return database.read(session -> TagRows.history(session, run));
  }

  @Override
  public Optional<ProductionToken> productionToken(Name project) {
    return database.read(session -> TokenRows.find(session, project));
  }

  @Override
  public void makeProductionToken(Name project, Optional<Digest> expected, ProductionToken token) {
    database.write(session -> TokenRows.make(session, project, expected, token));
  }

  @Override
  public List<RunRecord> newestRuns() {
    return database.read(RunReads::newest);
  }

  @Override
  public RunGraph getGraph(RunId run) {
    return database.read(session -> GraphReads.get(session, run));
  }

  @Override
  public Map<TaskId, List<Metric>> metrics(RunId run) {
    return database.read(session -> GraphReads.metrics(session, run));
  }

  @Override
  public Environment getEnvironment(RunId run) {
    return database.read(session -> RunReads.environment(session, run));
  }

  @Override
  public CodeVersion getCode(Digest code) {
    return database.read(session -> RunReads.code(session, code));
  }

  @Override
  public Optional<Artifact> findArtifact(Digest digest) {
    return database.read(session -> ArtifactReads.find(session, digest));
  }

  @Override
  public List<Digest> findDigests(String prefix, int limit) {
    return database.read(session -> ArtifactReads.digests(session, prefix, limit));
  }

  @Override
  public Map<Digest, byte[]> findInline(Collection<Digest> digests) {
    List<Digest> asked = List.copyOf(digests);
    return database.read(session -> ArtifactReads.inline(session, asked));
  }

  @Override
  public List<TaskId> makersOf(Digest artifact) {
    return database.read(session -> ArtifactReads.makers(session, artifact));
  }

  @Override
  public Map<Digest, List<TaskId>> readersOf(Collection<Digest> artifacts) {
    List<Digest> asked = List.copyOf(artifacts);
    return database.read(session -> ArtifactReads.readers(session, asked));
  }

  @Override
  public Map<TaskId, Output> outputsOf(Collection<TaskId> tasks) {
    List<TaskId> asked = List.copyOf(tasks);
    return database.read(session -> ArtifactReads.outputs(session, asked));
  }

  @Override
  public List<CapturedDataset> findDatasets(Optional<Digest> digest, Optional<String> name) {
    return database.read(session -> ArtifactReads.datasets(session, digest, name));
  }
}
