package dev.colophon.dist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipFile;

/**
 * Puts the distribution's folder together from a class path and the launcher's files.
 *
 * <p>A file whose content is as it should be is left alone, so that what is bound to its identity
 * (the start-up cache) stays valid from one build to the next; a file that does not belong there is
 * removed.
 */
final class Distribution {
  /**
   * The platforms whose native libraries are unpacked, by the names in a JDK's {@code release}
   * file.
   */
  private static final Map<String, Set<String>> NATIVES =
      Map.of(
          "Linux-x86_64",
          Set.of("org/sqlite/native/Linux/x86_64/", "linux/amd64/"),
          "Linux-aarch64",
          Set.of("org/sqlite/native/Linux/aarch64/", "linux/aarch64/"),
          "Darwin-x86_64",
          Set.of("org/sqlite/native/Mac/x86_64/", "darwin/x86_64/"),
          "Darwin-aarch64",
          Set.of("org/sqlite/native/Mac/aarch64/", "darwin/aarch64/"));

  /**
   * How far a file's time of change may lag behind the clock: one tick of Linux's coarse clock at
   * 100 Hz.
   */
  private static final Duration CLOCK_TICK = Duration.ofMillis(10);

  private final Path folder;
  private final Set<Path> kept = new HashSet<>();

  private Distribution(Path folder) {
    this.folder = folder;
  }

  /**
   * Makes or refreshes the folder.
   *
   * @param arguments the distribution's folder; the class path; the checkout's root; when the build
   *     started; then the folders and files to copy into the distribution as they are, each by
   *     itself or, to place it in a folder of the distribution, as {@code FOLDER::SOURCE}
   */
  public static void main(String[] arguments) throws IOException {
    var folder = Path.of(arguments[0]).toAbsolutePath().normalize();
    var classPath =
        Arrays.stream(arguments[1].split(File.pathSeparator))
            .map(Path::of)
            .filter(Files::isRegularFile)
            .toList();
    if (classPath.isEmpty()) {
      throw new IllegalArgumentException(
          "class path %s: no jar in it; run Maven's package phase".formatted(arguments[1]));
    }
    var distribution = new Distribution(folder);
    distribution.libraries(classPath);
    for (var source : Arrays.asList(arguments).subList(4, arguments.length)) {
      var parts = source.split("::", 2);
      distribution.copy(Path.of(parts[parts.length - 1]), parts.length == 2 ? parts[0] + "/" : "");
    }
    distribution.sweep();
    stamp(folder, classPath, Path.of(arguments[2]), Instant.parse(arguments[3]));
  }

  /**
   * Leaves word for the checkout's {@code ./colophon} of when this build began, if all of Colophon
   * in it was built by it: a jar that Maven took from elsewhere may be older than the sources.
   */
  private static void stamp(Path folder, List<Path> classPath, Path root, Instant started)
      throws IOException {
    var stamp = folder.resolveSibling("built");
    var here = root.toAbsolutePath().normalize();
    var ours =
        classPath.stream()
            .filter(jar -> String.valueOf(jar.getFileName()).startsWith("colophon-"))
            .toList();
    if (ours.stream().allMatch(jar -> jar.toAbsolutePath().normalize().startsWith(here))) {
      Files.writeString(stamp, folder + "\n");
      Files.setLastModifiedTime(stamp, FileTime.from(started.minus(CLOCK_TICK)));
    } else {
      Files.deleteIfExists(stamp);
    }
  }

  private void libraries(List<Path> jars) throws IOException {
    var names = new ArrayList<String>();
    try (var libraries =
        new URLClassLoader(
            jars.stream().map(Distribution::url).toArray(URL[]::new),
            ClassLoader.getPlatformClassLoader())) {
      for (var jar : jars) {
        var name = String.valueOf(jar.getFileName());
        if (names.contains(name)) {
          throw new IllegalArgumentException("class path: two jars are named %s".formatted(name));
        }
        names.add(name);
        var content = Files.readAllBytes(jar);
        put("lib/" + name, ModernJar.of(name, content, libraries).orElse(content), false);
        natives(jar, name);
      }
    }
    put("lib/class-path", (String.join("\n", names) + "\n").getBytes(UTF_8), false);
  }

  private void natives(Path jar, String name) throws IOException {
    try (var zip = new ZipFile(jar.toFile())) {
      for (var entry : zip.stream().filter(e -> !e.isDirectory()).toList()) {
        for (var platform : NATIVES.entrySet()) {
          var slash = entry.getName().lastIndexOf('/') + 1;
          if (platform.getValue().contains(entry.getName().substring(0, slash))) {
            put(
                "lib/native/%s/%s/%s"
                    .formatted(
                        name.substring(0, name.length() - ".jar".length()),
                        platform.getKey(),
                        entry.getName().substring(slash)),
                zip.getInputStream(entry).readAllBytes(),
                false);
          }
        }
      }
    }
  }

  private void copy(Path source, String target) throws IOException {
    if (Files.isRegularFile(source)) {
      put(target + source.getFileName(), Files.readAllBytes(source), false);
      return;
    }
    try (var files = Files.walk(source)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var name = source.relativize(file).toString();
        put(target + name, Files.readAllBytes(file), name.startsWith("bin" + File.separator));
      }
    }
  }

  private void put(String name, byte[] content, boolean executable) throws IOException {
    var file = folder.resolve(name);
    for (var at = file; at != null && !at.equals(folder); at = at.getParent()) {
      kept.add(at);
    }
    if (!Files.isRegularFile(file) || !Arrays.equals(Files.readAllBytes(file), content)) {
      Files.createDirectories(file.getParent() == null ? folder : file.getParent());
      var tmp = file.resolveSibling(file.getFileName() + ".tmp");
      Files.write(tmp, content);
      Files.move(tmp, file, ATOMIC_MOVE);
    }
    var permissions = PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--");
    if (!Files.getPosixFilePermissions(file).equals(permissions)) {
      Files.setPosixFilePermissions(file, permissions);
    }
  }

  private void sweep() throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        if (!file.equals(folder) && !kept.contains(file)) {
          Files.delete(file);
        }
      }
    }
  }

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new UncheckedIOException(e);
    }
  }
}
