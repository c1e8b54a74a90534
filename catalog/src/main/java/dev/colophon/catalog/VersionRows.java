package dev.colophon.catalog;

import dev.colophon.core.Subject.VersionId;
import dev.colophon.core.json.Json;
import dev.colophon.core.model.VersionDraft;
import java.sql.SQLException;
import java.time.Instant;

/**
 * Gives numbers to model versions, inside the transaction that commits the tasks which made them.
 */
final class VersionRows {
  private static final String MODEL = "INSERT INTO models (name) VALUES (?) ON CONFLICT DO NOTHING";
  private static final String MODEL_ID = "SELECT id FROM models WHERE name = ?";
  private static final String NEXT_NUMBER =
      "SELECT coalesce(max(number), 0) + 1 FROM versions WHERE model_id = ?";
  private static final String ADD =
      """
      INSERT INTO versions (model_id, number, digest, codec, task_id, created_at, created_by,
        description, metrics, tags)
      SELECT ?, ?, ?, ?, ?, ?, started_by, ?, ?, ? FROM runs WHERE id = ?\
      """;
  private static final String ROW_ID = "SELECT id FROM versions WHERE model_id = ? AND number = ?";

  private final Session session;
  private final long runId;

  VersionRows(Session session, long runId) {
    this.session = session;
    this.runId = runId;
  }

  /**
   * A version that has its number.
   *
   * @param rowId key of its row
   */
  record Made(VersionId id, long rowId) {}

  Made add(VersionDraft draft, long taskId, Instant at) throws SQLException {
    session.update(MODEL, draft.model());
    long modelId = session.number(MODEL_ID, draft.model());
    int number = Math.toIntExact(session.number(NEXT_NUMBER, modelId));
    Json.Builder metrics = Json.object();
    draft.metrics().forEach((name, value) -> metrics.put(name, value));
    Json.Builder tags = Json.object();
    draft.tags().forEach((name, value) -> tags.put(name, value));
    session.update(
        ADD,
        modelId,
        number,
        draft.artifact().digest(),
        draft.codec(),
        taskId,
        at,
        draft.description(),
        metrics.build().canonical(),
        tags.build().canonical(),
        runId);
    return new Made(new VersionId(draft.model(), number), session.number(ROW_ID, modelId, number));
  }
}
