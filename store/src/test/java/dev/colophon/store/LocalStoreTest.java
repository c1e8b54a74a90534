package dev.colophon.store;

import dev.colophon.core.ArtifactStore;
import dev.colophon.core.Digest;
import dev.colophon.testkit.ArtifactStoreContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;

class LocalStoreTest extends ArtifactStoreContract {
  @TempDir private Path folder;

  final Path root() {
    return folder.resolve("store");
  }

  @Override
  protected ArtifactStore openStore() {
    return new LocalStore(root(), UUID::randomUUID);
  }

  @Override
  protected void corrupt(Digest digest) throws IOException {
    var medium = new StoreFolder(root(), new Disk(), UUID::randomUUID);
    for (var pack : medium.allPacks().entrySet()) {
      for (Entry entry : PackScan.entries(pack.getKey(), pack.getValue())) {
        if (entry.digest().equals(digest)) {
          Samples.flip(pack.getValue(), entry.from() + entry.storedBytes() / 2);
        }
      }
    }
  }
}
