package dev.colophon.catalog;

import dev.colophon.core.Subject.RunId;
import dev.colophon.core.error.ColophonException.Conflict;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.error.ColophonException.NotFound;
import dev.colophon.core.run.RunRecord;
import dev.colophon.core.run.RunRecord.RunFailure;
import dev.colophon.core.run.RunState;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What moves a run from running to its end, and the fence that keeps a run which has ended as it
 * is.
 */
final class RunMoves {
  private static final String STANDING = "SELECT id, state FROM runs WHERE flow = ? AND number = ?";
  private static final String HEARD = "UPDATE runs SET heard_at = max(heard_at, ?) WHERE id = ?";
  private static final String END =
      """
      UPDATE runs SET state = ?, ended_at = ?, heard_at = max(heard_at, ?), failed_task = ?, failure = ?
      WHERE id = ?\
      """;
  private static final String LOSE =
      """
      UPDATE runs SET state = 'lost', ended_at = ?
      WHERE flow = ? AND number = ? AND state = 'running' AND heard_at = ?\
      """;

  private RunMoves() {}

  /** A run's row. */
  private record Standing(long id, RunState state) {}

  /**
   * Key of a run's row, inside the transaction that relies on it.
   *
   * @throws NotFound if there is no such run
   * @throws Conflict if it is not running any more
   */
  static long running(Session session, RunId run) throws SQLException {
    Standing standing =
        session
            .first(
                STANDING,
                row -> new Standing(row.number("id"), row.state("state")),
                run.flow(),
                run.number())
            .orElseThrow(() -> RunReads.noRun(run));
    if (standing.state().isFinal()) {
      throw new Conflict(
          "run %s: found %s, expected running; nothing is added to a run that has ended, start another"
              .formatted(run, standing.state().text()));
    }
    return standing.id();
  }

  static void heard(Session session, long runId, Instant at) throws SQLException {
    session.update(HEARD, at, runId);
  }

  static RunRecord end(
      Session session, RunId run, RunState state, Instant at, Optional<RunFailure> failure)
      throws SQLException {
    if (!state.isFinal()) {
      throw new Invalid("run %s: end in state running, expected a final one".formatted(run));
    }
    long id = running(session, run);
    session.update(
        END, state, at, at, failure.map(RunFailure::task), failure.map(RunFailure::headline), id);
    ReuseRows.releaseAll(session, id);
    return RunReads.find(session, run).orElseThrow(() -> RunReads.noRun(run));
  }

  /** Loses those that have stayed silent since they were judged. */
  static List<RunId> lose(Session session, List<RunRecord> judged, Instant at) throws SQLException {
    List<RunId> lost = new ArrayList<>();
    for (RunRecord run : judged) {
      RunId id = run.id();
      if (session.update(LOSE, at, id.flow(), id.number(), run.heardAt()) == 1) {
        lost.add(id);
      }
    }
    return lost;
  }
}
