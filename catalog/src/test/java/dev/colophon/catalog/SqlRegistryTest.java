package dev.colophon.catalog;

import dev.colophon.core.model.Registry;
import dev.colophon.core.run.RunLog;
import dev.colophon.testkit.RegistryContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class SqlRegistryTest extends RegistryContract {
  private final SqlCatalog catalog;

  SqlRegistryTest(@TempDir Path folder) {
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
}
