package dev.colophon.testkit;

import dev.colophon.core.ArtifactStore;
import dev.colophon.core.Digest;

class MemoryStoreTest extends ArtifactStoreContract {
  private final MemoryStore medium = new MemoryStore();

  @Override
  protected ArtifactStore openStore() {
    return medium.another();
  }

  @Override
  protected void corrupt(Digest digest) {
    medium.corrupt(digest);
  }
}
