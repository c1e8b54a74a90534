package dev.colophon.catalog;

import dev.colophon.core.Name;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.error.ColophonException.NotFound;
import dev.colophon.core.run.RunRecord;
import dev.colophon.core.run.TagChange;
import dev.colophon.core.run.TagMove;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tags that move. A row is added or deleted by itself, never a set that was read before, so that
 * nobody's change undoes another's.
 */
final class TagRows {
  private static final String RUN_ID = "SELECT id FROM runs WHERE flow = ? AND number = ?";
  private static final String ADD =
      """
      INSERT INTO tags (run_id, position, tag, run_started_at)
      SELECT r.id, (SELECT coalesce(max(position), -1) + 1 FROM tags WHERE run_id = r.id), ?, r.started_at
      FROM runs r WHERE r.id = ? ON CONFLICT (tag, run_started_at, run_id) DO NOTHING\
      """;
  private static final String REMOVE = "DELETE FROM tags WHERE run_id = ? AND tag = ?";
  private static final String MOVED =
      "INSERT INTO tag_moves (run_id, tag, added, moved_at, moved_by) VALUES (?, ?, ?, ?, ?)";
  private static final String HISTORY =
      """
      SELECT m.tag, m.added, m.moved_at, m.moved_by FROM runs r JOIN tag_moves m ON m.run_id = r.id
      WHERE r.flow = ? AND r.number = ? ORDER BY m.id\
      """;

  private TagRows() {}

  /**
   * @throws NotFound if one of the runs does not exist
   */
  static List<RunRecord> change(Session session, List<RunId> runs, TagChange change)
      throws SQLException {
    List<RunRecord> changed = new ArrayList<>();
    for (RunId run : runs) {
      Optional<Long> id = session.first(RUN_ID, row -> row.number("id"), run.flow(), run.number());
      long runId = id.orElseThrow(() -> RunReads.noRun(run));
      for (Name tag : change.add()) {
        if (session.update(ADD, tag, runId) == 1) {
          session.update(MOVED, runId, tag, 1, change.at(), change.by());
        }
      }
      for (Name tag : change.remove()) {
        if (session.update(REMOVE, runId, tag) == 1) {
          session.update(MOVED, runId, tag, 0, change.at(), change.by());
        }
      }
      changed.add(RunReads.find(session, run).orElseThrow(() -> RunReads.noRun(run)));
    }
    return changed;
  }

  static List<TagMove> history(Session session, RunId run) throws SQLException {
    return session.list(
        HISTORY,
        row ->
            new TagMove(
                run,
                row.name("tag"),
                row.number("added") == 1,
                row.moment("moved_at"),
                row.text("moved_by")),
        run.flow(),
        run.number());
  }
}
