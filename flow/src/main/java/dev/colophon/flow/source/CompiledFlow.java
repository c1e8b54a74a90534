package dev.colophon.flow.source;

import dev.colophon.flow.code.SourceFile;
import java.nio.file.Path;
import java.util.List;

/**
 * A flow that was a source file.
 *
 * @param className fully qualified name of the flow class
 * @param classes jar of the classes compiled from the file and the siblings that it reaches
 * @param libraries jars of the declared libraries, in class path order
 * @param declared coordinates in the {@code //DEPS} lines of the sources, in order
 * @param sources the files that were compiled, the flow's own first
 */
public record CompiledFlow(
    String className,
    Path classes,
    List<Path> libraries,
    List<String> declared,
    List<SourceFile> sources) {
  public CompiledFlow {
    libraries = List.copyOf(libraries);
    declared = List.copyOf(declared);
    sources = List.copyOf(sources);
  }
}
