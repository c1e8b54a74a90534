package dev.colophon.embedded;

import dev.colophon.core.Artifact;
import dev.colophon.core.ArtifactStore;
import dev.colophon.core.Digest;
import dev.colophon.core.code.CodeVersion.ClassPathEntry;
import dev.colophon.core.code.CodeVersion.ClassPathKind;
import dev.colophon.core.error.ColophonException.Unavailable;
import dev.colophon.core.error.IoReason;
import dev.colophon.flow.code.FileDigests;
import dev.colophon.flow.source.ClassJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Puts a flow's class path into the store: each jar once, whoever uses it. Colophon's own jars are
 * named by their digests and not kept: a distribution has them.
 */
final class ClassPathCapture {
  private final ArtifactStore store;
  private final FileDigests digests;
  private final Function<Path, Optional<String>> coordinates;

  /**
   * @param coordinates under which a library is known
   */
  ClassPathCapture(
      ArtifactStore store, FileDigests digests, Function<Path, Optional<String>> coordinates) {
    this.store = store;
    this.digests = digests;
    this.coordinates = coordinates;
  }

  /**
   * Captures a class path.
   *
   * @param classes folders and jars of the program itself
   * @param colophon Colophon's own jars
   */
  List<ClassPathEntry> capture(List<Path> classes, List<Path> libraries, List<Path> colophon) {
    List<ClassPathEntry> entries = new ArrayList<>();
    try {
      for (Path own : classes) {
        entries.add(entry(own, ClassPathKind.CLASSES, classes(own)));
      }
      for (Path library : libraries) {
        Artifact.Blob content = digests.put(library);
        entries.add(
            new ClassPathEntry(
                name(library), ClassPathKind.LIBRARY, content, coordinates.apply(library)));
      }
      for (Path own : colophon) {
        byte[] content = Files.readAllBytes(own);
        entries.add(
            entry(
                own,
                ClassPathKind.COLOPHON,
                new Artifact.Blob(Digest.of(content), content.length)));
      }
    } catch (IOException e) {
      throw new Unavailable(
          "class path: a library can't be read (%s); see that all of its files are there and may be read"
              .formatted(IoReason.of(e)),
          e);
    }
    digests.save();
    return entries;
  }

  private Artifact.Blob classes(Path classes) throws IOException {
    return Files.isDirectory(classes)
        ? store.put(ClassJar.ofFolder(classes))
        : digests.put(classes);
  }

  private static ClassPathEntry entry(Path path, ClassPathKind kind, Artifact.Blob content) {
    return new ClassPathEntry(name(path), kind, content);
  }

  private static String name(Path path) {
    Path name = path.getFileName();
    return name == null ? path.toString() : name.toString();
  }
}
