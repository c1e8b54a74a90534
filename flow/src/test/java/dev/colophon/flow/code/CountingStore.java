package dev.colophon.flow.code;

import dev.colophon.core.Artifact;
import dev.colophon.core.ArtifactStore;
import dev.colophon.core.Digest;
import dev.colophon.core.TreeListing;
import dev.colophon.core.TreeListing.Kind;
import dev.colophon.core.error.ColophonException.NotFound;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Keeps bytes in memory and counts how often it is given any. Large content is only digested. */
public final class CountingStore implements ArtifactStore {
  private static final int LARGE_BYTES = 1 << 20;

  private final Map<Digest, byte[]> contents = new ConcurrentHashMap<>();
  private final AtomicInteger puts = new AtomicInteger();
  private final AtomicLong asked = new AtomicLong();
  private volatile boolean synced = true;

  /** Number of puts so far. */
  public int puts() {
    return puts.get();
  }

  /** Number of digests that were asked for so far. */
  long asked() {
    return asked.get();
  }

  /** Whether nothing was put since the last sync. */
  boolean isSynced() {
    return synced;
  }

  /** Forgets one content. */
  void lose(Digest digest) {
    contents.remove(digest);
  }

  /** Forgets all content. */
  public void clear() {
    contents.clear();
  }

  @Override
  public Artifact.Blob put(Writer writer) throws IOException {
    puts.incrementAndGet();
    synced = false;
    MessageDigest digest = Digest.sha256();
    Bounded kept = new Bounded();
    try (OutputStream out = new DigestOutputStream(kept, digest)) {
      writer.writeTo(out);
    }
    Artifact.Blob blob = new Artifact.Blob(Digest.ofBytes(digest.digest()), kept.count);
    contents.put(blob.digest(), kept.bytes.toByteArray());
    return blob;
  }

  @Override
  public Artifact.Blob putFile(Path file) throws IOException {
    return put(out -> Files.copy(file, out));
  }

  @Override
  public Set<Digest> missing(Collection<Digest> digests) {
    asked.addAndGet(digests.size());
    Set<Digest> missing = new HashSet<>(digests);
    missing.removeAll(contents.keySet());
    return missing;
  }

  @Override
  public InputStream open(Digest digest) {
    return new ByteArrayInputStream(bytes(digest));
  }

  @Override
  public void copyTo(Digest digest, Path file) {
    try {
      Files.write(file, bytes(digest));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void sync() {
    synced = true;
  }

  @Override
  public void close() {}

  /** All files of a tree: kind and content by path; {@code FOLDER} for an empty folder. */
  public Map<String, String> files(Artifact.Tree tree) {
    Map<String, String> files = new TreeMap<>();
    collect("", tree.digest(), files);
    return files;
  }

  private void collect(String prefix, Digest tree, Map<String, String> files) {
    TreeListing listing = TreeListing.parse(bytes(tree));
    listing
        .entries()
        .forEach(
            (name, entry) -> {
              String path = prefix + name;
              Digest digest = entry.artifact().digest();
              if (entry.kind() == Kind.FOLDER) {
                collect(path + "/", digest, files);
              } else {
                String text = new String(bytes(digest), StandardCharsets.UTF_8);
                files.put(path, entry.kind() + " " + text);
              }
            });
    if (listing.entries().isEmpty() && !prefix.isEmpty()) {
      files.put(prefix, "FOLDER");
    }
  }

  private byte[] bytes(Digest digest) {
    byte[] found = contents.get(digest);
    if (found == null) {
      throw new NotFound("content " + digest);
    }
    return found;
  }

  /** Keeps the first bytes and counts all. */
  private static final class Bounded extends OutputStream {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private long count;

    @Override
    public void write(int single) {
      write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) {
      count += length;
      if (bytes.size() < LARGE_BYTES) {
        bytes.write(from, offset, length);
      }
    }
  }
}
