package dev.colophon.flow.checkout;

import dev.colophon.core.Subject.RunId;
import dev.colophon.core.code.CodeJson;
import dev.colophon.core.code.CodeVersion;
import dev.colophon.core.code.CodeVersion.ClassPathEntry;
import dev.colophon.core.code.CodeVersion.ClassPathKind;
import dev.colophon.core.error.ColophonException.Corrupt;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.error.ColophonException.Unavailable;
import dev.colophon.core.error.IoReason;
import dev.colophon.core.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A folder that holds the code of a run: the source tree as it was captured and, in {@value
 * #FOLDER}, all else that it needs to run again.
 *
 * @param root absolute path of the folder
 * @param run whose code it is
 * @param classPath for each entry of the code's class path where it lies; those that lie nowhere
 *     (Colophon's own, classes that are compiled again) are left out
 * @param inputs copies of captured datasets, by the dataset's name
 */
public record CheckedOut(
    Path root,
    RunId run,
    CodeVersion code,
    Map<ClassPathEntry, Path> classPath,
    Map<String, Path> inputs) {
  /** Folder inside the checkout that holds what is no source. */
  static final String FOLDER = ".colophon/checkout";

  /** Number of the layout that this version writes and reads. */
  static final int FORMAT = 1;

  private static final String RECORD = FOLDER + "/checkout.json";
  private static final String PARAMETERS = FOLDER + "/parameters.json";

  public CheckedOut {
    classPath = Collections.unmodifiableMap(new LinkedHashMap<>(classPath));
    inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
  }

  /**
   * The checkout that a file or folder lies in: the nearest one upward, not beyond a Git
   * repository.
   *
   * @throws Corrupt if its record can't be understood
   * @throws Invalid if a newer version of Colophon wrote it
   */
  public static Optional<CheckedOut> around(Path place) {
    for (Path at = place.toAbsolutePath().normalize(); at != null; at = at.getParent()) {
      if (isRoot(at)) {
        return Optional.of(read(at));
      }
      if (Files.exists(at.resolve(".git"))) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** Whether a folder is the root of a checkout. */
  public static boolean isRoot(Path folder) {
    return Files.isRegularFile(folder.resolve(RECORD));
  }

  static Path record(Path root) {
    return root.resolve(RECORD);
  }

  /**
   * Where the values of the run's parameters lie, as {@code run --params} reads them; no file of a
   * run that had none.
   *
   * @param root folder of a checkout
   */
  public static Path parameters(Path root) {
    return root.resolve(PARAMETERS);
  }

  /** Where the classes and libraries of a compiled flow lie, in order. */
  public List<Path> paths() {
    return List.copyOf(classPath.values());
  }

  /**
   * The captured libraries, in order; empty if something else is wanted than the run declared.
   *
   * @param coordinates that the sources declare now
   */
  public Optional<List<Path>> libraries(List<String> coordinates) {
    return code.dependencies().containsAll(coordinates)
        ? Optional.of(
            classPath.entrySet().stream()
                .filter(each -> each.getKey().kind() == ClassPathKind.LIBRARY)
                .map(Map.Entry::getValue)
                .toList())
        : Optional.empty();
  }

  /** The Maven coordinates that were recorded of a library of the checkout. */
  public Optional<String> coordinates(Path library) {
    return classPath.entrySet().stream()
        .filter(each -> each.getValue().equals(library))
        .findFirst()
        .flatMap(each -> each.getKey().coordinates());
  }

  /** The record, with paths relative to {@value #FOLDER}. */
  Json json() {
    Path folder = root.resolve(FOLDER);
    Json.Builder copies = Json.object();
    inputs.forEach((name, path) -> copies.put(name, slashed(folder, path)));
    return Json.object()
        .put("format", FORMAT)
        .put("run", run.toString())
        .put("code", CodeJson.toJson(code))
        .put(
            "classPath",
            Json.of(
                classPath.entrySet().stream()
                    .map(
                        each ->
                            Json.object()
                                .put("entry", CodeJson.toJson(each.getKey()))
                                .put("path", slashed(folder, each.getValue()))
                                .build())
                    .toList()))
        .put("inputs", copies.build())
        .build();
  }

  private static String slashed(Path folder, Path path) {
    return folder.relativize(path).toString().replace('\\', '/');
  }

  private static CheckedOut read(Path root) {
    Path record = record(root);
    try {
      Json.Obj json = Json.parse(Files.readAllBytes(record)).asObject();
      long format = json.get("format").asLong();
      if (format > FORMAT) {
        throw new Invalid(
            "checkout %s: format %d, this version of Colophon reads up to %d; use a newer version"
                .formatted(root, format, FORMAT));
      }
      return of(root, json);
    } catch (IOException e) {
      throw new Unavailable(
          "checkout %s: %s can't be read (%s); make it readable, or check the run out anew"
              .formatted(root, record, IoReason.of(e)),
          e);
    } catch (Corrupt | IllegalArgumentException e) {
      throw new Corrupt(
          "checkout %s: %s can't be understood (%s); check the run out anew"
              .formatted(root, record, e.getMessage()),
          e);
    }
  }

  private static CheckedOut of(Path root, Json.Obj json) {
    Path folder = root.resolve(FOLDER);
    Map<ClassPathEntry, Path> classPath = new LinkedHashMap<>();
    for (Json each : json.get("classPath").asList()) {
      Json.Obj entry = each.asObject();
      classPath.put(
          CodeJson.classPathEntry(entry.get("entry")),
          folder.resolve(entry.get("path").asString()));
    }
    Map<String, Path> inputs = new LinkedHashMap<>();
    json.get("inputs")
        .asObject()
        .members()
        .forEach((name, path) -> inputs.put(name, folder.resolve(path.asString())));
    return new CheckedOut(
        root,
        RunId.parse(json.get("run").asString()),
        CodeJson.codeVersion(json.get("code")),
        classPath,
        inputs);
  }
}
