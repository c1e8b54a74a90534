package dev.colophon.testkit;

import dev.colophon.core.model.Registry;
import dev.colophon.core.run.Outcomes;
import dev.colophon.core.run.RunLog;

class MemoryOutcomesTest extends OutcomesContract {
  private final MemoryCatalog catalog = new MemoryCatalog();

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
