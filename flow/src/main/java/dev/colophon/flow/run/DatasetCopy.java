package dev.colophon.flow.run;

import dev.colophon.core.Artifact;
import dev.colophon.core.ArtifactStore;
import dev.colophon.core.Trees;
import dev.colophon.core.error.ColophonException.Corrupt;
import dev.colophon.core.error.ColophonException.Unavailable;
import dev.colophon.core.run.Dataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Places the captured copy of a dataset where steps may read it, under its own name. */
final class DatasetCopy {
  private DatasetCopy() {}

  /** All tasks share the copy: none may change what the others read. */
  private static void makeReadOnly(Path copy) throws IOException {
    try (Stream<Path> files = Files.walk(copy)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        boolean unused =
            file.toFile().setReadOnly(); // where the disk knows no rights, there is none to take
      }
    }
  }

  static Path place(Dataset dataset, ArtifactStore store, Path folder) {
    Path copy = folder.resolve(Path.of(dataset.location()).getFileName());
    try {
      Files.createDirectories(folder);
      switch (dataset.artifact()) {
        case Artifact.Blob blob -> store.copyTo(blob.digest(), copy);
        case Artifact.Tree tree -> Trees.restore(tree, store, copy);
      }
      makeReadOnly(copy);
      return copy;
    } catch (Corrupt e) {
      throw new Corrupt(
          "dataset %s: its stored copy is damaged; run again with --verify-inputs, which reads %s and stores it anew\n%s"
              .formatted(dataset.name(), dataset.location(), e.text()),
          e);
    } catch (IOException e) {
      throw new Unavailable(
          "dataset %s: no copy can be placed in %s: %s".formatted(dataset.name(), folder, e), e);
    }
  }
}
