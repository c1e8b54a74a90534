package dev.colophon.flow.code;

import dev.colophon.core.Artifact;
import dev.colophon.core.Digest;
import dev.colophon.core.TreeListing.Kind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Leaves as they lie in a cache file, of which one is found without reading the others: a run in a
 * cold JVM asks for a few of thousands.
 *
 * <p>Shape: their number; for each, where its line ends; the lines {@code KIND DIGEST SIZE PATH},
 * by path in the order of UTF-16 units, without separators. Numbers have four bytes.
 *
 * @param bytes from position 0 to the limit
 */
record LeafTable(ByteBuffer bytes) implements LeafSet {
  private static final int FIELDS = 4;

  static LeafTable of(Collection<Leaf> leaves) {
    List<byte[]> lines =
        leaves.stream()
            .sorted(Comparator.comparing(Leaf::path))
            .map(leaf -> line(leaf).getBytes(StandardCharsets.UTF_8))
            .toList();
    int sizeBytes = lines.stream().mapToInt(line -> line.length + Integer.BYTES).sum();
    ByteBuffer table = ByteBuffer.allocate(Integer.BYTES + sizeBytes).putInt(lines.size());
    int end = 0;
    for (byte[] line : lines) {
      end += line.length;
      table.putInt(end);
    }
    lines.forEach(table::put);
    return new LeafTable(table.flip());
  }

  @Override
  public Optional<Leaf> find(String path) {
    int from = 0;
    int to = count();
    while (from < to) {
      int middle = (from + to) >>> 1;
      Leaf leaf = leaf(middle);
      int order = leaf.path().compareTo(path);
      if (order == 0) {
        return Optional.of(leaf);
      } else if (order < 0) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return Optional.empty();
  }

  @Override
  public List<Leaf> all() {
    List<Leaf> all = new ArrayList<>(count());
    for (int i = 0; i < count(); i++) {
      all.add(leaf(i));
    }
    return all;
  }

  private int count() {
    return bytes.getInt(0);
  }

  private Leaf leaf(int i) {
    int from = i == 0 ? 0 : bytes.getInt(i * Integer.BYTES);
    byte[] line = new byte[bytes.getInt((i + 1) * Integer.BYTES) - from];
    bytes.get((count() + 1) * Integer.BYTES + from, line);
    return leaf(new String(line, StandardCharsets.UTF_8));
  }

  static String line(Leaf leaf) {
    Artifact artifact = leaf.artifact();
    return leaf.kind()
        + " "
        + artifact.digest().hex()
        + " "
        + artifact.sizeBytes()
        + " "
        + leaf.path();
  }

  /** Reads what {@link #line} wrote. */
  static Leaf leaf(String line) {
    String[] fields = line.split(" ", FIELDS);
    Kind kind = Kind.valueOf(fields[0]);
    Digest digest = new Digest(fields[1]);
    long sizeBytes = Long.parseLong(fields[2]);
    return new Leaf(
        fields[3],
        kind,
        kind == Kind.FOLDER
            ? new Artifact.Tree(digest, sizeBytes)
            : new Artifact.Blob(digest, sizeBytes));
  }
}
