package dev.colophon.testkit;

import dev.colophon.core.run.RunLog;

class MemoryRunQueriesTest extends RunQueriesContract {
  private final MemoryCatalog catalog = new MemoryCatalog();

  @Override
  protected RunLog runLog() {
    return catalog.runLog();
  }
}
