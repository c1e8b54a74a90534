package dev.colophon.flow.run;

import static java.util.stream.Collectors.toSet;

import dev.colophon.core.Artifact;
import dev.colophon.core.ArtifactStore;
import dev.colophon.core.Digest;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.error.ColophonException.Corrupt;
import dev.colophon.core.run.Outcomes.Outcome;
import dev.colophon.core.run.Output;
import dev.colophon.core.run.RunLog;
import dev.colophon.core.run.TaskEnd;
import dev.colophon.flow.codec.Codecs;
import dev.colophon.flow.codec.Stored;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads what tasks of a run left behind, wherever it lies: still on its way to the catalog, in the
 * catalog, in the store. Values that are immutable all the way down are decoded once and shared.
 * Thread-safe.
 */
final class RunContents {
  /** Most content whose bytes, and most whose decoded values, are kept for the next reader. */
  private static final long KEPT_BYTES = 64L << 20;

  private record DecodedKey(Digest digest, Type type) {}

  private final RunLog runs;
  private final ArtifactStore store;
  private final Codecs codecs;
  private final Map<Digest, byte[]> uncommitted = new ConcurrentHashMap<>();
  private final Kept<Digest, byte[]> committed = new Kept<>();
  private final Kept<DecodedKey, Object> decoded = new Kept<>();

  RunContents(RunLog runs, ArtifactStore store, Codecs codecs) {
    this.runs = runs;
    this.store = store;
    this.codecs = codecs;
  }

  ArtifactStore store() {
    return store;
  }

  Codecs codecs() {
    return codecs;
  }

  /** Small content that the catalog will hold once it is committed. */
  void addUncommitted(Map<Digest, byte[]> inline) {
    uncommitted.putAll(inline);
  }

  /** The catalog holds these now. */
  void committed(Collection<Map<Digest, byte[]>> inlines) {
    for (Map<Digest, byte[]> inline : inlines) {
      inline.forEach((digest, bytes) -> committed.put(digest, bytes, bytes.length));
      uncommitted.keySet().removeAll(inline.keySet());
    }
  }

  /** Those of the outcomes whose output can't be read any more. */
  Set<Outcome> unreadable(Collection<Outcome> outcomes) {
    Set<Digest> missing = missing(outcomes);
    return outcomes.stream()
        .filter(outcome -> digest(outcome).filter(missing::contains).isPresent())
        .collect(toSet());
  }

  private Set<Digest> missing(Collection<Outcome> outcomes) {
    List<Digest> small = new ArrayList<>();
    Set<Digest> absent = new HashSet<>();
    for (Outcome outcome : outcomes) {
      digest(outcome).ifPresent(absent::add);
      outcome
          .output()
          .map(Output::artifact)
          .filter(RunContents::mayBeInline)
          .ifPresent(artifact -> small.add(artifact.digest()));
    }
    absent.removeAll(runs.findInline(small).keySet());
    return absent.isEmpty() ? absent : store.missing(absent);
  }

  /** Of a tree, whatever it holds: its digest is that of its listing, which may be small. */
  private static boolean mayBeInline(Artifact artifact) {
    return artifact instanceof Artifact.Tree || artifact.sizeBytes() <= TaskEnd.INLINE_LIMIT_BYTES;
  }

  private static Optional<Digest> digest(Outcome outcome) {
    return outcome.output().map(output -> output.artifact().digest());
  }

  InputStream open(Digest digest) {
    Optional<byte[]> inline = inline(digest);
    return inline.isPresent() ? new ByteArrayInputStream(inline.get()) : store.open(digest);
  }

  void copyTo(Digest digest, Path file) throws IOException {
    Optional<byte[]> inline = inline(digest);
    if (inline.isPresent()) {
      Files.write(file, inline.get(), StandardOpenOption.CREATE_NEW);
    } else {
      store.copyTo(digest, file);
    }
  }

  private Optional<byte[]> inline(Digest digest) {
    byte[] bytes = uncommitted.get(digest);
    if (bytes == null) {
      bytes = committed.get(digest);
    }
    return bytes == null ? runs.findInline(digest) : Optional.of(bytes);
  }

  /**
   * Decodes what a task left behind.
   *
   * @param type as its producer declared it
   * @param scratch folder in which a path value may be placed
   * @throws Corrupt naming the task, if the content is damaged
   */
  Object read(TaskId producer, Type type, Stored stored, Path scratch) throws IOException {
    try {
      return read(type, stored, scratch);
    } catch (Corrupt e) {
      throw new Corrupt("what %s left behind is damaged: %s".formatted(producer, e.text()), e);
    }
  }

  private Object read(Type type, Stored stored, Path scratch) throws IOException {
    if (!codecs.isShareable(type)) {
      return codecs.decode(type, stored, new TaskContents(this), scratch);
    }
    DecodedKey key = new DecodedKey(stored.artifact().digest(), type);
    Object value = decoded.get(key);
    if (value == null) {
      value = codecs.decode(type, stored, new TaskContents(this), scratch);
      decoded.put(key, value, stored.artifact().sizeBytes());
    }
    return value;
  }

  /** The most recently used, up to a bound on the content that they stand for. */
  private static final class Kept<K, V> {
    private record Weighed<V>(V value, long bytes) {}

    private final LinkedHashMap<K, Weighed<V>> entries = new LinkedHashMap<>(64, 0.75f, true);
    private long bytes;

    synchronized @Nullable V get(K key) {
      Weighed<V> entry = entries.get(key);
      return entry == null ? null : entry.value();
    }

    synchronized void put(K key, V value, long size) {
      Weighed<V> before = entries.put(key, new Weighed<>(value, size));
      bytes += size - (before == null ? 0 : before.bytes());
      Iterator<Weighed<V>> oldest = entries.values().iterator();
      while (bytes > KEPT_BYTES && oldest.hasNext()) {
        bytes -= oldest.next().bytes();
        oldest.remove();
      }
    }
  }
}
