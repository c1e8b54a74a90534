package dev.colophon.catalog;

import dev.colophon.core.run.RunLog;
import dev.colophon.core.run.TaskLogs;
import dev.colophon.testkit.TaskLogsContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class SqlTaskLogsTest extends TaskLogsContract {
  private final SqlCatalog catalog;

  SqlTaskLogsTest(@TempDir Path folder) {
    catalog = SqlCatalog.at(folder.resolve("home/catalog.db"));
  }

  @AfterEach
  void close() {
    catalog.close();
  }

  @Override
  protected RunLog runLog() {
    return catalog.runLog();
  }

  @Override
  protected TaskLogs taskLogs() {
    return catalog.taskLogs();
  }
}
