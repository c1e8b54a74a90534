package dev.colophon.catalog;

import dev.colophon.core.Digest;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.run.Outcomes;
import dev.colophon.core.run.TaskKey;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
  public Optional<TaskKey> findKey(TaskId task) {
    return database.read(session -> ReuseRows.key(session, task));
  }

  @Override
  public Optional<TaskId> findEarlier(TaskId task) {
    return database.read(session -> ReuseRows.earlier(session, task));
  }
}
