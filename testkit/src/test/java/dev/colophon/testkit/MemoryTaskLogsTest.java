package dev.colophon.testkit;

import dev.colophon.core.run.RunLog;
import dev.colophon.core.run.TaskLogs;

class MemoryTaskLogsTest extends TaskLogsContract {
  private final MemoryCatalog catalog = new MemoryCatalog();

  @Override
  protected RunLog runLog() {
    return catalog.runLog();
  }

  @Override
  protected TaskLogs taskLogs() {
    return catalog.taskLogs();
  }
}
