package dev.colophon.flow.source;

import dev.colophon.core.Digest;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.error.ColophonException.Unavailable;
import dev.colophon.core.error.IoReason;
import dev.colophon.flow.code.FileStamp;
import dev.colophon.flow.code.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.annotation.processing.Processor;

/**
 * Makes runnable classes of a flow that is a plain source file. Siblings in its folder are compiled
 * along if the file reaches them; an unrelated broken one is never looked at. If nothing has
 * changed since the last time, no compiler is started.
 */
public final class FlowSource {
  private final List<Path> api;
  private final Libraries libraries;
  private final KeptClasses kept;
  private final FlowCompiler compiler;
  private final String version;

  /**
   * @param api jars or folders of what authors write against
   * @param processors the checkers that report on the source while it is compiled; made anew for
   *     each compilation
   * @param cache folder in which compiled classes are kept
   * @param version of Colophon and of the Java runtime: classes made by others are not used
   */
  public FlowSource(
      List<Path> api,
      Libraries libraries,
      Supplier<List<Processor>> processors,
      Path cache,
      String version) {
    this.api = List.copyOf(api);
    this.libraries = libraries;
    this.kept = new KeptClasses(cache);
    this.compiler = new FlowCompiler(processors);
    this.version = version;
  }

  /**
   * Compiles the file, or finds the classes of equal sources.
   *
   * @param file whose name ends in {@code .java}
   * @param shown the file as the user named it, for messages
   * @throws dev.colophon.core.error.ColophonException.NotFound if there is no such file
   * @throws dev.colophon.core.error.ColophonException.Invalid if it does not compile, the checker
   *     refuses it, or it holds no flow, or several; the message lists every problem with file,
   *     line and column
   */
  public CompiledFlow load(Path file, Path shown) {
    SourceRoot root = SourceRoot.of(file, shown);
    Digest key = key(root);
    return kept.find(key, root.folder())
        .flatMap(classes -> withLibraries(root, classes))
        .orElseGet(() -> compile(key, root));
  }

  /** Empty if a library is not what the classes were compiled against. */
  private Optional<CompiledFlow> withLibraries(SourceRoot root, KeptClasses.Kept classes) {
    List<Path> jars = resolve(classes.coordinates());
    return identities(jars).equals(classes.libraries())
        ? Optional.of(flow(root, classes, jars))
        : Optional.empty();
  }

  /** Siblings may declare libraries too: they are known only when the compiler has reached them. */
  private CompiledFlow compile(Digest key, SourceRoot root) {
    Set<String> coordinates = new LinkedHashSet<>(Directives.dependencies(root.text()));
    while (true) {
      List<Path> jars = resolve(List.copyOf(coordinates));
      List<String> identities = identities(jars);
      List<Path> classPath = new ArrayList<>(jars);
      classPath.addAll(api);
      SourceFolder sources = new SourceFolder(root.folder());
      FlowCompiler.Result result = compiler.compile(root, sources, classPath);
      if (!coordinates.addAll(sources.declared())) {
        return switch (result) {
          case FlowCompiler.Refused refused -> throw refused.why();
          case FlowCompiler.Compiled compiled -> {
            byte[] jar = ClassJar.of(compiled.classes());
            KeptClasses.Kept classes =
                new KeptClasses.Kept(
                    onlyFlow(root, compiled.flows()),
                    Digest.of(jar),
                    sources.read(),
                    sources.looked(),
                    List.copyOf(coordinates),
                    identities);
            kept.keep(key, classes, jar);
            yield flow(root, classes, jars);
          }
        };
      }
    }
  }

  private List<Path> resolve(List<String> coordinates) {
    return coordinates.isEmpty() ? List.of() : libraries.resolve(coordinates);
  }

  private CompiledFlow flow(SourceRoot root, KeptClasses.Kept classes, List<Path> jars) {
    List<SourceFile> sources =
        classes.sources().entrySet().stream()
            .map(source -> new SourceFile(root.path(source.getKey()), source.getValue()))
            .toList();
    return new CompiledFlow(
        classes.className(), kept.jar(classes), jars, classes.coordinates(), sources);
  }

  private static String onlyFlow(SourceRoot root, List<String> flows) {
    if (flows.size() == 1) {
      return flows.getFirst();
    }
    throw new Invalid(
        flows.isEmpty()
            ? "%s: no class in it is marked @Flow; mark the one whose @Step methods are to run"
                .formatted(root.shown())
            : "%s: %s are all marked @Flow, expected one; put each into a file of its own"
                .formatted(root.shown(), String.join(", ", flows)));
  }

  /** The file and the tools that it is compiled with. */
  private Digest key(SourceRoot root) {
    List<String> parts = new ArrayList<>(List.of(version, root.folder().toString(), root.name()));
    parts.add(Digest.of(root.text()).hex());
    parts.addAll(identities(api));
    return Digest.of(String.join("\n", parts));
  }

  private static List<String> identities(List<Path> jars) {
    return jars.stream().map(FlowSource::identity).toList();
  }

  /** A jar that was replaced has another stamp; a folder is as old as the latest file in it. */
  private static String identity(Path jar) {
    try {
      if (!Files.isDirectory(jar)) {
        return jar + " " + FileStamp.of(jar).text();
      }
      StringBuilder stamps = new StringBuilder();
      try (Stream<Path> files = Files.walk(jar)) {
        for (Path file : files.sorted().toList()) {
          stamps.append(file).append(' ').append(FileStamp.of(file).text()).append('\n');
        }
      }
      return jar + " " + Digest.of(stamps.toString()).hex();
    } catch (IOException e) {
      throw new Unavailable(
          "library %s: it can't be read (%s); make it readable for this user, or take it off the class path"
              .formatted(jar, IoReason.of(e)),
          e);
    }
  }
}
