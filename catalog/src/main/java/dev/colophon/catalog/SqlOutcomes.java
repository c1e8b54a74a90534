package dev.colophon.catalog;

import dev.colophon.core.Digest;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.run.Outcomes;
import dev.colophon.core.run.TaskKey;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Outcomes in SQL. Safe for use by several threads. */
final class SqlOutcomes implements Outcomes {
  private final CatalogDatabase database;

  SqlOutcomes(CatalogDatabase database) {
    this.database = database;
  }

  @Override
  public Map<TaskId, Claim> claim(RunId run, Map<TaskId, Digest> keys) {
    Map<TaskId, Digest> wanted = Map.copyOf(keys);
    return database.note(
        session -> ReuseRows.claim(session, RunMoves.running(session, run), wanted));
  }

  @Override
  public Map<Digest, Outcome> find(Collection<Digest> keys) {
    List<Digest> wanted = List.copyOf(keys);
    return database.read(session -> ReuseRows.find(session, wanted));
  }

  @Override
  public Map<TaskId, TaskKey> findKeys(Collection<TaskId> tasks) {
    List<TaskId> wanted = List.copyOf(tasks);
    return database.read(session -> ReuseRows.keys(session, wanted));
  }

  @Override
  public Map<TaskId, TaskId> findEarlier(Collection<TaskId> tasks) {
    List<TaskId> wanted = List.copyOf(tasks);
    return database.read(session -> ReuseRows.earlier(session, wanted));
  }
}
