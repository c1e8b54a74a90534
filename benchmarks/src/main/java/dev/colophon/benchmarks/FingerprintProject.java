package dev.colophon.benchmarks;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * A made-up project: a flow of ten steps, each of which reaches nearly all of many classes, which
 * use all of many libraries.
 *
 * @param folder where it lies
 */
record FingerprintProject(Path folder) {
  private static final int PACKAGES = 40;
  private static final int CLASSES_OF_PACKAGE = 50;
  private static final int JARS = 100;
  private static final int CLASSES_OF_JAR = 60;
  private static final int STEPS = 10;

  Path classes() {
    return folder.resolve("classes");
  }

  List<Path> jars() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("jars"))) {
      return files.sorted().toList();
    }
  }

  /** A flow {@code app.Small} of three steps and a dozen classes, without libraries. */
  Path small() throws IOException {
    var classes = folder.resolve("small");
    if (!Files.exists(classes)) {
      var sources = folder.resolve("small-src");
      for (int i = 0; i < 12; i++) {
        var text = own(i, 1).replaceAll("app\\.p0\\.C\\d\\d+", "app.p0.C0");
        write(sources, "app.p0", "C" + i, text.replaceAll("new lib\\d+\\.L0\\(\\)", "this"));
      }
      write(sources, "app", "Small", flow("Small", 3, 1));
      compile(sources, classes, List.of());
    }
    return classes;
  }

  /** Writes and compiles it, if it isn't there. */
  void make() throws IOException {
    if (Files.exists(folder.resolve("jars"))) {
      return;
    }
    for (int i = 0; i < JARS; i++) {
      var sources = folder.resolve("libraries/src" + i);
      var compiled = folder.resolve("libraries/classes" + i);
      for (int k = 0; k < CLASSES_OF_JAR; k++) {
        write(sources, "lib%d".formatted(i), "L" + k, library(i, k));
      }
      compile(sources, compiled, List.of());
      jar(compiled, folder.resolve("libraries/library-%d-1.0.jar".formatted(i)));
    }
    var sources = folder.resolve("src");
    for (int i = 0; i < PACKAGES * CLASSES_OF_PACKAGE; i++) {
      write(sources, "app.p" + i / CLASSES_OF_PACKAGE, "C" + i, own(i, 1));
    }
    write(sources, "app", "Big", flow("Big", STEPS, 199));
    List<Path> made = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder.resolve("libraries"))) {
      files.filter(file -> file.toString().endsWith(".jar")).forEach(made::add);
    }
    compile(sources, classes(), made);
    var jars = Files.createDirectories(folder.resolve("part"));
    for (Path jar : made) {
      Files.move(jar, jars.resolve(jar.getFileName()));
    }
    Files.move(jars, folder.resolve("jars"));
  }

  /**
   * Edits one class that all steps reach.
   *
   * @param number another each time
   * @param calls whether it calls something else than before, too
   */
  void edit(int number, boolean calls) throws IOException {
    var sources = folder.resolve("edited");
    var text = own(372, number + 2);
    var other = "int sum = new app.p1.C%d(2).call(1) + ".formatted(50 + number % 50);
    write(sources, "app.p7", "C372", calls ? text.replace("int sum = ", other) : text);
    List<Path> path = new ArrayList<>(jars());
    path.add(classes());
    compile(sources, classes(), path);
  }

  private static void write(Path sources, String home, String name, String text)
      throws IOException {
    var file = sources.resolve(home.replace('.', '/')).resolve(name + ".java");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "package %s;\n%s".formatted(home, text));
  }

  private static String library(int jar, int k) {
    return """
    public class L%1$d {
      private final java.util.Map<String, Integer> known = new java.util.TreeMap<>();
      public int call(int n) {
        for (int i = 0; i < n; i++) { known.merge("key" + i %% %3$d, i, Integer::sum); }
        return known.values().stream().mapToInt(x -> x + %3$d).sum() + %2$s;
      }
      public String text(Object o) {
        return switch (o) {
          case Integer i when i > %3$d -> "large " + i;
          case String s -> s.repeat(2) + "%3$d";
          default -> String.valueOf(o);
        };
      }
    }
    """
        .formatted(
            k, k + 1 < CLASSES_OF_JAR ? "new L%d().call(n - 1)".formatted(k + 1) : "0", jar + k);
  }

  private static String own(int i, int version) {
    int count = PACKAGES * CLASSES_OF_PACKAGE;
    int next = (i + 1) % count;
    int other = (2 * i + 1) % count;
    return """
    import java.util.*;
    public class C%1$d implements Comparable<C%1$d> {
      static final Map<String, Integer> TABLE = new HashMap<>(Map.of("a", %1$d, "b", %2$d));
      private final int size;
      public C%1$d(int size) { this.size = size; }
      public int run(int n) {
        if (n <= 0) { return size; }
        int sum = %2$d;
        for (int i = 0; i < n; i++) { sum += TABLE.getOrDefault("k" + i, i * size); }
        return sum + new %3$s(n - 1).run(n - 2) + helper(List.of(n, sum));
      }
      int helper(List<Integer> numbers) {
        return numbers.stream().filter(x -> x > %2$d).mapToInt(x -> x * 3 + size).sum()
            + new %4$s(1).weigh(2.5);
      }
      public int call(int n) { return n; }
      public int weigh(double x) {
        try {
          return (int) Math.round(x * size) + new lib%5$d.L0().call(size);
        } catch (ArithmeticException e) {
          return Integer.parseInt(String.format("%%d", size));
        } finally {
          TABLE.remove("x");
        }
      }
      public String label(Object o) {
        return switch (o) { case String s -> s + size; case Integer i -> "i" + i; default -> "?"; };
      }
      @Override public int compareTo(C%1$d o) { return Integer.compare(size, o.size); }
      @Override public String toString() { return "C%1$d[" + size + label(size) + "]"; }
    }
    """
        .formatted(i, version, name(next), name(other), i % JARS);
  }

  private static String name(int i) {
    return "app.p%d.C%d".formatted(i / CLASSES_OF_PACKAGE, i);
  }

  private static String flow(String name, int count, int apart) {
    var steps = new StringBuilder("import dev.colophon.flow.*;\n@Flow public class ");
    steps.append(name).append(" {\n");
    for (int i = 0; i < count; i++) {
      steps.append(
          "  @Step int s%1$d() { return new %2$s(%1$d).run(%1$d); }%n"
              .formatted(i, name(i * apart)));
    }
    return steps.append("}\n").toString();
  }

  private static void compile(Path sources, Path to, List<Path> libraries) throws IOException {
    Files.createDirectories(to);
    List<String> arguments =
        new ArrayList<>(List.of("-g", "-parameters", "-nowarn", "-proc:none", "-d", to.toString()));
    arguments.add("-classpath");
    arguments.add(
        Stream.concat(libraries.stream(), Stream.of(home()))
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator)));
    try (Stream<Path> files = Files.walk(sources)) {
      files
          .filter(file -> file.toString().endsWith(".java"))
          .forEach(file -> arguments.add(file.toString()));
    }
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    if (status != 0) {
      throw new IllegalStateException("sources in %s don't compile".formatted(sources));
    }
  }

  private static Path home() {
    try {
      return Path.of(
          dev.colophon.flow.Flow.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void jar(Path classes, Path to) throws IOException {
    try (OutputStream file = Files.newOutputStream(to);
        JarOutputStream jar = new JarOutputStream(file);
        Stream<Path> files = Files.walk(classes)) {
      for (Path each : files.filter(Files::isRegularFile).sorted().toList()) {
        jar.putNextEntry(new JarEntry(classes.relativize(each).toString().replace('\\', '/')));
        Files.copy(each, jar);
        jar.closeEntry();
      }
    }
  }
}
