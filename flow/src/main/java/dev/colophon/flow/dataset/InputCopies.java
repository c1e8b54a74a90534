package dev.colophon.flow.dataset;

import dev.colophon.flow.checkout.CheckedOut;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Files and folders that stand for inputs, as in a checkout: they are taken before what lies where
 * the flow looks. One that was deleted stands for nothing.
 *
 * @param root folder that a glob finds further files in; elsewhere the copies are all that it finds
 * @param files copies by name of the dataset
 */
public record InputCopies(Path root, Map<String, Path> files) {
  /** No copies. */
  public static final InputCopies NONE = new InputCopies(Path.of(""), Map.of());

  public InputCopies {
    files = Map.copyOf(files);
  }

  /** Those of the checkout that a folder lies in; none elsewhere. */
  public static InputCopies around(Path folder) {
    return CheckedOut.around(folder)
        .map(checkout -> new InputCopies(checkout.root(), checkout.inputs()))
        .orElse(NONE);
  }

  Optional<Path> find(String name) {
    return Optional.ofNullable(files.get(name)).filter(Files::exists);
  }

  /** What a glob finds, by name, in name order. */
  Map<String, Path> matches(InputGlob glob, FileSearch elsewhere) throws IOException {
    Map<String, Path> copies = new TreeMap<>();
    files.forEach(
        (name, file) -> {
          if (glob.matches(name) && Files.exists(file)) {
            copies.put(name, file);
          }
        });
    if (!copies.isEmpty() && !glob.folder().startsWith(root)) {
      return copies;
    }
    Map<String, Path> all = new TreeMap<>(elsewhere.files());
    all.putAll(copies);
    return all;
  }

  /** Finds files on the disk. */
  interface FileSearch {
    Map<String, Path> files() throws IOException;
  }
}
