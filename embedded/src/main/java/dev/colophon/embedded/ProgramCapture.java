package dev.colophon.embedded;

import dev.colophon.core.ArtifactStore;
import dev.colophon.core.Name;
import dev.colophon.core.code.CodeVersion;
import dev.colophon.core.run.NewRun;
import dev.colophon.embedded.config.Configuration;
import dev.colophon.embedded.track.Tracking;
import dev.colophon.flow.code.CacheFile;
import dev.colophon.flow.code.CaptureBounds;
import dev.colophon.flow.code.CapturedCode;
import dev.colophon.flow.code.CodeCapture;
import dev.colophon.flow.code.EnvironmentCapture;
import dev.colophon.flow.code.FileDigests;
import dev.colophon.flow.code.GitProgram;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Captures the program that this process runs: its sources, its class path, its surroundings. */
final class ProgramCapture {
  private static final String OWN_JAR = "colophon-";
  private static final String OWN_CORE = "colophon-core-*.jar";
  private static final String SOURCE = ".java";

  private final ArtifactStore store;
  private final Home home;
  private final Path workingFolder;
  private final Clock clock;

  ProgramCapture(ArtifactStore store, Home home, Path workingFolder, Clock clock) {
    this.store = store;
    this.home = home;
    this.workingFolder = workingFolder;
    this.clock = clock;
  }

  /**
   * A run of this process that begins now.
   *
   * @param main class that asks for it
   */
  NewRun run(Name name, Class<?> main) {
    List<String> command =
        List.of(System.getProperty("sun.java.command", main.getName()).split(" ", -1));
    Instant now = clock.instant();
    return new NewRun(
        name,
        new TreeMap<>(),
        List.of(),
        code(main, source(command)),
        EnvironmentCapture.ofThisProcess(Version.current(), command).environment(),
        0,
        now,
        now,
        System.getProperty("user.name", "unknown"),
        Machine.current().runner(),
        Tracking.STEPS,
        List.of());
  }

  /** The file of a program that is run from its source. */
  private Optional<Path> source(List<String> command) {
    return Optional.of(command.getFirst())
        .map(
            first ->
                first.startsWith("jdk.compiler/") && command.size() > 1 ? command.get(1) : first)
        .filter(first -> first.endsWith(SOURCE))
        .map(workingFolder::resolve)
        .filter(Files::isRegularFile);
  }

  private CodeVersion code(Class<?> main, Optional<Path> source) {
    CapturedCode captured =
        new CodeCapture(
                store,
                home.folder(),
                home.cache(),
                new GitProgram("git", System.getenv()),
                clock,
                CaptureBounds.USUAL,
                Configuration.of(
                        System.getenv(), workingFolder, Path.of(System.getProperty("user.home")))
                    .secretFiles())
            .capture(source.orElse(workingFolder), List::of);
    FileDigests digests =
        new FileDigests(store, new CacheFile(home.cache().resolve("libraries")), clock, false);
    return new CodeVersion(
        captured.snapshot(),
        captured.git(),
        main.getName(),
        source.flatMap(captured::pathOf),
        captured.folderOf(workingFolder),
        classPath(new ClassPathCapture(store, digests, RepositoryPath::coordinates)),
        List.of(),
        captured.withheld());
  }

  private static List<CodeVersion.ClassPathEntry> classPath(ClassPathCapture capture) {
    List<Path> classes = new ArrayList<>();
    List<Path> libraries = new ArrayList<>();
    List<Path> own = new ArrayList<>();
    Arrays.stream(System.getProperty("java.class.path", "").split(File.pathSeparator, -1))
        .filter(text -> !text.isEmpty())
        .map(Path::of)
        .filter(Files::exists)
        .forEach(
            entry ->
                (Files.isDirectory(entry) ? classes : isOwn(entry) ? own : libraries).add(entry));
    return capture.capture(classes, libraries, own);
  }

  /** A jar of a distribution of Colophon, or one of its own modules. */
  private static boolean isOwn(Path jar) {
    Path name = jar.getFileName();
    if (name == null || name.toString().startsWith(OWN_JAR)) {
      return true;
    }
    Path folder = jar.toAbsolutePath().getParent();
    try (var cores = Files.newDirectoryStream(folder == null ? jar : folder, OWN_CORE)) {
      return cores.iterator().hasNext();
    } catch (IOException e) {
      return false;
    }
  }
}
