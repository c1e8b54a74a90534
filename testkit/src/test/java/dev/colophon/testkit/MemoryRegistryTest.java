package dev.colophon.testkit;

import dev.colophon.core.model.Registry;
import dev.colophon.core.run.RunLog;

class MemoryRegistryTest extends RegistryContract {
  private final MemoryCatalog catalog = new MemoryCatalog();

  @Override
  protected RunLog runLog() {
    return catalog.runLog();
  }

  @Override
  protected Registry registry() {
    return catalog.registry();
  }
}
