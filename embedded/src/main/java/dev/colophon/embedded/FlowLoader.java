package dev.colophon.embedded;

import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.error.ColophonException.NotFound;
import dev.colophon.flow.checkout.CheckedOut;
import dev.colophon.flow.code.SourceFile;
import dev.colophon.flow.processor.FlowProcessor;
import dev.colophon.flow.reflect.ReflectedFlow;
import dev.colophon.flow.run.FlowProgram;
import dev.colophon.flow.source.CompiledFlow;
import dev.colophon.flow.source.FlowSource;
import dev.colophon.flow.source.Libraries;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Loads and checks flows, wherever they come from. */
final class FlowLoader {
  private final Libraries libraries;
  private final Path cache;
  private final Path workingFolder;
  private final List<Class<?>> offered;

  /**
   * @param cache folder for compiled classes and found class paths; may be lost at any time
   * @param offered classes that source files may name, besides those of flow and core
   */
  FlowLoader(Libraries libraries, Path cache, Path workingFolder, List<Class<?>> offered) {
    this.libraries = libraries;
    this.cache = cache;
    this.workingFolder = workingFolder;
    this.offered = List.copyOf(offered);
  }

  LoadedFlow load(FlowTarget target) {
    return switch (target) {
      case FlowTarget.SourceFile source -> compile(source.file());
      case FlowTarget.CompiledClass compiled -> find(compiled);
      case FlowTarget.LoadedClass loaded -> loaded(loaded.type());
    };
  }

  private LoadedFlow compile(Path file) {
    List<Path> api =
        Stream.concat(
                Stream.of(
                    dev.colophon.flow.Flow.class,
                    dev.colophon.core.Digest.class,
                    org.jspecify.annotations.NullMarked.class),
                offered.stream())
            .map(FlowLoader::home)
            .toList();
    FlowSource source =
        new FlowSource(
            api,
            librariesOf(workingFolder.resolve(file)),
            () -> List.of(new FlowProcessor()),
            cache.resolve("classes"),
            Version.current() + " on Java " + Runtime.version());
    CompiledFlow compiled = source.load(workingFolder.resolve(file), file);
    List<Path> classPath = new ArrayList<>();
    classPath.add(compiled.classes());
    classPath.addAll(compiled.libraries());
    Path folder = compiled.sources().getFirst().path().getParent();
    return checked(
        type(compiled.className(), classPath),
        folder == null ? workingFolder : folder,
        Optional.of(compiled.sources().getFirst().path()),
        compiled.sources(),
        List.of(compiled.classes()),
        compiled.libraries(),
        compiled.declared());
  }

  /** In a checkout those that were captured, as long as the sources declare no others. */
  private Libraries librariesOf(Path file) {
    return CheckedOut.around(file)
        .<Libraries>map(
            checkout ->
                coordinates ->
                    checkout.libraries(coordinates).orElseGet(() -> libraries.resolve(coordinates)))
        .orElse(libraries);
  }

  private LoadedFlow find(FlowTarget.CompiledClass target) {
    List<Path> classPath =
        target.classPath().isEmpty()
            ? CheckedOut.around(workingFolder)
                .map(CheckedOut::paths)
                .or(() -> MavenProject.find(workingFolder, cache).map(MavenProject::classPath))
                .orElseThrow(
                    () ->
                        new NotFound(
                            "class %s: no pom.xml in %s or above it; say with --class-path where the class is"
                                .formatted(target.name(), workingFolder)))
            : target.classPath().stream().map(workingFolder::resolve).toList();
    return ofClassPath(type(target.name(), classPath), classPath);
  }

  private LoadedFlow loaded(Class<?> type) {
    List<Path> classPath =
        Arrays.stream(System.getProperty("java.class.path", "").split(File.pathSeparator))
            .filter(entry -> !entry.isEmpty())
            .map(entry -> workingFolder.resolve(entry))
            .toList();
    return ofClassPath(type, classPath);
  }

  private LoadedFlow ofClassPath(Class<?> type, List<Path> classPath) {
    return checked(
        type,
        workingFolder,
        Optional.empty(),
        List.of(),
        classPath.stream().filter(Files::isDirectory).toList(),
        classPath.stream().filter(Files::isRegularFile).toList(),
        List.of());
  }

  private static LoadedFlow checked(
      Class<?> type,
      Path folder,
      Optional<Path> file,
      List<SourceFile> sources,
      List<Path> classes,
      List<Path> libraries,
      List<String> declared) {
    try {
      FlowProgram program = new FlowProgram(type, ReflectedFlow.graph(type));
      return new LoadedFlow(program, folder, file, sources, classes, libraries, declared);
    } catch (NoClassDefFoundError | TypeNotPresentException e) {
      throw new Invalid(
          "flow class %s needs a class that is not on its class path (%s); add its library"
              .formatted(type.getName(), e.getMessage()),
          e);
    }
  }

  private static Class<?> type(String name, List<Path> classPath) {
    FlowClassLoader loader = new FlowClassLoader(classPath, FlowLoader.class.getClassLoader());
    try {
      return Class.forName(name, false, loader);
    } catch (ClassNotFoundException | NoClassDefFoundError e) {
      throw new NotFound(
          "flow class %s: not found in %s; compile it, or say with --class-path where it is"
              .formatted(name, shown(classPath)));
    }
  }

  /** The folders, in which the class is likely to be missed, and how many jars there are beside. */
  private static String shown(List<Path> classPath) {
    List<Path> folders = classPath.stream().filter(entry -> !Files.isRegularFile(entry)).toList();
    int jars = classPath.size() - folders.size();
    String named = folders.stream().map(Path::toString).collect(Collectors.joining(", "));
    return switch (jars) {
      case 0 -> named;
      case 1 -> classPath.stream().map(Path::toString).collect(Collectors.joining(", "));
      default -> "%s%d jars".formatted(named.isEmpty() ? "" : named + " and ", jars);
    };
  }

  /** The jar or folder that a class of ours came from. */
  private static Path home(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("class " + type + " came from nowhere", e);
    }
  }
}
