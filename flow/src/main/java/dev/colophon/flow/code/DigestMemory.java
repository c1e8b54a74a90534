package dev.colophon.flow.code;

import dev.colophon.core.Artifact;
import dev.colophon.core.Digest;
import dev.colophon.core.error.ColophonException.Invalid;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Digests learned earlier, kept in a {@link CacheFile} as four fields an entry: key, stamp, digest,
 * size. The earliest learned go first when there are too many. Thread-safe.
 */
final class DigestMemory {
  private static final int MOST_ENTRIES = 200_000;
  private static final int FIELDS = 4;
  private static final String BY_CONTENT = "";

  private record Entry(String stamp, Artifact.Blob blob) {}

  private final CacheFile cache;
  private final Map<String, Entry> learned = new LinkedHashMap<>();
  private Optional<Map<String, Entry>> loaded = Optional.empty();

  DigestMemory(CacheFile cache) {
    this.cache = cache;
  }

  Optional<Artifact.Blob> ofGit(String gitId) {
    return find("git " + gitId, BY_CONTENT);
  }

  Optional<Artifact.Blob> ofFile(Path file, FileStamp stamp) {
    return find(key(file), stamp.text());
  }

  void rememberGit(String gitId, Artifact.Blob blob) {
    learn("git " + gitId, new Entry(BY_CONTENT, blob));
  }

  void rememberFile(Path file, FileStamp stamp, Artifact.Blob blob) {
    learn(key(file), new Entry(stamp.text(), blob));
  }

  /** Writes what was learned, together with what other processes wrote meanwhile. */
  synchronized void save() {
    if (learned.isEmpty()) {
      return;
    }
    Map<String, Entry> all = load();
    learned.forEach(
        (key, entry) -> {
          all.remove(key);
          all.put(key, entry);
        });
    List<String> fields = new ArrayList<>(all.size() * FIELDS);
    all.entrySet().stream()
        .skip(Math.max(0, all.size() - MOST_ENTRIES))
        .forEach(
            each -> {
              Artifact.Blob blob = each.getValue().blob();
              fields.add(each.getKey());
              fields.add(each.getValue().stamp());
              fields.add(blob.digest().hex());
              fields.add(Long.toString(blob.sizeBytes()));
            });
    cache.write(fields);
    loaded = Optional.of(all);
    learned.clear();
  }

  private synchronized void learn(String key, Entry entry) {
    learned.put(key, entry);
  }

  private synchronized Optional<Artifact.Blob> find(String key, String stamp) {
    Map<String, Entry> entries = loaded.orElseGet(this::load);
    loaded = Optional.of(entries);
    return Optional.ofNullable(learned.get(key))
        .or(() -> Optional.ofNullable(entries.get(key)))
        .filter(entry -> entry.stamp().equals(stamp))
        .map(Entry::blob);
  }

  private Map<String, Entry> load() {
    List<String> fields = cache.read().orElse(List.of());
    Map<String, Entry> entries = new LinkedHashMap<>(fields.size() / FIELDS * 2);
    try {
      for (int i = 0; i + FIELDS <= fields.size(); i += FIELDS) {
        Digest digest = new Digest(fields.get(i + 2));
        long sizeBytes = Long.parseLong(fields.get(i + 3));
        entries.put(
            fields.get(i), new Entry(fields.get(i + 1), new Artifact.Blob(digest, sizeBytes)));
      }
    } catch (NumberFormatException | Invalid e) {
      return new LinkedHashMap<>(); // written by something else: start anew
    }
    return entries;
  }

  private static String key(Path file) {
    return "file " + file.toAbsolutePath();
  }
}
