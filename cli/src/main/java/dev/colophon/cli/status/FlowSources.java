package dev.colophon.cli.status;

import dev.colophon.core.code.CodeVersion;
import dev.colophon.core.code.Environment;
import dev.colophon.embedded.FlowTarget;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the source of a recorded flow is now.
 *
 * @param workingFolder of this process
 */
record FlowSources(Path workingFolder) {
  /**
   * The flow as it can be compiled, or found, now: the file that the run was started with, else the
   * recorded path in the folder that the run worked in, or that this process does, or above.
   */
  Optional<FlowTarget> find(CodeVersion code, Environment environment) {
    if (code.source().isEmpty()) {
      return Optional.of(new FlowTarget.CompiledClass(code.flow(), List.of()));
    }
    String source = code.source().get();
    return Stream.concat(
            typed(environment, source),
            Stream.of(Path.of(environment.workingFolder()), workingFolder)
                .flatMap(FlowSources::upward)
                .map(folder -> folder.resolve(source)))
        .filter(Files::isRegularFile)
        .findFirst()
        .map(FlowTarget.SourceFile::new);
  }

  private static Stream<Path> typed(Environment environment, String source) {
    return environment.commandLine().stream()
        .filter(word -> word.endsWith(".java"))
        .flatMap(word -> resolve(environment.workingFolder(), word).stream())
        .filter(file -> file.endsWith(Path.of(source).getFileName()));
  }

  private static Optional<Path> resolve(String folder, String word) {
    try {
      return Optional.of(Path.of(folder).resolve(word));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static Stream<Path> upward(Path folder) {
    return Stream.iterate(
            Optional.of(folder.toAbsolutePath().normalize()),
            Optional::isPresent,
            below -> below.map(Path::getParent))
        .flatMap(Optional::stream);
  }
}
