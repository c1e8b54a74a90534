package dev.colophon.flow.source;

import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.error.ColophonException.Unavailable;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.annotation.processing.Processor;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Compiles one source file, and the siblings that it reaches, in this process; class files stay in
 * memory.
 */
final class FlowCompiler {
  private static final String FLOW = "Ldev/colophon/flow/Flow;";

  /** What came of a compilation; its {@link SourceFolder} knows what was read for it. */
  sealed interface Result {}

  /**
   * It went well.
   *
   * @param flows names of the classes in the file that are marked as flows
   * @param classes class files by their path in a jar
   */
  record Compiled(List<String> flows, SortedMap<String, byte[]> classes) implements Result {}

  /** It did not. */
  record Refused(Invalid why) implements Result {}

  private final Supplier<List<Processor>> processors;

  FlowCompiler(Supplier<List<Processor>> processors) {
    this.processors = processors;
  }

  Result compile(SourceRoot root, SourceFolder sources, List<Path> classPath) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new Unavailable(
          "this Java runtime (%s) has no compiler; run Colophon with a JDK, 21 or newer"
              .formatted(System.getProperty("java.home")));
    }
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    SourceText own = sources.source(root.name());
    try (StandardJavaFileManager standard =
            compiler.getStandardFileManager(diagnostics, Locale.ROOT, StandardCharsets.UTF_8);
        FlowFiles files = new FlowFiles(standard, sources)) {
      JavaCompiler.CompilationTask task =
          compiler.getTask(
              new PrintWriter(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
              files,
              diagnostics,
              options(classPath),
              null,
              List.of(own));
      task.setProcessors(processors.get());
      return task.call()
          ? new Compiled(flows(files, own), files.made())
          : new Refused(new Invalid(Problems.text(root, diagnostics.getDiagnostics())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> options(List<Path> classPath) {
    return List.of(
        "-parameters",
        "-g",
        "-nowarn",
        "-implicit:class",
        "-Xprefer:source",
        "-classpath",
        classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
  }

  private static List<String> flows(FlowFiles files, SourceText own) {
    return files.classesOf(own).entrySet().stream()
        .filter(file -> isFlow(file.getValue()))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  private static boolean isFlow(byte[] classFile) {
    Optional<?>[] found = {Optional.empty()};
    new ClassReader(classFile)
        .accept(
            new ClassVisitor(Opcodes.ASM9) {
              @Override
              public @Nullable AnnotationVisitor visitAnnotation(
                  String descriptor, boolean visible) {
                if (descriptor.equals(FLOW)) {
                  found[0] = Optional.of(descriptor);
                }
                return null;
              }
            },
            ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    return found[0].isPresent();
  }
}
