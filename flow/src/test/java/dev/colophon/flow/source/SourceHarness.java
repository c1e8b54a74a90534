package dev.colophon.flow.source;

import dev.colophon.flow.Flow;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;

/** A folder of sources, libraries made on the spot, and a count of the compilations. */
abstract class SourceHarness {
  @TempDir Path temporary;
  private final AtomicInteger compilations = new AtomicInteger();
  private final Map<String, Path> libraries = new HashMap<>();
  final List<List<String>> asked = new ArrayList<>();

  Path write(String path, String text) throws IOException {
    Path file = work().resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  Path work() throws IOException {
    return Files.createDirectories(temporary.resolve("work"));
  }

  Path cache() {
    return temporary.resolve("classes");
  }

  int compilations() {
    return compilations.get();
  }

  CompiledFlow load(String path) throws IOException {
    return load(path, "1");
  }

  CompiledFlow load(String path, String version) throws IOException {
    return new FlowSource(
            List.of(api()),
            this::resolve,
            () -> {
              compilations.incrementAndGet();
              return List.of(new Quiet());
            },
            cache(),
            version)
        .load(work().resolve(path), Path.of("named", path));
  }

  private List<Path> resolve(List<String> coordinates) {
    asked.add(coordinates);
    return coordinates.stream().map(libraries::get).toList();
  }

  /** Loads the flow and asks its static method {@code say}. */
  String say(String path) throws IOException, ReflectiveOperationException {
    CompiledFlow flow = load(path);
    List<URL> urls = new ArrayList<>(List.of(flow.classes().toUri().toURL()));
    for (Path library : flow.libraries()) {
      urls.add(library.toUri().toURL());
    }
    try (URLClassLoader loader =
        new URLClassLoader(urls.toArray(URL[]::new), SourceHarness.class.getClassLoader())) {
      return String.valueOf(
          Class.forName(flow.className(), true, loader).getMethod("say").invoke(null));
    }
  }

  /** Makes, or makes anew, a library of one class. */
  void library(String coordinates, String className, String text) throws IOException {
    Path folder = Files.createTempDirectory(temporary, "library");
    Path source = folder.resolve(className + ".java");
    Files.writeString(source, text);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    if (compiler.run(null, said, said, "-proc:none", source.toString()) != 0) {
      throw new IOException(said.toString(StandardCharsets.UTF_8));
    }
    TreeMap<String, byte[]> classes = new TreeMap<>();
    classes.put(className + ".class", Files.readAllBytes(folder.resolve(className + ".class")));
    Path jar = temporary.resolve(coordinates.replace(':', '-') + ".jar");
    Files.write(jar, ClassJar.of(classes));
    libraries.put(coordinates, jar);
  }

  List<Path> jars() throws IOException {
    try (Stream<Path> files = Files.list(cache())) {
      return files.filter(file -> file.toString().endsWith(".jar")).toList();
    }
  }

  private static Path api() {
    try {
      return Path.of(Flow.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A processor that finds nothing wrong. */
  private static final class Quiet extends AbstractProcessor {
    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
      return false;
    }

    @Override
    public Set<String> getSupportedAnnotationTypes() {
      return Set.of("*");
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
      return SourceVersion.latestSupported();
    }
  }
}
