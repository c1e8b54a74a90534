package dev.colophon.flow.source;

import dev.colophon.core.Digest;
import dev.colophon.core.WholeFile;
import dev.colophon.core.error.ColophonException;
import dev.colophon.core.error.ColophonException.Unavailable;
import dev.colophon.flow.code.CacheFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Keeps compiled classes by content: a jar named by its digest and, for each file that was compiled
 * with a set of tools, a record of all that the compiler saw.
 *
 * <p>Classes are used again only if every source that was read has the bytes that it had, every
 * package folder that was looked into has the names that it had (none, where there was no folder),
 * and the jar is whole. So an edited, added, removed or renamed source is noticed, and one that was
 * only touched is not. Several processes may share the folder.
 */
final class KeptClasses {
  /**
   * What was kept.
   *
   * @param sources digest of each source that was read, by name below the root, the flow's own
   *     first
   * @param looked names of the sources in each package folder that was looked into
   * @param coordinates of the libraries that the sources declare
   * @param libraries what identifies each of their jars
   */
  record Kept(
      String className,
      Digest jar,
      Map<String, Digest> sources,
      Map<String, List<String>> looked,
      List<String> coordinates,
      List<String> libraries) {
    Kept {
      sources = Collections.unmodifiableMap(new LinkedHashMap<>(sources));
      looked = Collections.unmodifiableMap(new TreeMap<>(looked));
      coordinates = List.copyOf(coordinates);
      libraries = List.copyOf(libraries);
    }
  }

  private final Path folder;

  KeptClasses(Path folder) {
    this.folder = folder;
  }

  Path jar(Kept kept) {
    return folder.resolve(kept.jar().hex() + ".jar");
  }

  /** Classes kept under a key, if all that they were made from is as it was. */
  Optional<Kept> find(Digest key, Path root) {
    return record(key)
        .read()
        .flatMap(KeptClasses::parse)
        .filter(kept -> isUnchanged(kept, root) && isWhole(kept));
  }

  /** Keeps classes: the jar first, then the record that names it. */
  void keep(Digest key, Kept kept, byte[] jar) {
    try {
      Files.createDirectories(folder);
      WholeFile.write(jar(kept), jar);
    } catch (IOException e) {
      throw new Unavailable(
          "compiled classes can't be kept in %s: %s; choose another home with --home"
              .formatted(folder, e),
          e);
    }
    record(key).write(fields(kept));
  }

  private CacheFile record(Digest key) {
    return new CacheFile(folder.resolve(key.hex() + ".kept"));
  }

  private static boolean isUnchanged(Kept kept, Path root) {
    SourceFolder now = new SourceFolder(root);
    return kept.looked().entrySet().stream()
            .allMatch(each -> now.names(each.getKey()).equals(each.getValue()))
        && kept.sources().entrySet().stream()
            .allMatch(each -> holds(root.resolve(each.getKey()), each.getValue()));
  }

  private boolean isWhole(Kept kept) {
    return holds(jar(kept), kept.jar());
  }

  private static boolean holds(Path file, Digest digest) {
    try {
      return Digest.of(Files.readAllBytes(file)).equals(digest);
    } catch (IOException e) {
      return false;
    }
  }

  private static List<String> fields(Kept kept) {
    List<String> fields = new ArrayList<>(List.of(kept.className(), kept.jar().hex()));
    fields.add(Integer.toString(kept.sources().size()));
    kept.sources().forEach((name, digest) -> fields.addAll(List.of(name, digest.hex())));
    fields.add(Integer.toString(kept.looked().size()));
    kept.looked()
        .forEach(
            (name, names) -> {
              fields.add(name);
              add(names, fields);
            });
    add(kept.coordinates(), fields);
    add(kept.libraries(), fields);
    return fields;
  }

  private static void add(List<String> items, List<String> fields) {
    fields.add(Integer.toString(items.size()));
    fields.addAll(items);
  }

  private static Optional<Kept> parse(List<String> fields) {
    try {
      Iterator<String> each = fields.iterator();
      String className = each.next();
      Digest jar = new Digest(each.next());
      Map<String, Digest> sources = new LinkedHashMap<>();
      for (int i = Integer.parseInt(each.next()); i > 0; i--) {
        sources.put(each.next(), new Digest(each.next()));
      }
      Map<String, List<String>> looked = new TreeMap<>();
      for (int i = Integer.parseInt(each.next()); i > 0; i--) {
        looked.put(each.next(), items(each));
      }
      return Optional.of(new Kept(className, jar, sources, looked, items(each), items(each)));
    } catch (NoSuchElementException | NumberFormatException | ColophonException e) {
      return Optional.empty(); // not one of our records: compile again
    }
  }

  private static List<String> items(Iterator<String> each) {
    List<String> items = new ArrayList<>();
    for (int i = Integer.parseInt(each.next()); i > 0; i--) {
      items.add(each.next());
    }
    return items;
  }
}
