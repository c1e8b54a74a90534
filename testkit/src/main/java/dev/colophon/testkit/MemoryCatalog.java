package dev.colophon.testkit;

import dev.colophon.core.model.Registry;
import dev.colophon.core.run.Outcomes;
import dev.colophon.core.run.RunLog;
import dev.colophon.core.run.TaskLogs;

/**
 * A catalog that forgets: run log, registry, outcomes and logs in memory, for tests of what stands
 * above them. Passes the contracts of all four. Safe for use by several threads.
 */
public final class MemoryCatalog {
  private final MemoryRecords records = new MemoryRecords();
  private final RunLog runLog = new MemoryRunLog(records);
  private final Registry registry = new MemoryRegistry(records);
  private final Outcomes outcomes = new MemoryOutcomes(records);
  private final TaskLogs taskLogs = new MemoryTaskLogs(records);

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
}
