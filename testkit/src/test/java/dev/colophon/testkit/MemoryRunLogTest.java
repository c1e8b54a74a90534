package dev.colophon.testkit;

import dev.colophon.core.run.RunLog;

class MemoryRunLogTest extends RunLogContract {
  private final MemoryCatalog catalog = new MemoryCatalog();

  @Override
  protected RunLog runLog() {
    return catalog.runLog();
  }
}
