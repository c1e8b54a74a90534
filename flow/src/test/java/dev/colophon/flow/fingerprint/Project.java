package dev.colophon.flow.fingerprint;

import dev.colophon.core.Name;
import dev.colophon.core.code.Fingerprint;
import dev.colophon.core.code.Fingerprint.Kind;
import dev.colophon.flow.checks.Compilation;
import dev.colophon.flow.reflect.ReflectedFlow;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/** An author's sources, compiled into a folder of their own. */
final class Project {
  private static final String FLOW = "import dev.colophon.flow.*;\nimport java.util.*;\n";

  private final Path folder;
  private final Map<String, String> sources = new TreeMap<>();
  private final List<String> options = new ArrayList<>(List.of("-parameters"));
  private final List<Path> libraries = new ArrayList<>();
  private final Map<String, String> resources = new TreeMap<>();

  Project(Path folder) {
    this.folder = folder;
  }

  /** A file of a flow {@code F} with one step {@code s}, whose body is given. */
  static String step(String signature, String body) {
    return flow("@Step %s { %s }".formatted(signature, body));
  }

  /** A flow {@code F} with these members. */
  static String flow(String members) {
    return FLOW + "@Flow public class F { %s }\n".formatted(members);
  }

  Project with(String file, String text) {
    sources.put(file, text);
    return this;
  }

  Project option(String option) {
    options.add(option);
    return this;
  }

  Project library(Path jar) {
    libraries.add(jar);
    return this;
  }

  Project resource(String name, String text) {
    resources.put(name, text);
    return this;
  }

  /** Where the class files are. */
  Path classes() {
    return folder.resolve("classes");
  }

  List<Path> libraries() {
    return libraries;
  }

  Project compile() throws IOException {
    List<Path> files = new ArrayList<>();
    for (var source : sources.entrySet()) {
      var file = folder.resolve("src").resolve(source.getKey());
      Files.createDirectories(file.getParent());
      files.add(Files.writeString(file, source.getValue()));
    }
    Files.createDirectories(classes());
    var compiler = ToolProvider.getSystemJavaCompiler();
    var problems = new DiagnosticCollector<JavaFileObject>();
    List<String> arguments = new ArrayList<>(options);
    arguments.addAll(List.of("-proc:none", "-nowarn", "-d", classes().toString()));
    arguments.add("-classpath");
    var path =
        Stream.concat(Stream.of(Compilation.libraries()), libraries.stream().map(Path::toString));
    arguments.add(String.join(File.pathSeparator, path.toList()));
    try (var manager = compiler.getStandardFileManager(problems, null, null)) {
      var units = manager.getJavaFileObjectsFromPaths(files);
      if (!compiler.getTask(null, manager, problems, arguments, null, units).call()) {
        throw new IllegalStateException(problems.getDiagnostics().toString());
      }
    }
    for (var resource : resources.entrySet()) {
      var file = classes().resolve(resource.getKey());
      Files.createDirectories(file.getParent());
      Files.writeString(file, resource.getValue());
    }
    return this;
  }

  Class<?> load(String type) throws MalformedURLException {
    List<URL> urls = new ArrayList<>();
    urls.add(classes().toUri().toURL());
    for (Path library : libraries) {
      urls.add(library.toUri().toURL());
    }
    var loader = new URLClassLoader(urls.toArray(URL[]::new), Project.class.getClassLoader());
    try {
      return Class.forName(type, false, loader);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The prints of flow {@code F}. */
  Map<Name, StepPrint> prints() throws IOException {
    return prints("F");
  }

  Map<Name, StepPrint> prints(String flow) throws IOException {
    var type = load(flow);
    return prints(type, folder.resolve("cache"), Instant.EPOCH);
  }

  /** With a cache, looked at some time after 2026. */
  Map<Name, StepPrint> prints(Class<?> type, Path cache, Instant now) {
    return new Fingerprints(
            List.of(classes()), libraries, cache, () -> now.plus(Duration.ofDays(0)))
        .of(ReflectedFlow.graph(type), type);
  }

  StepPrint print(String step) throws IOException {
    var found = prints().get(Name.of(step));
    if (found == null) {
      throw new IllegalStateException("no step " + step);
    }
    return found;
  }

  Fingerprint fingerprint(String step) throws IOException {
    return print(step).fingerprint();
  }

  SortedSet<String> names(String step, Kind kind) throws IOException {
    return fingerprint(step).names(kind);
  }
}
