package dev.colophon.flow.fingerprint;

import dev.colophon.core.Digest;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.flow.code.CacheFile;
import dev.colophon.flow.code.FileStamp;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is known of library jars, kept in a {@link CacheFile} as seven fields a jar: path, stamp,
 * packages, and once it was read whole, digest, named packages, and two flags. Thread-safe but for
 * {@link #save}.
 */
final class JarMemory implements Libraries.Source {
  private static final String VERSION = "jars 1";
  private static final int FIELDS = 7;
  private static final int MOST_JARS = 20_000;

  private record Entry(String stamp, Set<String> packages, Optional<JarFacts> facts) {}

  private final CacheFile cache;
  private final Instant now;
  private final Map<String, Entry> loaded;
  private final Map<String, Entry> current = new ConcurrentHashMap<>();
  private volatile boolean learned;

  /**
   * @param now before any jar was looked at
   */
  JarMemory(CacheFile cache, Instant now) {
    this.cache = cache;
    this.now = now;
    this.loaded = cache.read().map(JarMemory::parse).orElseGet(LinkedHashMap::new);
  }

  @Override
  public Set<String> packages(Path jar) {
    return entry(jar).packages();
  }

  @Override
  public JarFacts facts(Path jar) {
    var entry = entry(jar);
    return entry
        .facts()
        .orElseGet(
            () -> {
              var facts = JarScan.facts(jar);
              learned = true;
              current.put(
                  jar.toString(), new Entry(entry.stamp(), entry.packages(), Optional.of(facts)));
              return facts;
            });
  }

  private Entry entry(Path jar) {
    return current.computeIfAbsent(
        jar.toString(),
        path -> {
          var stamp = stamp(jar);
          var known = loaded.get(path);
          if (known != null && !stamp.isEmpty() && known.stamp().equals(stamp)) {
            return known;
          }
          learned = true;
          return new Entry(stamp, JarScan.packages(jar), Optional.empty());
        });
  }

  /** Empty if the jar may change without its stamp telling, or isn't there. */
  private String stamp(Path jar) {
    try {
      var stamp = FileStamp.of(jar);
      return stamp.isSettledAt(now) ? stamp.text() : "";
    } catch (IOException e) {
      return "";
    }
  }

  /** Keeps what was learned. */
  void save() {
    if (!learned) {
      return;
    }
    Map<String, Entry> all = new LinkedHashMap<>(loaded);
    current.forEach(
        (path, entry) -> {
          all.remove(path);
          if (!entry.stamp().isEmpty()) {
            all.put(path, entry);
          }
        });
    List<String> fields = new ArrayList<>();
    fields.add(VERSION);
    all.entrySet().stream()
        .skip(Math.max(0, all.size() - MOST_JARS))
        .forEach(each -> add(fields, each.getKey(), each.getValue()));
    cache.write(fields);
  }

  private static void add(List<String> fields, String path, Entry entry) {
    fields.add(path);
    fields.add(entry.stamp());
    fields.add(joined(entry.packages()));
    fields.add(entry.facts().map(facts -> facts.digest().hex()).orElse(""));
    fields.add(entry.facts().map(facts -> joined(facts.named())).orElse(""));
    fields.add(entry.facts().map(facts -> String.valueOf(facts.searches())).orElse(""));
    fields.add(entry.facts().map(facts -> String.valueOf(facts.asksRun())).orElse(""));
  }

  private static String joined(Set<String> packages) {
    return String.join(" ", new TreeSet<>(packages));
  }

  private static Map<String, Entry> parse(List<String> fields) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    if (fields.isEmpty() || !fields.getFirst().equals(VERSION)) {
      return entries;
    }
    try {
      for (int i = 1; i + FIELDS <= fields.size(); i += FIELDS) {
        var digest = fields.get(i + 3);
        Optional<JarFacts> facts =
            digest.isEmpty()
                ? Optional.empty()
                : Optional.of(
                    new JarFacts(
                        new Digest(digest),
                        split(fields.get(i + 4)),
                        Boolean.parseBoolean(fields.get(i + 5)),
                        Boolean.parseBoolean(fields.get(i + 6))));
        entries.put(fields.get(i), new Entry(fields.get(i + 1), split(fields.get(i + 2)), facts));
      }
      return entries;
    } catch (Invalid e) {
      return new LinkedHashMap<>(); // written by something else: start anew
    }
  }

  private static Set<String> split(String packages) {
    return packages.isEmpty() ? Set.of() : Set.of(packages.split(" ", -1));
  }
}
