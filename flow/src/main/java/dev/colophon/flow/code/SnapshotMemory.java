package dev.colophon.flow.code;

import dev.colophon.core.Artifact;
import dev.colophon.core.ArtifactStore;
import dev.colophon.core.Digest;
import dev.colophon.core.TreeListing.Kind;
import dev.colophon.core.error.ColophonException.Invalid;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The last snapshot of a repository, and all that must be as it was for the next one to be the
 * same. What is said of each file is read only when it is asked for.
 *
 * <p>Shape in a {@link CacheFile}: a version number, then four parts, each with its length before
 * it: the facts, the digests of the tree's listings, what the index listed, the leaves. Numbers
 * have four bytes.
 *
 * @param facts what is compared and given
 * @param listings digests of the tree's listings, each ended by a zero byte
 * @param index what {@code git ls-files} answered
 */
record SnapshotMemory(Facts facts, ByteBuffer listings, ByteBuffer index, LeafTable leaves) {
  private static final int VERSION = 3;

  /** Stamp of a file that is not there. */
  private static final String ABSENT = "-";

  /** Stamp that no file has: what was seen may change unnoticed. */
  static final String UNSETTLED = "?";

  /** How long the leaves of a stored tree are taken to be stored, too. */
  private static final Duration UNTIL_LOOKED_AGAIN = Duration.ofDays(1);

  /**
   * @param key digest of what Git says about what differs from the index, and of its settings
   * @param indexStamp of Git's index before it was listed; an equal one means an equal index
   * @param lookedAt when the store was last asked for each part of the tree, all of it there and
   *     safe from a loss of power
   * @param watched stamps of the files whose content Git's answers do not settle, by path
   * @param folders leaves that are repositories of their own
   * @param withheld paths left out as secrets
   */
  record Facts(
      Digest key,
      String indexStamp,
      Instant lookedAt,
      Artifact.Tree tree,
      Map<String, String> watched,
      List<Leaf> folders,
      List<String> withheld,
      List<String> warnings) {
    Facts {
      withheld = List.copyOf(withheld);
      watched = Collections.unmodifiableMap(new LinkedHashMap<>(watched));
      folders = List.copyOf(folders);
      warnings = List.copyOf(warnings);
    }

    /** Whether it is worth keeping. */
    boolean canBeTrustedLater() {
      return !watched.containsValue(UNSETTLED);
    }
  }

  static SnapshotMemory of(
      Facts facts, Collection<Digest> listings, byte[] index, Collection<Leaf> leaves) {
    String digests = CacheFile.text(listings.stream().map(Digest::hex).toList());
    return new SnapshotMemory(
        facts,
        ByteBuffer.wrap(digests.getBytes(StandardCharsets.UTF_8)),
        ByteBuffer.wrap(index),
        LeafTable.of(leaves));
  }

  /** What to remember of a path: its stamp, or that it is not there, or that it was too young. */
  static String watch(Optional<FileStamp> stamp, Instant now) {
    return stamp.map(found -> found.isSettledAt(now) ? found.text() : UNSETTLED).orElse(ABSENT);
  }

  /** Whether all watched files are as they were. */
  boolean stillHolds(Path root) {
    return facts.watched().entrySet().stream()
        .allMatch(each -> stamp(root, each.getKey()).equals(each.getValue()));
  }

  private static String stamp(Path root, String path) {
    try {
      return FileStamp.of(root.resolve(path), LinkOption.NOFOLLOW_LINKS).text();
    } catch (IOException | InvalidPathException e) {
      return ABSENT;
    }
  }

  /**
   * The same if the store still has the tree. It is asked for the root only, as what the root names
   * was put and synced before; once a day for everything, in case of damage.
   */
  Optional<SnapshotMemory> ifStored(ArtifactStore store, Instant now) {
    Duration age = Duration.between(facts.lookedAt(), now);
    if (!age.isNegative() && age.compareTo(UNTIL_LOOKED_AGAIN) < 0) {
      return store.missing(List.of(facts.tree().digest())).isEmpty()
          ? Optional.of(this)
          : Optional.empty();
    }
    List<Digest> all = new ArrayList<>();
    CacheFile.fields(CacheFile.utf8(listings)).forEach(digest -> all.add(new Digest(digest)));
    leaves.all().forEach(leaf -> all.add(leaf.artifact().digest()));
    return store.missing(all).isEmpty()
        ? Optional.of(with(facts.indexStamp(), now))
        : Optional.empty();
  }

