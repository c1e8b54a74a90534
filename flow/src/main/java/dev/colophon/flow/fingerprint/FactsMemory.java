package dev.colophon.flow.fingerprint;

import dev.colophon.core.Digest;
import dev.colophon.core.WholeFile;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.flow.fingerprint.Bytes.In;
import dev.colophon.flow.fingerprint.Bytes.Out;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32C;

/**
 * The facts of class files that were read before, in a file that may be lost at any time. A class
 * file is known again by its stamp, and if that changed or was too young, by its digest.
 *
 * <p>The file: {@code CFF1}, CRC-32C of the rest, then the form's version, and for each class
 * place, stamp (empty if it was too young), digest and facts. Thread-safe but for {@link #save}.
 */
final class FactsMemory {
  private static final int MAGIC = 0x43464631;
  private static final int HEADER_BYTES = 8;

  /** Facts as bytes; the stamp is empty if it was too young. */
  private static final class Kept {
    final String stamp;
    final Digest digest;
    final byte[] facts;

    Kept(String stamp, Digest digest, byte[] facts) {
      this.stamp = stamp;
      this.digest = digest;
      this.facts = facts;
    }
  }

  private final Path file;
  private final Instant now;
  private final Map<String, Kept> loaded;
  private final Map<String, Kept> learned = new ConcurrentHashMap<>();
  private final Map<String, ClassFacts> found = new ConcurrentHashMap<>();
  private boolean all;

  /**
   * @param now before any stamp was taken
   */
  FactsMemory(Path file, Instant now) {
    this.file = file;
    this.now = now;
    this.loaded = load(file);
  }

  /**
   * The facts of a class file.
   *
   * @throws Invalid if it can't be understood
   */
  ClassFacts facts(AuthorFile classFile) {
    return found.computeIfAbsent(classFile.likeness(), place -> find(classFile, place));
  }

  private ClassFacts find(AuthorFile classFile, String place) {
    var stamp = classFile.stamp().text();
    var kept = loaded.get(place);
    if (kept != null && kept.stamp.equals(stamp)) {
      return FactsForm.read(kept.facts, 0);
    }
    var settled = classFile.stamp().isSettledAt(now) ? stamp : "";
    byte[] bytes = classFile.read();
    var digest = Digest.of(bytes);
    if (kept != null && kept.digest.equals(digest)) {
      if (!settled.isEmpty()) {
        learned.put(place, new Kept(settled, digest, kept.facts));
      }
      return FactsForm.read(kept.facts, 0);
    }
    try {
      var facts = ClassScan.of(bytes);
      learned.put(place, new Kept(settled, digest, FactsForm.write(facts)));
      return facts;
    } catch (IllegalArgumentException e) {
      throw new Invalid(
          "class file %s can't be read (%s); compile it again, for Java 25 or older"
              .formatted(classFile.place(), e.getMessage()),
          e);
    }
  }

  /** The facts of a class file as they were loaded; of one that wasn't, as they are. */
  ClassFacts before(AuthorFile classFile) {
    var kept = loaded.get(classFile.likeness());
    return kept == null ? facts(classFile) : FactsForm.read(kept.facts, 0);
  }

  /** The facts that were loaded of a class file, if it has another content now. */
  Optional<ClassFacts> changed(AuthorFile classFile) {
    var kept = loaded.get(classFile.likeness());
    if (kept == null || kept.stamp.equals(classFile.stamp().text())) {
      return Optional.empty();
    }
    facts(classFile);
    var now = learned.get(classFile.likeness());
    return now == null || now.digest.equals(kept.digest)
        ? Optional.empty()
        : Optional.of(before(classFile));
  }

  /** Digest of the content of all class files that were loaded, or of all that are known now. */
  Digest content(boolean now) {
    Map<String, Digest> digests = new TreeMap<>();
    loaded.forEach((place, kept) -> digests.put(place, kept.digest));
    if (now) {
      digests.keySet().retainAll(wanted());
      learned.forEach((place, kept) -> digests.put(place, kept.digest));
    }
    var text = new StringBuilder();
    digests.forEach(
        (place, digest) -> text.append(place).append(' ').append(digest.hex()).append('\n'));
    return Digest.of(text.toString());
  }

  private Set<String> wanted() {
    return all ? loaded.keySet() : found.keySet();
  }

  /** From now on, what was loaded is wanted although nobody asked for it. */
  void wantAll() {
    all = true;
  }

  /** Keeps what was learned. Does nothing if the folder can't be written: it is only a shortcut. */
  void save() {
    if (learned.isEmpty() && wanted().containsAll(loaded.keySet())) {
      return;
    }
    Map<String, Kept> entries = new HashMap<>(loaded);
    entries.keySet().retainAll(wanted());
    entries.putAll(learned);
    var out = new Out();
    out.number(FactsForm.VERSION);
    out.number(entries.size());
    entries.forEach(
        (place, kept) -> {
          out.text(place);
          out.text(kept.stamp);
          out.digest(kept.digest);
          out.bytes(kept.facts);
        });
    write(out.copy());
  }

  private void write(byte[] body) {
    var folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      return;
    }
    var content = ByteBuffer.allocate(HEADER_BYTES + body.length);
    content.putInt(MAGIC).putInt(crc(body, 0)).put(body);
    try {
      Files.createDirectories(folder);
      WholeFile.write(file, content.array());
    } catch (IOException e) {
      return;
    }
  }

  private static int crc(byte[] bytes, int from) {
    var crc = new CRC32C();
    crc.update(bytes, from, bytes.length - from);
    return (int) crc.getValue();
  }

  private static Map<String, Kept> load(Path file) {
    return read(file).map(FactsMemory::parse).orElseGet(Map::of);
  }

  private static Optional<byte[]> read(Path file) {
    try {
      byte[] content = Files.readAllBytes(file);
      var header = ByteBuffer.wrap(content);
      boolean whole =
          content.length > HEADER_BYTES
              && header.getInt() == MAGIC
              && header.getInt() == crc(content, HEADER_BYTES);
      return whole ? Optional.of(content) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Map<String, Kept> parse(byte[] content) {
    try {
      var in = new In(content, HEADER_BYTES);
      if (in.number() != FactsForm.VERSION) {
        return Map.of();
      }
      int count = in.number();
      Map<String, Kept> kept = new HashMap<>(2 * count);
      for (int i = 0; i < count; i++) {
        var place = in.text();
        kept.put(place, new Kept(in.text(), in.digest(), in.bytes()));
      }
      return kept;
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      return Map.of(); // written by another version: start anew
    }
  }
}
