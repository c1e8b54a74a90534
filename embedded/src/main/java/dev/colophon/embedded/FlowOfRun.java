package dev.colophon.embedded;

import dev.colophon.core.Subject.RunId;
import dev.colophon.core.code.CodeVersion;
import dev.colophon.core.code.Environment;
import dev.colophon.core.error.ColophonException.NotFound;
import dev.colophon.core.run.RunLog;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the flow of an earlier run again, as it is now: the source file where it was, or at the
 * same place below the working folder or a folder above it; a compiled class by its name.
 */
public final class FlowOfRun {
  private static final String JAVA = ".java";
  private static final String RESUME = "resume";
  private static final int MOST_NAMED = 2;
  private static final List<String> CLASS_PATH = List.of("--class-path", "-cp");

  private final RunLog runs;
  private final Path workingFolder;

  public FlowOfRun(RunLog runs, Path workingFolder) {
    this.runs = runs;
    this.workingFolder = workingFolder.toAbsolutePath().normalize();
  }

  /**
   * The flow.
   *
   * @throws NotFound if its source is in none of the places, naming them
   */
  public FlowTarget find(RunId run) {
    CodeVersion code = runs.getCode(runs.getRun(run).code());
    Environment environment = started(run);
    Path then = Path.of(environment.workingFolder());
    if (code.source().isEmpty()) {
      return new FlowTarget.CompiledClass(code.flow(), classPath(environment, then));
    }
    Set<Path> places = new LinkedHashSet<>();
    typed(environment).ifPresent(word -> places.add(then.resolve(word).normalize()));
    typed(environment).ifPresent(word -> places.add(workingFolder.resolve(word).normalize()));
    for (Path folder = workingFolder; folder != null; folder = folder.getParent()) {
      places.add(folder.resolve(code.source().get()).normalize());
    }
    return places.stream()
        .filter(Files::isRegularFile)
        .findFirst()
        .map(this::shortened)
        .<FlowTarget>map(FlowTarget.SourceFile::new)
        .orElseThrow(() -> missing(run, code, places));
  }

  /** As a person in the working folder would type it. */
  private Path shortened(Path file) {
    return file.startsWith(workingFolder) ? workingFolder.relativize(file) : file;
  }

  private static NotFound missing(RunId run, CodeVersion code, Set<Path> places) {
    return new NotFound(
        "run %s: its flow %s is not there any more, looked for %s; say where it is now: colophon resume %s FILE"
            .formatted(
                run,
                code.flow(),
                places.stream()
                    .limit(MOST_NAMED)
                    .map(Path::toString)
                    .collect(Collectors.joining(" and ")),
                run));
  }

  /** Of the run that a person started by naming the flow. */
  private Environment started(RunId run) {
    Environment environment = runs.getEnvironment(run);
    List<RunId> seen = new ArrayList<>(List.of(run));
    Optional<RunId> before = continued(environment);
    while (before.isPresent() && !seen.contains(before.get())) {
      if (typed(environment).isPresent() || runs.findRun(before.get()).isEmpty()) {
        return environment;
      }
      seen.add(before.get());
      environment = runs.getEnvironment(before.get());
      before = continued(environment);
    }
    return environment;
  }

  private static Optional<RunId> continued(Environment environment) {
    List<String> words = environment.commandLine();
    int at = words.indexOf(RESUME);
    return at >= 0 && at + 1 < words.size() && words.get(at + 1).matches("[^/]+/[1-9][0-9]{0,8}")
        ? Optional.of(RunId.parse(words.get(at + 1)))
        : Optional.empty();
  }

  private static Optional<Path> typed(Environment environment) {
    try {
      return environment.commandLine().stream()
          .filter(word -> word.endsWith(JAVA) && !word.startsWith("-"))
          .findFirst()
          .map(Path::of);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static List<Path> classPath(Environment environment, Path then) {
    List<String> words = environment.commandLine();
    for (int i = 0; i + 1 < words.size(); i++) {
      if (CLASS_PATH.contains(words.get(i))) {
        return Arrays.stream(words.get(i + 1).split(File.pathSeparator, -1))
            .filter(entry -> !entry.isEmpty())
            .map(then::resolve)
            .toList();
      }
    }
    return List.of();
  }
}