  /** Whether Git's index is known to list what it listed. */
  boolean hasIndexStamp(String stamp) {
    return stamp.equals(facts.indexStamp()) && !stamp.equals(UNSETTLED);
  }

  SnapshotMemory withIndexStamp(String stamp) {
    return with(stamp, facts.lookedAt());
  }

  private SnapshotMemory with(String indexStamp, Instant lookedAt) {
    Facts changed =
        new Facts(
            facts.key(),
            indexStamp,
            lookedAt,
            facts.tree(),
            facts.watched(),
            facts.folders(),
            facts.withheld(),
            facts.warnings());
    return new SnapshotMemory(changed, listings, index, leaves);
  }

  byte[] bytes() {
    ByteBuffer first = ByteBuffer.wrap(fields().getBytes(StandardCharsets.UTF_8));
    List<ByteBuffer> parts = List.of(first, listings, index, leaves.bytes());
    int sizeBytes = parts.stream().mapToInt(part -> part.limit() + Integer.BYTES).sum();
    ByteBuffer all = ByteBuffer.allocate(Integer.BYTES + sizeBytes).putInt(VERSION);
    for (ByteBuffer part : parts) {
      all.putInt(part.limit()).put(part.duplicate().rewind());
    }
    return all.array();
  }

  private String fields() {
    List<String> fields = new ArrayList<>();
    fields.add(facts.key().hex());
    fields.add(facts.indexStamp());
    fields.add(Long.toString(facts.lookedAt().getEpochSecond()));
    fields.add(LeafTable.line(new Leaf("", Kind.FOLDER, facts.tree())));
    fields.add(Integer.toString(facts.watched().size()));
    facts.watched().forEach((path, stamp) -> fields.addAll(List.of(path, stamp)));
    fields.add(Integer.toString(facts.folders().size()));
    facts.folders().forEach(folder -> fields.add(LeafTable.line(folder)));
    fields.add(Integer.toString(facts.withheld().size()));
    fields.addAll(facts.withheld());
    fields.addAll(facts.warnings());
    return CacheFile.text(fields);
  }

  /** Reads what {@link #bytes} wrote. */
  static Optional<SnapshotMemory> parse(ByteBuffer bytes) {
    try {
      if (bytes.getInt() != VERSION) {
        return Optional.empty();
      }
      Facts facts = facts(CacheFile.fields(CacheFile.utf8(part(bytes))).iterator());
      ByteBuffer listings = part(bytes);
      ByteBuffer index = part(bytes);
      return Optional.of(new SnapshotMemory(facts, listings, index, new LeafTable(part(bytes))));
    } catch (BufferUnderflowException
        | IndexOutOfBoundsException
        | NoSuchElementException
        | IllegalArgumentException
        | Invalid e) {
      return Optional.empty(); // written by another version: start anew
    }
  }

  private static Facts facts(Iterator<String> fields) {
    Digest key = new Digest(fields.next());
    String indexStamp = fields.next();
    Instant lookedAt = Instant.ofEpochSecond(Long.parseLong(fields.next()));
    Leaf root = LeafTable.leaf(fields.next());
    Map<String, String> watched = new LinkedHashMap<>();
    for (int i = Integer.parseInt(fields.next()); i > 0; i--) {
      watched.put(fields.next(), fields.next());
    }
    List<Leaf> folders = new ArrayList<>();
    for (int i = Integer.parseInt(fields.next()); i > 0; i--) {
      folders.add(LeafTable.leaf(fields.next()));
    }
    List<String> withheld = new ArrayList<>();
    for (int i = Integer.parseInt(fields.next()); i > 0; i--) {
      withheld.add(fields.next());
    }
    List<String> warnings = new ArrayList<>();
    fields.forEachRemaining(warnings::add);
    Artifact.Tree tree = new Artifact.Tree(root.artifact().digest(), root.artifact().sizeBytes());
    return new Facts(key, indexStamp, lookedAt, tree, watched, folders, withheld, warnings);
  }

  private static ByteBuffer part(ByteBuffer bytes) {
    int length = bytes.getInt();
    ByteBuffer part = bytes.slice(bytes.position(), length);
    bytes.position(bytes.position() + length);
    return part;
  }
}
