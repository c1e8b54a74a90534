package dev.colophon.catalog;

import dev.colophon.core.model.Registry;
import dev.colophon.core.run.Outcomes;
import dev.colophon.core.run.RunLog;
import dev.colophon.testkit.OutcomesContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class SqlOutcomesTest extends OutcomesContract {
  private final SqlCatalog catalog;

  SqlOutcomesTest(@TempDir Path folder) {
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
  protected Registry registry() {
    return catalog.registry();
  }

  @Override
  protected Outcomes outcomes() {
    return catalog.outcomes();
  }
}
