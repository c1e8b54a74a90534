package dev.colophon.flow.checks;

import dev.colophon.core.Name;
import dev.colophon.flow.Flow;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.annotation.processing.Processor;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Sources compiled in memory, as {@code javac} would. */
public record Compilation(
    List<Diagnostic<? extends JavaFileObject>> diagnostics, Map<String, byte[]> classes) {

  /** Compiles one source file; without a processor given, those of the options are used. */
  public static Compilation of(
      String fileName, String source, Optional<Processor> processor, List<String> options) {
    return of(fileName, source, processor.stream().toList(), options);
  }

  /** Compiles one source file; if no processors are given, those of the options are used. */
  public static Compilation of(
      String fileName, String source, List<Processor> processors, List<String> options) {
    var compiler = ToolProvider.getSystemJavaCompiler();
    var found = new DiagnosticCollector<JavaFileObject>();
    var memory = new Memory(compiler.getStandardFileManager(found, null, null));
    var arguments = Stream.concat(Stream.of("-classpath", libraries()), options.stream()).toList();
    var task =
        compiler.getTask(null, memory, found, arguments, null, List.of(new Text(fileName, source)));
    if (!processors.isEmpty()) {
      task.setProcessors(processors);
    }
    task.call();
    return new Compilation(List.copyOf(found.getDiagnostics()), memory.classes());
  }

  /** The classes that a flow is compiled against. */
  public static String libraries() {
    return Stream.of(Flow.class, Name.class)
        .map(Compilation::placeOf)
        .distinct()
        .collect(Collectors.joining(System.getProperty("path.separator")));
  }

  private static String placeOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** {@code Bad.java:6 message}, for each error. */
  public List<String> errors() {
    return diagnostics.stream()
        .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
        .map(
            diagnostic ->
                "Bad.java:" + diagnostic.getLineNumber() + " " + diagnostic.getMessage(null))
        .toList();
  }

  /** The full name of the class with this simple name, nested or not. */
  public String only(String simpleName) {
    return classes.keySet().stream()
        .filter(name -> name.matches("(.*[.$])?" + simpleName))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(simpleName + ": " + diagnostics));
  }

  /** A class of the compilation, in a loader of its own that shows class files too. */
  public Class<?> load(String name) {
    try {
      return Class.forName(name, false, new Loader(classes));
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(name + ": " + diagnostics, e);
    }
  }

  private static final class Loader extends ClassLoader {
    private final Map<String, byte[]> classes;

    Loader(Map<String, byte[]> classes) {
      super(Flow.class.getClassLoader());
      this.classes = classes;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      var bytes = classes.get(name);
      if (bytes == null) {
        throw new ClassNotFoundException(name);
      }
      return defineClass(name, bytes, 0, bytes.length);
    }

    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
      var bytes = classes.get(name.replace(".class", "").replace('/', '.'));
      return bytes == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(bytes);
    }
  }

  private static final class Text extends SimpleJavaFileObject {
    private final String source;

    Text(String fileName, String source) {
      super(URI.create("mem:///" + fileName), Kind.SOURCE);
      this.source = source;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return source;
    }
  }

  private static final class Memory extends ForwardingJavaFileManager<StandardJavaFileManager> {
    private final Map<String, ByteArrayOutputStream> made = new HashMap<>();

    Memory(StandardJavaFileManager files) {
      super(files);
    }

    Map<String, byte[]> classes() {
      return made.entrySet().stream()
          .filter(file -> file.getKey().endsWith(".class"))
          .collect(
              Collectors.toUnmodifiableMap(
                  file -> file.getKey().replace(".class", ""),
                  file -> file.getValue().toByteArray()));
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        JavaFileManager.Location location,
        String className,
        JavaFileObject.Kind kind,
        @Nullable FileObject sibling) {
      var bytes =
          made.computeIfAbsent(className + kind.extension, name -> new ByteArrayOutputStream());
      return new SimpleJavaFileObject(URI.create("mem:///" + className + kind.extension), kind) {
        @Override
        public OutputStream openOutputStream() {
          return bytes;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
          return bytes.toString(StandardCharsets.UTF_8);
        }
      };
    }
  }
}
