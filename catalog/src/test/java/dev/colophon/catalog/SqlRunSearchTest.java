package dev.colophon.catalog;

import dev.colophon.core.run.RunLog;
import dev.colophon.testkit.RunSearchContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class SqlRunSearchTest extends RunSearchContract {
  private final SqlCatalog catalog;

  SqlRunSearchTest(@TempDir Path folder) {
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
}
