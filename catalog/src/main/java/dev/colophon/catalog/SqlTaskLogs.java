package dev.colophon.catalog;

import dev.colophon.core.Subject.InRun;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.run.LogChunk;
import dev.colophon.core.run.TaskLogs;
import java.util.List;

/** What tasks said, in SQL. Safe for use by several threads. */
final class SqlTaskLogs implements TaskLogs {
  private final CatalogDatabase database;

  SqlTaskLogs(CatalogDatabase database) {
    this.database = database;
  }

  @Override
  public void append(RunId run, List<LogChunk> chunks) {
    List<LogRows.Packed> packed = chunks.stream().map(LogRows.Packed::of).toList();
    boolean done =
        database.note(
            session -> {
              LogRows.append(session, run, packed);
              return true;
            });
    if (done) {
      database.tidy();
    }
  }

  @Override
  public List<Piece> read(InRun of, long after, int limit) {
    return database.read(session -> LogRows.read(session, of, after, limit));
  }
}
