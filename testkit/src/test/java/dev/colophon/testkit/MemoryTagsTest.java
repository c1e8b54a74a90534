package dev.colophon.testkit;

import dev.colophon.core.run.RunLog;

class MemoryTagsTest extends TagsContract {
  private final MemoryCatalog catalog = new MemoryCatalog();

  @Override
  protected RunLog runLog() {
    return catalog.runLog();
  }

  @Override
  protected RunLog another() {
    return catalog.runLog();
  }
}
