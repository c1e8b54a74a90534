package dev.colophon.embedded;

import dev.colophon.core.Artifact;
import dev.colophon.core.ArtifactStore;
import dev.colophon.core.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

/**
 * A store for work whose outcome may become needless: once abandoned, each call throws {@link
 * CancellationException}, so that the work ends soon. Closing does nothing. Thread-safe.
 */
final class AbandonableStore implements ArtifactStore {
  private final Supplier<ArtifactStore> store;
  private volatile boolean abandoned;

  /**
   * @param store opened when it is first called
   */
  AbandonableStore(Supplier<ArtifactStore> store) {
    this.store = store;
  }

  /** The work is needless from now on. */
  void abandon() {
    abandoned = true;
  }

  private ArtifactStore wanted() {
    if (abandoned) {
      throw new CancellationException("nobody waits for it any more");
    }
    return store.get();
  }

  @Override
  public Artifact.Blob put(Writer writer) throws IOException {
    return wanted().put(writer);
  }

  @Override
  public Artifact.Blob putFile(Path file) throws IOException {
    return wanted().putFile(file);
  }

  @Override
  public Set<Digest> missing(Collection<Digest> digests) {
    return wanted().missing(digests);
  }

  @Override
  public InputStream open(Digest digest) {
    return wanted().open(digest);
  }

  @Override
  public void copyTo(Digest digest, Path file) {
    wanted().copyTo(digest, file);
  }

  @Override
  public void sync() {
    wanted().sync();
  }

  @Override
  public void close() {}
}
