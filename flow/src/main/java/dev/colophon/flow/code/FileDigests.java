package dev.colophon.flow.code;

import dev.colophon.core.Artifact;
import dev.colophon.core.ArtifactStore;
import dev.colophon.core.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Puts files into the store, and recognises those that were put before without reading them again:
 * by path and {@link FileStamp}, or by the id that Git gave to the same bytes.
 *
 * <p>A digest is always of the bytes that were stored, also when a file changes meanwhile. What is
 * remembered is trusted only while the store still has the content; a file changed less than 2 s
 * before it was read is not remembered. Thread-safe; several processes may share the cache file.
 */
public final class FileDigests {
  private static final int BUFFER_BYTES = 1 << 16;

  private final ArtifactStore store;
  private final DigestMemory memory;
  private final InstantSource clock;
  private final boolean verify;

  /**
   * @param cache file that remembers digests between processes
   * @param verify whether to read every file again; what was read is remembered all the same
   */
  public FileDigests(ArtifactStore store, CacheFile cache, InstantSource clock, boolean verify) {
    this.store = store;
    this.memory = new DigestMemory(cache);
    this.clock = clock;
    this.verify = verify;
  }

  /**
   * A file to put.
   *
   * @param gitId object id of a Git blob that has the same bytes as the file for certain
   */
  public record Wanted(Path file, Optional<String> gitId) {
    public Wanted(Path file) {
      this(file, Optional.empty());
    }
  }

  /** What became of the wanted files: each is in exactly one of the maps. */
  public record Result(Map<Path, Artifact.Blob> blobs, Map<Path, IOException> failures) {
    public Result {
      blobs = Map.copyOf(blobs);
      failures = Map.copyOf(failures);
    }

    /**
     * What was put of a file.
     *
     * @throws IOException why it could not be read
     */
    public Artifact.Blob get(Path file) throws IOException {
      Artifact.Blob blob = blobs.get(file);
      if (blob == null) {
        IOException failure = failures.get(file);
        throw failure == null ? new NoSuchFileException(file + " was not asked for") : failure;
      }
      return blob;
    }
  }

  /** Puts one file. */
  public Artifact.Blob put(Path file) throws IOException {
    return putAll(List.of(new Wanted(file))).get(file);
  }

  /** Puts files, several at once. Links are followed. */
  public Result putAll(Collection<Wanted> wanted) {
    Map<Path, Artifact.Blob> blobs = new ConcurrentHashMap<>();
    Map<Path, IOException> failures = new ConcurrentHashMap<>();
    if (!verify) {
      blobs.putAll(remembered(wanted));
    }
    List<Wanted> unknown = wanted.stream().filter(each -> !blobs.containsKey(each.file())).toList();
    (unknown.size() > 1 ? unknown.parallelStream() : unknown.stream())
        .forEach(
            each -> {
              try {
                blobs.put(each.file(), read(each));
              } catch (IOException e) {
                failures.put(each.file(), e);
              }
            });
    return new Result(blobs, failures);
  }

  /** Keeps what was learned for later processes. */
  public void save() {
    memory.save();
  }

  private Map<Path, Artifact.Blob> remembered(Collection<Wanted> wanted) {
    Map<Path, Artifact.Blob> found = new LinkedHashMap<>();
    for (Wanted each : wanted) {
      recall(each).ifPresent(blob -> found.put(each.file(), blob));
    }
    Set<Digest> missing =
        store.missing(found.values().stream().map(Artifact.Blob::digest).distinct().toList());
    found.values().removeIf(blob -> missing.contains(blob.digest()));
    return found;
  }

  private Optional<Artifact.Blob> recall(Wanted wanted) {
    if (wanted.gitId().isPresent()) {
      return memory.ofGit(wanted.gitId().get());
    }
    try {
      return memory.ofFile(wanted.file(), FileStamp.of(wanted.file()));
    } catch (IOException e) {
      return Optional.empty(); // reading it says why
    }
  }

  private Artifact.Blob read(Wanted wanted) throws IOException {
    return wanted.gitId().isPresent()
        ? readGitBlob(wanted.file(), wanted.gitId().get())
        : readFile(wanted.file());
  }

  private Artifact.Blob readFile(Path file) throws IOException {
    FileStamp before = FileStamp.of(file);
    Artifact.Blob blob = store.putFile(file);
    boolean settled = before.isSettledAt(clock.instant());
    if (settled && before.sizeBytes() == blob.sizeBytes() && before.equals(FileStamp.of(file))) {
      memory.rememberFile(file, before, blob);
    }
    return blob;
  }

  /** Remembers the Git id only if the bytes that were read bear it out. */
  private Artifact.Blob readGitBlob(Path file, String gitId) throws IOException {
    MessageDigest git = gitDigest(gitId);
    git.update(("blob " + Files.size(file) + "\0").getBytes(StandardCharsets.US_ASCII));
    Artifact.Blob blob = store.put(out -> copy(file, out, git));
    if (HexFormat.of().formatHex(git.digest()).equals(gitId)) {
      memory.rememberGit(gitId, blob);
    }
    return blob;
  }

  private static void copy(Path file, OutputStream out, MessageDigest digest) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = Files.newInputStream(file)) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        digest.update(buffer, 0, count);
        out.write(buffer, 0, count);
      }
    }
  }

  /** Repositories name objects by SHA-1 (40 digits) or SHA-256 (64 digits). */
  private static MessageDigest gitDigest(String gitId) {
    try {
      return MessageDigest.getInstance(gitId.length() == 40 ? "SHA-1" : "SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java platform lacks a digest that it must have", e);
    }
  }
}
