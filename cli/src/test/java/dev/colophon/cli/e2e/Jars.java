package dev.colophon.cli.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Makes class files and jars, as another build would have. */
final class Jars {
  private Jars() {}

  /** Compiles a source, with the names of arguments, against what this test has. */
  static void compile(Path source, Path classes, Path... libraries) throws IOException {
    Files.createDirectories(classes);
    String classPath = System.getProperty("java.class.path");
    for (Path library : libraries) {
      classPath += java.io.File.pathSeparator + library;
    }
    List<String> words =
        List.of(
            "-proc:none",
            "-parameters",
            "-d",
            classes.toString(),
            "-cp",
            classPath,
            source.toString());
    int status =
        ToolProvider.getSystemJavaCompiler().run(null, null, null, words.toArray(String[]::new));
    if (status != 0) {
      throw new IOException(source + " does not compile");
    }
  }

  /** Makes a jar with one class. */
  static Path jar(Path jar, String className, String source) throws IOException {
    Path folder = Files.createTempDirectory("jar");
    Path file = Files.writeString(folder.resolve(className + ".java"), source);
    compile(file, folder.resolve("classes"));
    Files.createDirectories(jar.getParent());
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> found = Files.walk(folder.resolve("classes"))) {
      for (Path each : found.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(
            new JarEntry(folder.resolve("classes").relativize(each).toString().replace('\\', '/')));
        out.write(Files.readAllBytes(each));
        out.closeEntry();
      }
    }
    return jar;
  }

  /** Publishes a jar into a repository of files, as {@code org.example:NAME:1.0}. */
  static void publish(Path repository, String name, String className, String source)
      throws IOException {
    Path folder = repository.resolve("org/example").resolve(name).resolve("1.0");
    jar(folder.resolve(name + "-1.0.jar"), className, source);
    Files.writeString(
        folder.resolve(name + "-1.0.pom"),
        """
        <project><modelVersion>4.0.0</modelVersion><groupId>org.example</groupId>
        <artifactId>%s</artifactId><version>1.0</version></project>
        """
            .formatted(name));
  }
}
