package dev.colophon.testkit;

import dev.colophon.core.Artifact;
import dev.colophon.core.ArtifactStore;
import dev.colophon.core.Digest;
import dev.colophon.core.error.ColophonException.Corrupt;
import dev.colophon.core.error.ColophonException.Unavailable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * An {@link ArtifactStore} whose medium fails when a test says so, and otherwise does what the
 * store behind it does. Any thread may call.
 */
public final class FaultyStore implements ArtifactStore {
  /** How a medium fails, in the words of Linux. */
  public enum Fault {
    NONE(""),
    FULL("No space left on device"),
    READ_ONLY("Read-only file system"),
    BROKEN("Input/output error");

    private final String text;

    Fault(String text) {
      this.text = text;
    }

    private Unavailable refusal(String what) {
      return new Unavailable(
          "store of this test: can't %s: %s".formatted(what, text), new IOException(text));
    }
  }

  private final ArtifactStore store;
  private final AtomicReference<Fault> writing = new AtomicReference<>(Fault.NONE);
  private final AtomicReference<Fault> syncing = new AtomicReference<>(Fault.NONE);
  private final AtomicLong bytesLeft = new AtomicLong();
  private final Set<Digest> corrupt = ConcurrentHashMap.newKeySet();

  public FaultyStore(ArtifactStore store) {
    this.store = store;
  }

  /** From now on, writing fails once so many bytes were taken, over all puts together. */
  public void failAfter(long bytes, Fault fault) {
    bytesLeft.set(bytes);
    writing.set(fault);
  }

  /** From now on, {@link #sync} fails. */
  public void failSync(Fault fault) {
    syncing.set(fault);
  }

  /** From now on, this content is refused as damaged. */
  public void corrupt(Digest digest) {
    corrupt.add(digest);
  }

  /** The medium is well again. */
  public void heal() {
    writing.set(Fault.NONE);
    syncing.set(Fault.NONE);
    corrupt.clear();
  }

  private void take(long bytes) {
    var fault = writing.get();
    if (fault != Fault.NONE && bytesLeft.addAndGet(-bytes) < 0) {
      throw fault.refusal("write");
    }
  }

  @Override
  public Artifact.Blob put(Writer writer) throws IOException {
    take(0);
    return store.put(out -> writer.writeTo(new Taken(out)));
  }

  @Override
  public Artifact.Blob putFile(Path file) throws IOException {
    take(Files.size(file));
    return store.putFile(file);
  }

  @Override
  public Set<Digest> missing(Collection<Digest> digests) {
    return store.missing(digests);
  }

  @Override
  public InputStream open(Digest digest) {
    refuseIfCorrupt(digest);
    return store.open(digest);
  }

  @Override
  public void copyTo(Digest digest, Path file) {
    refuseIfCorrupt(digest);
    store.copyTo(digest, file);
  }

  private void refuseIfCorrupt(Digest digest) {
    if (corrupt.contains(digest)) {
      throw new Corrupt("content %s: damaged by this test".formatted(digest));
    }
  }

  @Override
  public void sync() {
    if (syncing.get() != Fault.NONE) {
      throw syncing.get().refusal("sync");
    }
    store.sync();
  }

  @Override
  public void close() {
    store.close();
  }

  /** Passes on as many bytes as the fault lets through. */
  private final class Taken extends OutputStream {
    private final OutputStream out;

    Taken(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      take(1);
      out.write(b);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      take(length);
      out.write(bytes, from, length);
    }
  }
}
