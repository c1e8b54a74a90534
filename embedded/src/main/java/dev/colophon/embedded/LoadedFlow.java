package dev.colophon.embedded;

import dev.colophon.flow.code.SourceFile;
import dev.colophon.flow.run.FlowProgram;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A flow that was compiled or found, loaded and checked.
 *
 * @param folder against which its inputs' relative paths are resolved
 * @param file its source, if it was given as one
 * @param sources what it was compiled from; empty for a class that came compiled
 * @param classes jars and folders of the author's own classes, in class path order
 * @param libraries jars of libraries, in class path order
 * @param declared coordinates of libraries that the sources declare
 */
public record LoadedFlow(
    FlowProgram program,
    Path folder,
    Optional<Path> file,
    List<SourceFile> sources,
    List<Path> classes,
    List<Path> libraries,
    List<String> declared) {
  public LoadedFlow {
    sources = List.copyOf(sources);
    classes = List.copyOf(classes);
    libraries = List.copyOf(libraries);
    declared = List.copyOf(declared);
  }
}
