package dev.colophon.flow.codec;

import dev.colophon.core.Artifact;
import dev.colophon.core.TreeListing;
import dev.colophon.core.TreeListing.Entry;
import dev.colophon.core.TreeListing.Kind;
import dev.colophon.core.error.ColophonException.Corrupt;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.json.JsonReader;
import dev.colophon.core.json.JsonWriter;
import dev.colophon.core.model.MadeVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything that has a {@link Form}: canonical JSON, or a tree of that and the {@code .npy} files
 * of the arrays in it.
 */
final class StructureCodec implements Codec {
  static final String JSON = "json";
  static final String TABLE = "table";

  /** Name in the tree of all that is no array. */
  static final String VALUE_FILE = "value.json";

  private final Forms.Whole whole;
  private final Set<String> names;

  private StructureCodec(Forms.Whole whole, Set<String> names) {
    this.whole = whole;
    this.names = names;
  }

  /** The codec of a type that has a form. */
  static StructureCodec of(Forms.Whole whole) {
    return new StructureCodec(whole, Set.of(whole.hasColumns() ? TABLE : JSON));
  }

  /** The codec of a made version, which the engine stores under a name of its own. */
  static StructureCodec ofVersions(Forms.Whole whole) {
    return new StructureCodec(whole, Set.of(JSON, MadeVersion.CODEC));
  }

  @Override
  public Set<String> names() {
    return names;
  }

  @Override
  public Stored encode(Object value, Contents contents) throws IOException {
    return whole.hasColumns()
        ? Stored.of(putTable(value, contents), TABLE)
        : Stored.of(contents.put(out -> write(value, out)), JSON);
  }

  /** Writes the JSON; returns the arrays that it only names. */
  private Map<String, Object> write(Object value, OutputStream out) throws IOException {
    Map<String, Object> columns = new TreeMap<>();
    JsonWriter.write(out, json -> new ValueWriter(json, columns).value(whole.form(), value));
    return columns;
  }

  private Artifact.Tree putTable(Object value, Contents contents) throws IOException {
    Map<String, Object> columns = new TreeMap<>();
    SortedMap<String, Entry> entries = new TreeMap<>();
    Artifact.Blob json = contents.put(out -> columns.putAll(write(value, out)));
    entries.put(VALUE_FILE, new Entry(Kind.FILE, json));
    for (Map.Entry<String, Object> column : columns.entrySet()) {
      Object array = column.getValue();
      Npy npy = Npy.of(array.getClass()).orElseThrow();
      Artifact.Blob file = contents.put(out -> npy.write(array, out));
      entries.put(column.getKey() + ColumnForm.SUFFIX, new Entry(Kind.FILE, file));
    }
    return Folders.putListing(new TreeListing(entries), contents);
  }

  @Override
  public Object decode(Stored stored, Contents contents, Path scratch) throws IOException {
    Artifact artifact = stored.artifact();
    try {
      return whole.hasColumns()
          ? readTable(artifact, contents)
          : read(
              artifact,
              contents,
              (name, type) -> {
                throw new IllegalStateException("a column outside a table: " + name);
              });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private Object readTable(Artifact artifact, Contents contents) throws IOException {
    Map<String, Entry> entries = Folders.listing(artifact, contents).entries();
    Set<String> left = new HashSet<>(entries.keySet());
    left.remove(VALUE_FILE);
    Object value =
        read(
            file(entries, VALUE_FILE, artifact),
            contents,
            (name, type) -> {
              left.remove(name + ColumnForm.SUFFIX);
              Artifact file = file(entries, name + ColumnForm.SUFFIX, artifact);
              return readColumn(Npy.of(type).orElseThrow(), file, name, contents);
            });
    if (!left.isEmpty()) {
      throw new Corrupt(
          "table %s has files %s, expected none that %s does not name"
              .formatted(artifact.digest(), left.stream().sorted().toList(), VALUE_FILE));
    }
    return value;
  }

  private static Artifact file(Map<String, Entry> entries, String name, Artifact table) {
    Entry entry = entries.get(name);
    if (entry == null || entry.kind() == Kind.FOLDER) {
      throw new Corrupt(
          "table %s has entries %s, expected a file \"%s\""
              .formatted(table.digest(), entries.keySet(), name));
    }
    return entry.artifact();
  }

  private static Object readColumn(Npy npy, Artifact file, String name, Contents contents) {
    try {
      String subject = "array \"%s\" (%s)".formatted(name, file.digest());
      return ArrayCodec.read(npy, file, subject, contents);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Object read(Artifact json, Contents contents, ValueReader.Columns columns)
      throws IOException {
    String subject = "stored value " + json.digest();
    try (InputStream in = contents.open(json.digest())) {
      return JsonReader.read(
          in, reader -> whole.form().read(new ValueReader(reader, columns, subject)));
    } catch (Invalid e) {
      throw new Corrupt("%s can't be read: %s".formatted(subject, e.text()), e);
    }
  }

  @Override
  public boolean isShareable() {
    return whole.isShareable();
  }
}
