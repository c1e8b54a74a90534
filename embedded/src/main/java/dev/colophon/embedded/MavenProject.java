package dev.colophon.embedded;

import dev.colophon.core.Digest;
import dev.colophon.core.WholeFile;
import dev.colophon.core.error.ColophonException.Unavailable;
import dev.colophon.core.error.IoReason;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The Maven project that a compiled flow belongs to: its classes, and the libraries that Maven
 * itself finds for it. Maven is asked again only when a {@code pom.xml} of the project, or one
 * above it, has changed.
 */
final class MavenProject {
  private static final long MOST_MINUTES = 10;

  private final Path folder;
  private final Path cache;

  private MavenProject(Path folder, Path cache) {
    this.folder = folder;
    this.cache = cache;
  }

  /**
   * The project of a folder: the nearest one upward with a {@code pom.xml}.
   *
   * @param cache folder in which found class paths are kept
   */
  static Optional<MavenProject> find(Path from, Path cache) {
    for (Path folder = from.toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.isRegularFile(folder.resolve("pom.xml"))) {
        return Optional.of(new MavenProject(folder, cache));
      }
    }
    return Optional.empty();
  }

  Path folder() {
    return folder;
  }

  /**
   * The project's own classes, then its libraries in Maven's order.
   *
   * @throws Unavailable if Maven can't be run or can't tell
   */
  List<Path> classPath() {
    List<Path> classPath = new ArrayList<>();
    classPath.add(folder.resolve("target").resolve("classes"));
    classPath.addAll(libraries());
    return classPath;
  }

  private List<Path> libraries() {
    Path kept = cache.resolve("maven-" + pomDigest().hex() + ".txt");
    try {
      if (Files.exists(kept)) {
        List<Path> libraries = split(Files.readString(kept));
        if (libraries.stream().allMatch(Files::exists)) {
          return libraries;
        }
      }
      Files.createDirectories(cache);
      Path asked = Files.createTempFile(cache, "maven-", ".tmp");
      try {
        askMaven(asked);
        WholeFile.write(kept, Files.readAllBytes(asked));
      } finally {
        Files.deleteIfExists(asked);
      }
      return split(Files.readString(kept));
    } catch (IOException e) {
      throw new Unavailable(
          "class path of %s: it can't be kept in %s (%s); choose another home with --home"
              .formatted(folder, cache, IoReason.of(e)),
          e);
    }
  }

  private static List<Path> split(String classPath) {
    return Arrays.stream(classPath.strip().split(File.pathSeparator))
        .filter(entry -> !entry.isEmpty())
        .map(Path::of)
        .toList();
  }

  /** Over the project's {@code pom.xml} and those of the folders above it. */
  private Digest pomDigest() {
    MessageDigest digest = Digest.sha256();
    try {
      for (Path at = folder; at != null; at = at.getParent()) {
        Path pom = at.resolve("pom.xml");
        if (Files.isRegularFile(pom)) {
          digest.update(pom.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
          digest.update(Files.readAllBytes(pom));
        }
      }
    } catch (IOException e) {
      throw new Unavailable(
          "pom.xml of %s: it can't be read (%s); make it readable for this user"
              .formatted(folder, IoReason.of(e)),
          e);
    }
    return Digest.ofBytes(digest.digest());
  }

  private void askMaven(Path output) throws IOException {
    Path log = Files.createTempFile(cache, "maven-", ".log");
    try {
      Process maven = start(output, log);
      if (!maven.waitFor(MOST_MINUTES, TimeUnit.MINUTES)) {
        maven.destroyForcibly();
        throw new Unavailable(
            "Maven did not tell the class path of %s within %d minutes"
                .formatted(folder, MOST_MINUTES));
      }
      if (maven.exitValue() != 0) {
        throw new Unavailable(
            "Maven could not tell the class path of %s; give it with --class-path, or mend this: %s"
                .formatted(folder, lastLines(log)));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unavailable("interrupted while Maven was asked for the class path of " + folder, e);
    } finally {
      Files.deleteIfExists(log);
    }
  }

  private Process start(Path output, Path log) {
    String program = program();
    ProcessBuilder builder =
        new ProcessBuilder(
                program,
                "-q",
                "-B",
                "dependency:build-classpath",
                "-DincludeScope=runtime",
                "-Dmdep.outputFile=" + output)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putIfAbsent("JAVA_HOME", System.getProperty("java.home"));
    try {
      return builder.start();
    } catch (IOException e) {
      throw new Unavailable(
          "class path of %s: \"%s\" can't be started; install Maven, or say with --class-path where the class and its libraries are"
              .formatted(folder, program),
          e);
    }
  }

  private static String lastLines(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
  }

  private String program() {
    for (Path at = folder; at != null; at = at.getParent()) {
      Path wrapper = at.resolve("mvnw");
      if (Files.isExecutable(wrapper)) {
        return wrapper.toString();
      }
    }
    return "mvn";
  }
}
