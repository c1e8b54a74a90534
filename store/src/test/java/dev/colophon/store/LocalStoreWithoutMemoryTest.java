package dev.colophon.store;

import dev.colophon.core.ArtifactStore;
import java.util.UUID;

/** The same store when no heap is left for its readers: long content is read in two passes. */
class LocalStoreWithoutMemoryTest extends LocalStoreTest {
  @Override
  protected ArtifactStore openStore() {
    return new LocalStore(root(), UUID::randomUUID, new Disk(), 1 << 23, 0);
  }
}
