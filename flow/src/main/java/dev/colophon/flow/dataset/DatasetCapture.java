package dev.colophon.flow.dataset;

import dev.colophon.core.Artifact;
import dev.colophon.core.ArtifactStore;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.error.ColophonException.NotFound;
import dev.colophon.core.error.ColophonException.Unavailable;
import dev.colophon.core.error.IoReason;
import dev.colophon.core.run.Dataset;
import dev.colophon.flow.code.CacheFile;
import dev.colophon.flow.code.FileDigests;
import dev.colophon.flow.graph.FlowGraph;
import dev.colophon.flow.graph.FlowGraph.DatasetArgument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Captures what {@code @Input} names: the bytes are in the store before any step runs, and a digest
 * is always of the bytes that were stored.
 *
 * <p>A file that was captured before is recognised by path, size, times and inode, without reading
 * it, as long as the store still has its content (see {@link FileDigests}). Links are followed. The
 * caller syncs the store before a record names a dataset. Any thread may call.
 */
public final class DatasetCapture {
  private final ArtifactStore store;
  private final FileDigests digests;
  private final InstantSource clock;
  private final InputCopies copies;

  /**
   * @param cacheFolder where digests are remembered between runs; may be lost at any time
   * @param verify whether to read every file again, as {@code --verify-inputs} asks
   */
  public DatasetCapture(
      ArtifactStore store, Path cacheFolder, InstantSource clock, boolean verify) {
    this(store, cacheFolder, clock, verify, InputCopies.NONE);
  }

  /**
   * As above.
   *
   * @param copies what stands for inputs
   */
  public DatasetCapture(
      ArtifactStore store,
      Path cacheFolder,
      InstantSource clock,
      boolean verify,
      InputCopies copies) {
    this.store = store;
    this.clock = clock;
    this.copies = copies;
    this.digests =
        new FileDigests(store, new CacheFile(cacheFolder.resolve("datasets")), clock, verify);
  }

  /**
   * Captures all inputs of a flow.
   *
   * @param base folder that patterns are relative to
   * @return for each pattern its datasets, in name order; exactly one where the argument is no list
   * @throws NotFound as {@link #capture(String, Path)}
   * @throws Invalid as {@link #capture(String, Path)}, and if a pattern matches several files where
   *     one is expected
   */
  public Map<String, List<Dataset>> capture(FlowGraph graph, Path base) {
    Map<String, List<Dataset>> captured = new LinkedHashMap<>();
    for (FlowGraph.StepNode step : graph.steps()) {
      for (FlowGraph.Argument argument : step.arguments()) {
        if (argument instanceof DatasetArgument input) {
          List<Dataset> found =
              captured.computeIfAbsent(input.pattern(), pattern -> datasets(pattern, base));
          checkOne(step, input, found);
        }
      }
    }
    digests.save();
    return captured;
  }

  /**
   * Captures what a path or glob names.
   *
   * @param pattern path of a file or folder, or a glob for files; relative to the base, or absolute
   * @return one dataset for a path, one for each file for a glob, in name order
   * @throws NotFound if there is no such file or folder; names where it was looked for and what has
   *     a similar name
   * @throws Invalid if no file matches the glob, or what was found is neither file nor folder
   * @throws Unavailable if a file can't be read
   */
  public List<Dataset> capture(String pattern, Path base) {
    List<Dataset> captured = datasets(pattern, base);
    digests.save();
    return captured;
  }

  private List<Dataset> datasets(String pattern, Path base) {
    Path literal = copies.find(pattern).orElseGet(() -> literal(pattern, base));
    try {
      if (Files.exists(literal)) {
        return List.of(dataset(pattern, literal));
      }
      if (!InputGlob.isGlob(pattern)) {
        throw new NotFound(NearestName.missing(pattern, literal));
      }
      return matches(InputGlob.of(pattern, base));
    } catch (IOException e) {
      throw new Unavailable(
          "input \"%s\": it can't be read (%s); make it readable for this user, or name another"
              .formatted(pattern, IoReason.of(e)),
          e);
    }
  }

  private static Path literal(String pattern, Path base) {
    try {
      return base.toAbsolutePath().resolve(pattern).normalize();
    } catch (InvalidPathException e) {
      throw new Invalid(
          "input \"%s\" is no path: %s".formatted(pattern.replace('\0', ' '), e.getReason()), e);
    }
  }

  private Dataset dataset(String name, Path path) throws IOException {
    Artifact artifact = Files.isDirectory(path) ? folder(name, path) : file(name, path);
    return new Dataset(name, artifact, path.toString(), clock.instant());
  }

  private Artifact file(String name, Path path) throws IOException {
    if (!Files.isRegularFile(path)) {
      throw new Invalid("input \"%s\": %s is neither a file nor a folder".formatted(name, path));
    }
    return digests.put(path);
  }

  private Artifact folder(String name, Path path) throws IOException {
    return InputFolder.of(name, path).put(digests, store);
  }

  private List<Dataset> matches(InputGlob glob) throws IOException {
    Map<String, Path> files = copies.matches(glob, glob::files);
    if (files.isEmpty()) {
      throw new Invalid(
          "input \"%s\": no file in %s matches; check the pattern, or put the files there"
              .formatted(glob.pattern(), glob.folder()));
    }
    FileDigests.Result result =
        digests.putAll(files.values().stream().map(FileDigests.Wanted::new).toList());
    List<Dataset> datasets = new ArrayList<>();
    for (Map.Entry<String, Path> file : files.entrySet()) {
      datasets.add(
          new Dataset(
              file.getKey(),
              result.get(file.getValue()),
              file.getValue().toString(),
              clock.instant()));
    }
    return List.copyOf(datasets);
  }

  private static void checkOne(
      FlowGraph.StepNode step, DatasetArgument input, List<Dataset> found) {
    if (!input.many() && found.size() > 1) {
      throw new Invalid(
          "step %s: input \"%s\" matches %d files, expected one; declare %s as List<Path>"
              .formatted(step.name(), input.pattern(), found.size(), input.name()));
    }
  }
}
