package dev.colophon.testkit;

import dev.colophon.core.run.RunLog;

class MemoryRunSearchTest extends RunSearchContract {
  private final MemoryCatalog catalog = new MemoryCatalog();

  @Override
  protected RunLog runLog() {
    return catalog.runLog();
  }
}
