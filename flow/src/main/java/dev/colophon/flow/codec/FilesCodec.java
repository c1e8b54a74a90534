package dev.colophon.flow.codec;

import dev.colophon.core.Artifact;
import dev.colophon.core.TreeListing;
import dev.colophon.core.TreeListing.Entry;
import dev.colophon.core.error.ColophonException.Corrupt;
import dev.colophon.core.error.ColophonException.Invalid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Files and folders in a list as the whole value: a tree of entries {@code NUMBER-NAME}, numbered
 * from 0 with leading zeros, so that their order is the list's.
 */
final class FilesCodec implements Codec {
  static final String NAME = "files";

  /**
   * An element.
   *
   * @param number as it stands before the name, with its zeros
   */
  record Numbered(String number, String name, Entry entry) {}

  @Override
  public Set<String> names() {
    return Set.of(NAME);
  }

  @Override
  public Stored encode(Object value, Contents contents) throws IOException {
    List<?> paths = (List<?>) value;
    int digits = digits(paths.size());
    SortedMap<String, Entry> entries = new TreeMap<>();
    for (int i = 0; i < paths.size(); i++) {
      if (!(paths.get(i) instanceof Path path)) {
        throw new Invalid(
            "component [%d] of the step result is %s, expected a Path"
                .formatted(i, paths.get(i) == null ? "null" : "no Path"));
      }
      String number = number(digits, i);
      entries.put(number + "-" + Folders.nameOf(path), Folders.put(path, contents));
    }
    return Stored.of(Folders.putListing(new TreeListing(entries), contents), NAME);
  }

  private static int digits(int count) {
    return Integer.toString(Math.max(0, count - 1)).length();
  }

  /** The same in every locale: some have digits of their own. */
  private static String number(int digits, int index) {
    String number = Integer.toString(index);
    return "0".repeat(Math.max(0, digits - number.length())) + number;
  }

  /** The elements, in order. */
  static List<Numbered> elements(Artifact artifact, Contents contents) throws IOException {
    Map<String, Entry> entries = Folders.listing(artifact, contents).entries();
    int digits = digits(entries.size());
    List<Numbered> elements = new ArrayList<>();
    entries.forEach(
        (name, entry) -> {
          String number = number(digits, elements.size()) + "-";
          if (!name.startsWith(number)) {
            throw new Corrupt(
                "files %s: entry \"%s\", expected \"%sNAME\""
                    .formatted(artifact.digest(), name, number));
          }
          elements.add(
              new Numbered(number.substring(0, digits), name.substring(digits + 1), entry));
        });
    return elements;
  }

  /** Places each element in a folder of its own, since names may be alike. */
  @Override
  public Object decode(Stored stored, Contents contents, Path scratch) throws IOException {
    List<Path> paths = new ArrayList<>();
    for (Numbered element : elements(stored.artifact(), contents)) {
      Path folder = Files.createDirectory(scratch.resolve(element.number()));
      paths.add(Folders.place(element.entry(), folder, element.name(), contents));
    }
    return Collections.unmodifiableList(paths);
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
