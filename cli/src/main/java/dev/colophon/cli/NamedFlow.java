package dev.colophon.cli;

import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.embedded.FlowTarget;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The flow that a person names on the command line, with what else the name might stand for. */
final class NamedFlow {
  /** Files of a folder that are looked into, and flows that are named. */
  private static final int MOST_FILES = 200;

  private static final int MOST_FLOWS = 5;

  private NamedFlow() {}

  /**
   * What is to be run.
   *
   * @throws Invalid for what is neither a source file nor the name of a class, with what to type
   */
  static FlowTarget target(String flow, String classPath, Path workingFolder) {
    if (!flow.endsWith(".java") && classPath.isEmpty()) {
      refuseWhatIsNoClass(flow, workingFolder);
    }
    return FlowTarget.of(
        flow,
        Arrays.stream(classPath.split(File.pathSeparator, -1))
            .filter(entry -> !entry.isEmpty())
            .map(Path::of)
            .toList());
  }

  private static void refuseWhatIsNoClass(String flow, Path workingFolder) {
    Path named = workingFolder.resolve(flow);
    if (Files.isDirectory(named)) {
      List<String> flows =
          flows(named).map(file -> Path.of(flow).resolve(file).toString()).toList();
      throw new Invalid(
          flows.isEmpty()
              ? "%s is a folder without a flow in it; expected a .java file or the name of a class"
                  .formatted(flow)
              : "%s is a folder; name a flow in it: colophon run %s"
                  .formatted(flow, String.join(" or colophon run ", flows)));
    }
    if (Files.isRegularFile(named)) {
      throw new Invalid(
          "%s is a file, but no .java file; expected one, or the name of a class".formatted(flow));
    }
    if (Files.isRegularFile(workingFolder.resolve(flow + ".java"))) {
      throw new Invalid(
          "%s would be a compiled class, but there is the source file %s.java; type colophon run %s.java"
              .formatted(flow, flow, flow));
    }
  }

  private static Stream<Path> flows(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> sources =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .sorted()
              .limit(MOST_FILES)
              .toList();
      return sources.stream().filter(NamedFlow::isFlow).map(Path::getFileName).limit(MOST_FLOWS);
    } catch (IOException e) {
      return Stream.empty(); // not ours to read, nor to name
    }
  }

  private static boolean isFlow(Path source) {
    try {
      return Files.readString(source).lines().anyMatch(line -> line.strip().startsWith("@Flow"));
    } catch (IOException | java.io.UncheckedIOException e) {
      return false;
    }
  }
}
