package dev.colophon.catalog;

import dev.colophon.core.run.RunLog;
import dev.colophon.testkit.TagsContract;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Another way into the records is another catalog on the file, which shares no lock with it. */
class SqlTagsTest extends TagsContract {
  private final Path file;
  private final List<SqlCatalog> catalogs = new ArrayList<>();
  private final RunLog runLog;

  SqlTagsTest(@TempDir Path folder) {
    file = folder.resolve("home/catalog.db");
    runLog = another();
  }

  @AfterEach
  void close() {
    catalogs.forEach(SqlCatalog::close);
  }

  @Override
  protected RunLog runLog() {
    return runLog;
  }

  @Override
  protected final RunLog another() {
    SqlCatalog catalog = SqlCatalog.at(file);
    catalogs.add(catalog);
    return catalog.runLog();
  }
}
