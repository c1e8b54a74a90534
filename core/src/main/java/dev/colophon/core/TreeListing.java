package dev.colophon.core;

import dev.colophon.core.error.ColophonException.Corrupt;
import dev.colophon.core.error.ColophonException.Invalid;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a folder holds: each name leads to a file, a link or a further folder. Iterates in the order
 * of the names' UTF-16 units.
 *
 * <p>Its bytes are canonical (docs/formats.md, "tree"): one line {@code KIND DIGEST SIZE NAME} an
 * entry, in order, each ended by a zero byte. The digest of those bytes is the digest of the tree.
 */
public record TreeListing(SortedMap<String, Entry> entries) {
  /** How an entry stands in a folder. */
  public enum Kind {
    FILE,
    /** A file with the owner's execute bit. */
    EXECUTABLE,
    /** A symbolic link; the blob is its target as UTF-8 text. */
    LINK,
    FOLDER
  }

  /** What a name leads to. */
  public record Entry(Kind kind, Artifact artifact) {
    public Entry {
      if ((kind == Kind.FOLDER) != (artifact instanceof Artifact.Tree)) {
        throw new Invalid("entry of kind %s can't lead to %s".formatted(kind, artifact));
      }
    }
  }

  public TreeListing {
    entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
    entries.keySet().forEach(TreeListing::checkName);
  }

  public TreeListing(Map<String, Entry> entries) {
    this(new TreeMap<>(entries));
  }

  /**
   * Sum over all entries, in bytes.
   *
   * @throws ArithmeticException if it exceeds 2^63-1
   */
  public long sizeBytes() {
    return entries.values().stream()
        .mapToLong(entry -> entry.artifact().sizeBytes())
        .reduce(0, Math::addExact);
  }

  /** The canonical bytes. */
  public byte[] bytes() {
    StringBuilder lines = new StringBuilder(entries.size() * 100);
    entries.forEach(
        (name, entry) ->
            lines
                .append(entry.kind())
                .append(' ')
                .append(entry.artifact().digest().hex())
                .append(' ')
                .append(entry.artifact().sizeBytes())
                .append(' ')
                .append(name)
                .append('\0'));
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The tree that this listing describes. */
  public Artifact.Tree tree() {
    return new Artifact.Tree(Digest.of(bytes()), sizeBytes());
  }

  /**
   * Reads what {@link #bytes} wrote.
   *
   * @throws Corrupt if the bytes are no listing
   */
  public static TreeListing parse(byte[] bytes) {
    SortedMap<String, Entry> entries = new TreeMap<>();
    String text = new String(bytes, StandardCharsets.UTF_8);
    int from = 0;
    while (from < text.length()) {
      int end = text.indexOf('\0', from);
      String[] fields = end < 0 ? new String[0] : text.substring(from, end).split(" ", 4);
      if (fields.length != 4) {
        throw new Corrupt("tree listing: expected \"KIND DIGEST SIZE NAME\" at character " + from);
      }
      entries.put(fields[3], entry(fields));
      from = end + 1;
    }
    var listing = new TreeListing(entries);
    if (!Arrays.equals(listing.bytes(), bytes)) {
      throw new Corrupt(
          "tree listing: expected canonical bytes: UTF-8, names in order, each once, plain"
              + " numbers");
    }
    return listing;
  }

  private static Entry entry(String[] fields) {
    try {
      Kind kind = Kind.valueOf(fields[0]);
      Digest digest = new Digest(fields[1]);
      long sizeBytes = Long.parseLong(fields[2]);
      return new Entry(
          kind,
          kind == Kind.FOLDER
              ? new Artifact.Tree(digest, sizeBytes)
              : new Artifact.Blob(digest, sizeBytes));
    } catch (IllegalArgumentException | Invalid e) {
      throw new Corrupt("tree listing: entry \"%s\" can't be read".formatted(fields[3]), e);
    }
  }

  private static void checkName(String name) {
    if (name.isEmpty()
        || name.equals(".")
        || name.equals("..")
        || name.indexOf('/') >= 0
        || name.indexOf('\0') >= 0) {
      throw new Invalid("tree entry \"%s\": expected a plain name without slashes".formatted(name));
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
      throw new Invalid("tree entry \"%s\": expected text, found half a character".formatted(name));
    }
  }
}
