package dev.colophon.flow.checkout;

import dev.colophon.core.Artifact;
import dev.colophon.core.ArtifactStore;
import dev.colophon.core.TreeListing;
import dev.colophon.core.Trees;
import dev.colophon.core.code.CodeVersion;
import dev.colophon.core.code.CodeVersion.ClassPathEntry;
import dev.colophon.core.code.CodeVersion.ClassPathKind;
import dev.colophon.core.error.ColophonException.Corrupt;
import dev.colophon.core.json.Json;
import dev.colophon.core.run.Dataset;
import dev.colophon.core.run.RunRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Writes the code of a run into a folder where it runs again with a JDK and Colophon alone. All
 * bytes are verified; the folder appears whole or not at all.
 */
public final class Checkout {
  private static final String HOME = CheckedOut.FOLDER.substring(0, CheckedOut.FOLDER.indexOf('/'));

  private final ArtifactStore store;

  /**
   * @param store that has the content
   */
  public Checkout(ArtifactStore store) {
    this.store = store;
  }

  /**
   * What was written.
   *
   * @param libraries how many
   * @param copied datasets that were written beside the sources
   * @param absent datasets that are neither part of the sources nor copied
   */
  public record Written(int libraries, List<Dataset> copied, List<Dataset> absent) {
    public Written {
      copied = List.copyOf(copied);
      absent = List.copyOf(absent);
    }
  }

  /**
   * Writes a checkout.
   *
   * @param run whose code it is; the values of its parameters are written, too
   * @param datasets that the run captured
   * @param withData whether those that are not part of the sources are written, too
   * @param target folder that is absent or empty
   * @throws dev.colophon.core.error.ColophonException.Conflict if the target holds something
   * @throws dev.colophon.core.error.ColophonException.Invalid if a name would lead out of it
   * @throws dev.colophon.core.error.ColophonException.NotFound if the store lacks part of it
   * @throws Corrupt if stored bytes are not what their digest says
   * @throws dev.colophon.core.error.ColophonException.Unavailable if it can't be written
   */
  public Written write(
      RunRecord run, CodeVersion code, List<Dataset> datasets, boolean withData, Path target) {
    refuseHidden(code);
    List<Dataset> outside = datasets.stream().filter(each -> !isSource(code, each)).toList();
    new FreshFolder(target)
        .make(
            draft -> {
              Trees.restore(code.snapshot(), store, draft);
              Path folder = draft.resolve(CheckedOut.FOLDER);
              if (Files.exists(folder.getParent(), LinkOption.NOFOLLOW_LINKS)) {
                throw escapes(HOME); // this disk takes another name for it
              }
              Files.createDirectories(folder);
              Map<ClassPathEntry, Path> classPath = classPath(code, folder);
              Map<String, Path> inputs = withData ? inputs(outside, folder) : Map.of();
              if (!run.parameters().isEmpty()) {
                Json.Builder parameters = Json.object();
                run.parameters().forEach(parameters::put);
                write(CheckedOut.parameters(draft), parameters.build());
              }
              CheckedOut written = new CheckedOut(draft, run.id(), code, classPath, inputs);
              write(CheckedOut.record(draft), written.json());
            });
    int libraries = (int) code.classPath().stream().filter(each -> isLibrary(each.kind())).count();
    return new Written(libraries, withData ? outside : List.of(), withData ? List.of() : outside);
  }

  private static void write(Path file, Json content) throws IOException {
    Files.writeString(file, content.text() + "\n");
  }

  /** No capture holds a folder of this name: a link there would lead what we write elsewhere. */
  private void refuseHidden(CodeVersion code) {
    boolean there =
        Trees.list(code.snapshot(), store).entries().keySet().stream()
            .anyMatch(HOME::equalsIgnoreCase);
    if (there) {
      throw escapes(HOME);
    }
  }

  private static boolean isLibrary(ClassPathKind kind) {
    return kind == ClassPathKind.LIBRARY;
  }

