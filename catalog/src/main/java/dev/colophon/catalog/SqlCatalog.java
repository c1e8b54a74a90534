package dev.colophon.catalog;

import dev.colophon.core.model.Registry;
import dev.colophon.core.run.Outcomes;
import dev.colophon.core.run.RunLog;
import dev.colophon.core.run.TaskLogs;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The embedded catalog: all records of one home, in one SQLite file that any number of processes
 * may use at once.
 *
 * <p>Nothing is opened before the first call of a port, and nothing is created before the first
 * write: a file that is missing reads as an empty catalog. Safe for use by several threads.
 */
public final class SqlCatalog implements AutoCloseable {
  /**
   * How long a call waits for other processes that hold the write lock; opening a connection may
   * take it a second time. Twice it, with the time between two signs of life, is shorter than the
   * silence that a run is declared lost for.
   */
  public static final Duration PATIENCE = Duration.ofSeconds(13);

  private final CatalogDatabase database;
  private final RunLog runLog;
  private final Registry registry;
  private final Outcomes outcomes;
  private final TaskLogs taskLogs;

  private SqlCatalog(CatalogDatabase database) {
    this.database = database;
    this.runLog = new SqlRunLog(database);
    this.registry = new SqlRegistry(database);
    this.outcomes = new SqlOutcomes(database);
    this.taskLogs = new SqlTaskLogs(database);
  }

  /**
   * The catalog in a file.
   *
   * @param file such as {@code .colophon/catalog.db}; its folder is made at the first write. Beside
   *     it SQLite keeps {@code -wal} and {@code -shm} files while the catalog is in use
   */
  public static SqlCatalog at(Path file) {
    return within(file, Limits.DEFAULT);
  }

  static SqlCatalog within(Path file, Limits limits) {
    return new SqlCatalog(new CatalogDatabase(file, limits));
  }

  /** What happened in runs. */
  public RunLog runLog() {
    return runLog;
  }

  /** Models, their versions and aliases. */
  public Registry registry() {
    return registry;
  }

  /** Outcomes of tasks, by what they depend on. */
  public Outcomes outcomes() {
    return outcomes;
  }

  /** What tasks said. */
  public TaskLogs taskLogs() {
    return taskLogs;
  }

  CatalogDatabase database() {
    return database;
  }

  /** Lets go of the file. Calls that come later are refused as unavailable. */
  @Override
  public void close() {
    database.close();
  }
}
