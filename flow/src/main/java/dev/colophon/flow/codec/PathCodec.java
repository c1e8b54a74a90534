package dev.colophon.flow.codec;

import dev.colophon.core.TreeListing.Entry;
import dev.colophon.core.TreeListing.Kind;
import dev.colophon.core.error.ColophonException.Corrupt;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** A file or a folder as the whole value. */
final class PathCodec implements Codec {
  static final String FILE = "file";
  static final String FOLDER = "folder";

  @Override
  public Set<String> names() {
    return Set.of(FILE, FOLDER);
  }

  @Override
  public Stored encode(Object value, Contents contents) throws IOException {
    Path path = (Path) value;
    String name = Folders.nameOf(path);
    return of(Folders.put(path, contents), name);
  }

  /** What an entry of a tree is on its own. */
  static Stored of(Entry entry, String name) {
    String codec = entry.kind() == Kind.FOLDER ? FOLDER : FILE;
    return new Stored(entry.artifact(), codec, Optional.of(name));
  }

  @Override
  public Object decode(Stored stored, Contents contents, Path scratch) throws IOException {
    Kind kind = stored.codec().equals(FOLDER) ? Kind.FOLDER : Kind.FILE;
    String name =
        stored
            .fileName()
            .orElseThrow(
                () ->
                    new Corrupt(
                        "%s %s has no file name".formatted(stored.codec(), stored.artifact())));
    return Folders.place(new Entry(kind, stored.artifact()), scratch, name, contents);
  }

  @Override
  public boolean isShareable() {
    return false;
  }

  @Override
  public boolean placesFiles() {
    return true;
  }
}
