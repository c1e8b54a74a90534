package dev.colophon.catalog;

import dev.colophon.core.run.Metric;
import dev.colophon.core.run.TaskEnd;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run measured last under each name, kept for searches: by its tasks, and of the model
 * versions that it registered; of tasks that took their outcomes from others, what those measured.
 */
final class RunMetricRows {
  private static final String LATEST =
      """
      ON CONFLICT (run_id, name) DO UPDATE
      SET value = excluded.value, measured_at = excluded.measured_at
      WHERE excluded.measured_at >= measured_at\
      """;
  private static final String ADD =
      "INSERT INTO run_metrics (run_id, name, value, measured_at) VALUES (?, ?, ?, ?) " + LATEST;

  /** Metrics that belong to a task, or to the one whose outcome it took. */
  private static final String OF_ORIGIN =
      """
      INSERT INTO run_metrics (run_id, name, value, measured_at)
      SELECT ?, m.name, m.value, m.measured_at
      FROM tasks t JOIN metrics m ON m.task_id = t.origin_task_id
      WHERE t.id = ? ORDER BY m.attempt, m.position
      """
          + LATEST;

  private static final String OF_ORIGINAL_VERSION =
      """
      INSERT INTO run_metrics (run_id, name, value, measured_at)
      SELECT ?, j.key,
        CASE j.value WHEN 'NaN' THEN NULL WHEN 'Infinity' THEN 9e999 WHEN '-Infinity' THEN -9e999
          ELSE j.value END,
        v.created_at
      FROM outputs o JOIN versions v ON v.id = o.version_id JOIN json_each(v.metrics) j
      WHERE o.task_id = ?
      """
          + LATEST;

  private final Session session;
  private final long runId;
  private final Map<String, Measured> last = new LinkedHashMap<>();
  private final List<Long> reused = new ArrayList<>();

  private record Measured(double value, Instant at) {}

  RunMetricRows(Session session, long runId) {
    this.session = session;
    this.runId = runId;
  }

  void add(long taskId, TaskEnd end) {
    for (Metric metric : end.metrics()) {
      add(metric.name(), new Measured(metric.value(), metric.at()));
    }
    end.result()
        .ifPresent(
            result -> {
              switch (result) {
                case TaskEnd.Value value -> {}
                case TaskEnd.Reused other -> reused.add(taskId);
                case TaskEnd.Registration(var draft) ->
                    draft
                        .metrics()
                        .forEach((name, value) -> add(name, new Measured(value, end.endedAt())));
              }
            });
  }

  private void add(String name, Measured measured) {
    last.merge(name, measured, (old, young) -> young.at().isBefore(old.at()) ? old : young);
  }

  /** Writes what was added; after the rows of the tasks. */
  void flush() throws SQLException {
    for (Map.Entry<String, Measured> metric : last.entrySet()) {
      Measured measured = metric.getValue();
      session.later(ADD, runId, metric.getKey(), measured.value(), measured.at());
    }
    session.flush(ADD);
    for (long taskId : reused) {
      session.later(OF_ORIGIN, runId, taskId);
      session.later(OF_ORIGINAL_VERSION, runId, taskId);
    }
    session.flush(OF_ORIGIN);
    session.flush(OF_ORIGINAL_VERSION);
    last.clear();
    reused.clear();
  }
}