  /** Libraries and, of a flow that came compiled, its classes. */
  private Map<ClassPathEntry, Path> classPath(CodeVersion code, Path folder) throws IOException {
    Map<ClassPathEntry, Path> classPath = new LinkedHashMap<>();
    Set<String> names = new HashSet<>();
    for (ClassPathEntry entry : code.classPath()) {
      switch (entry.kind()) {
        case COLOPHON -> {
          // the distribution that runs it has its own
        }
        case CLASSES -> {
          if (code.source().isEmpty()) {
            Path place = numbered(folder.resolve("classes"), classPath.size(), entry.name());
            unpack(entry, place);
            classPath.put(entry, place);
          }
        }
        case LIBRARY -> {
          Path libraries = folder.resolve("libraries");
          Path place =
              names.add(entry.name())
                  ? plain(libraries, entry.name())
                  : numbered(libraries, classPath.size(), entry.name());
          Files.createDirectories(place.resolveSibling("."));
          store.copyTo(entry.content().digest(), place);
          classPath.put(entry, place);
        }
      }
    }
    return classPath;
  }

  private Map<String, Path> inputs(List<Dataset> datasets, Path folder) throws IOException {
    Map<String, Path> inputs = new LinkedHashMap<>();
    for (Dataset dataset : datasets) {
      String location = dataset.location().replace('\\', '/');
      String name = location.substring(location.lastIndexOf('/') + 1);
      Path place = numbered(folder.resolve("data"), inputs.size(), name);
      Files.createDirectories(place.resolveSibling("."));
      switch (dataset.artifact()) {
        case Artifact.Blob blob -> store.copyTo(blob.digest(), place);
        case Artifact.Tree tree -> Trees.restore(tree, store, place);
      }
      inputs.put(dataset.name(), place);
    }
    return inputs;
  }

  private static Path numbered(Path folder, int number, String name) {
    return plain(folder.resolve(Integer.toString(number)), name);
  }

  /** A path directly in the folder, whatever the record says. */
  private static Path plain(Path folder, String name) {
    try {
      Path path = folder.resolve(name).normalize();
      if (folder.equals(path.getParent()) && path.endsWith(name)) {
        return path;
      }
    } catch (InvalidPathException e) {
      throw escapes(name);
    }
    throw escapes(name);
  }

  private static Corrupt escapes(String name) {
    return new Corrupt(
        "\"%s\": the code version names a file like this, expected a plain name; nothing was checked out"
            .formatted(name));
  }

  /** The jar that was made from a folder of classes becomes one again. */
  private void unpack(ClassPathEntry entry, Path folder) throws IOException {
    Files.createDirectories(folder);
    try (InputStream content = store.open(entry.content().digest());
        ZipInputStream zip = new ZipInputStream(content, StandardCharsets.UTF_8)) {
      for (ZipEntry each = zip.getNextEntry(); each != null; each = zip.getNextEntry()) {
        Path file = folder;
        for (String name : each.getName().split("/", -1)) {
          file = plain(file, name);
        }
        Files.createDirectories(file.resolveSibling("."));
        Files.copy(zip, file);
      }
    }
  }

  /** Whether the flow finds a dataset, as it was captured, among its sources. */
  private boolean isSource(CodeVersion code, Dataset dataset) {
    Path root = Path.of("/checkout").toAbsolutePath();
    Path path;
    try {
      path = root.resolve(code.folder()).resolve(dataset.name()).normalize();
    } catch (InvalidPathException e) {
      return false;
    }
    if (!path.startsWith(root) || Path.of(dataset.name()).isAbsolute()) {
      return false;
    }
    List<String> names = new ArrayList<>();
    root.relativize(path).forEach(name -> names.add(name.toString()));
    return find(code.snapshot(), names).filter(dataset.artifact()::equals).isPresent();
  }

  private Optional<Artifact> find(Artifact.Tree tree, List<String> names) {
    TreeListing.Entry entry = Trees.list(tree, store).entries().get(names.getFirst());
    if (entry == null || entry.kind() == TreeListing.Kind.LINK) {
      return Optional.empty();
    }
    if (names.size() == 1) {
      return Optional.of(entry.artifact());
    }
    return entry.artifact() instanceof Artifact.Tree inner
        ? find(inner, names.subList(1, names.size()))
        : Optional.empty();
  }
}
