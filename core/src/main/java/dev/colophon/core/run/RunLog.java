package dev.colophon.core.run;

import dev.colophon.core.Artifact;
import dev.colophon.core.Digest;
import dev.colophon.core.Name;
import dev.colophon.core.Page;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.code.CodeVersion;
import dev.colophon.core.code.Environment;
import dev.colophon.core.error.ColophonException.Conflict;
import dev.colophon.core.error.ColophonException.Corrupt;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.error.ColophonException.NotFound;
import dev.colophon.core.query.RunQuery;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What happened in runs, written once, when it happens. All methods may be called from any thread
 * and from several processes on one catalog.
 */
public interface RunLog {
  /**
   * Records the start of a run, durably, and gives it the next number of its flow, without gaps.
   */
  RunRecord start(NewRun run);

  /**
   * A sign of life, with the tasks begun since the last one. Not durable by itself: a power cut may
   * lose it, and nothing else. It does not queue behind other calls of this process.
   *
   * @param clock asked once nobody else can write: however long the call waited, the sign is of the
   *     moment at which it is recorded
   * @throws Conflict if the run is not running any more, such as when it was declared lost
   */
  void beat(RunId run, InstantSource clock, Collection<Begun> begun);

  /** A sign of life of a moment that is known. */
  default void beat(RunId run, Instant at, Collection<Begun> begun) {
    beat(run, InstantSource.fixed(at), begun);
  }

  /**
   * Adds to a running run. Not durable by itself, as {@link #beat}, but no later than what is
   * committed next.
   *
   * @throws Conflict if the run is not running any more, or a parameter has another value already
   * @throws Invalid if there is such a step already
   */
  void append(RunId run, RunAddition addition);

  /** A task that began. */
  record Begun(TaskId task, int attempt, Instant at) {}

  /**
   * Commits finished tasks of one run in one durable transaction, all or none, and gives numbers to
   * the model versions among them, in list order. A task comes after those that it read from, in
   * the list or in an earlier commit. It is a sign of life too.
   *
   * @param clock asked when all is written and nobody else can write, for the moment of the sign
   * @return for each task, in list order, the output as recorded
   * @throws Conflict if the run is not running any more: nothing of a run that was declared lost is
   *     ever added; or if a task among them has completed already, or its attempt has ended
   * @throws Invalid if a task is of another run or of a step that the run was started without, if
   *     an input is from a task that is not recorded, or if inline content is too large
   */
  List<Optional<Output>> commit(RunId run, List<TaskEnd> ends, InstantSource clock);

  /** Commits finished tasks; the sign of life is of the moment at which the last of them ended. */
  default List<Optional<Output>> commit(RunId run, List<TaskEnd> ends) {
    Instant last =
        ends.stream().map(TaskEnd::endedAt).max(Comparator.naturalOrder()).orElse(Instant.EPOCH);
    return commit(run, ends, InstantSource.fixed(last));
  }

  /**
   * Ends a run, durably. Tasks of it that are still running end in the same state.
   *
   * @throws Conflict if it has ended already
   */
  RunRecord end(RunId run, RunState state, Instant at, Optional<RunRecord.RunFailure> failure);

  /**
   * Declares lost every running run whose runner is gone by the caller's judgement; returns them.
   */
  List<RunId> declareLost(Predicate<RunRecord> gone, Instant at);

  Optional<RunRecord> findRun(RunId run);

  /**
   * A run that must be there.
   *
   * @throws NotFound if there is no such run
   */
  default RunRecord getRun(RunId run) {
    return findRun(run)
        .orElseThrow(
            () -> new NotFound("run %s: no such run; \"colophon runs\" lists them".formatted(run)));
  }

  /** Newest start first. */
  default Page<RunRecord> listRuns(RunFilter filter) {
    return listRuns(filter.query());
  }

  /**
   * Runs that a condition holds for. {@code next} of a page is the id of its last run.
   *
   * @throws Invalid if the page is to go on after what is no run
   */
  Page<RunRecord> listRuns(RunQuery query);

  /**
   * Gives tags to runs and takes tags from them, durably, for all of the runs or for none. Neither
   * what others change at the same time nor a run's time or place in any order is touched. Tags
   * that a run has already, or hasn't, stay so, and leave no trace in the history.
   *
   * @return the runs as they are now, in the order given
   * @throws NotFound if one of them does not exist
   */
  List<RunRecord> tag(List<RunId> runs, TagChange change);

  /** What people did to the tags of a run since its start, oldest first. */
  List<TagMove> tagHistory(RunId run);

  /**
   * A token that lets runs write into the production branch of a project.
   *
   * @param digest of its text, which nobody keeps here
   * @param by account of the person who made it
   */
  record ProductionToken(Digest digest, Instant at, String by) {}

  /** The token of a project that counts now. */
  Optional<ProductionToken> productionToken(Name project);

  /**
   * Makes a token, by compare-and-set; the one before counts no more.
   *
   * @param expected digest of the one that must count now; empty if there must be none
   * @throws Conflict if another counts
   */
  void makeProductionToken(Name project, Optional<Digest> expected, ProductionToken token);

  /** The newest run of each flow, in the order of the flows' names; its number counts them. */
  List<RunRecord> newestRuns();

  /**
   * Everything recorded of a run.
   *
   * @throws NotFound if there is no such run
   */
  RunGraph getGraph(RunId run);

  /** Metrics of a run's tasks, in the order of measuring. */
  Map<TaskId, List<Metric>> metrics(RunId run);

  /**
   * Where a run took place.
   *
   * @throws NotFound if there is no such run
   */
  Environment getEnvironment(RunId run);

  /**
   * A code version that some run had.
   *
   * @throws NotFound if no run had this code version
   */
  CodeVersion getCode(Digest code);

  /** An artifact or dataset that some record names. */
  Optional<Artifact> findArtifact(Digest digest);

  /**
   * Digests that begin with these hexadecimal digits and that some record names; at most {@code
   * limit}.
   */
  List<Digest> findDigests(String prefix, int limit);

  /** Content that the catalog itself keeps, being small. */
  default Optional<byte[]> findInline(Digest digest) {
    return Optional.ofNullable(findInline(List.of(digest)).get(digest));
  }

  /**
   * Content of these that the catalog itself keeps, being small; the others are absent.
   *
   * @throws Corrupt if the bytes are not what their digest says
   */
  Map<Digest, byte[]> findInline(Collection<Digest> digests);

  /** Tasks that left behind an artifact, oldest first. */
  List<TaskId> makersOf(Digest artifact);

  /** Tasks that read any of these artifacts, by artifact. */
  Map<Digest, List<TaskId>> readersOf(Collection<Digest> artifacts);

  /** Outputs of these tasks; a task without one is absent. */
  Map<TaskId, Output> outputsOf(Collection<TaskId> tasks);

  /** Captures of datasets with this digest or this name, newest first. */
  List<CapturedDataset> findDatasets(Optional<Digest> digest, Optional<String> name);

  /** A dataset together with the run that captured it. */
  record CapturedDataset(RunId run, Dataset dataset) {}
}
