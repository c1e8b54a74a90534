package dev.colophon.embedded;

import java.nio.file.Path;
import java.util.List;

/** The flow that a person wants to run. */
public sealed interface FlowTarget {
  /** A source file. */
  record SourceFile(Path file) implements FlowTarget {}

  /**
   * A class that was compiled already.
   *
   * @param name fully qualified
   * @param classPath where to find it and its libraries; empty for that of the Maven project around
   *     the working folder
   */
  record CompiledClass(String name, List<Path> classPath) implements FlowTarget {
    public CompiledClass {
      classPath = List.copyOf(classPath);
    }
  }

  /** A class of the running program. */
  record LoadedClass(Class<?> type) implements FlowTarget {}

  /** Takes a text that ends in {@code .java} for a file, any other for a class. */
  static FlowTarget of(String text, List<Path> classPath) {
    return text.endsWith(".java")
        ? new SourceFile(Path.of(text))
        : new CompiledClass(text, classPath);
  }
}
