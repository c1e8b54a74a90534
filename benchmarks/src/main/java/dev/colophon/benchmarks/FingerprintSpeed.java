package dev.colophon.benchmarks;

import dev.colophon.flow.fingerprint.Fingerprints;
import dev.colophon.flow.graph.FlowGraph;
import dev.colophon.flow.reflect.ReflectedFlow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How long it takes to find the fingerprints of a flow of ten steps that reach 2,000 classes and
 * 100 jars: in a process of its own each time, by the clock of that process, without its start. And
 * those of a flow that is a plain file, in a process that has found others before.
 */
public final class FingerprintSpeed {
  private FingerprintSpeed() {}

  /**
   * Measures.
   *
   * @param arguments a folder for the made-up projects, and how often to measure
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    var project = new FingerprintProject(Path.of(arguments[0]).toAbsolutePath());
    if (arguments[1].equals("once")) {
      System.out.println(measure(project));
      return;
    }
    project.make();
    Map<String, List<Double>> found = new LinkedHashMap<>();
    for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
      int number = (int) (System.nanoTime() & 0xfffff);
      project.edit(number, false);
      delete(project.folder().resolve("cache"));
      add(found, "cold", child(project));
      add(found, "unchanged", child(project));
      project.edit(number + 1, false);
      add(found, "number edited", child(project));
      project.edit(number + 1, true);
      add(found, "call added", child(project));
      add(found, "unchanged", child(project));
    }
    for (int i = 0; i < 20; i++) {
      var cache = project.folder().resolve("cache/small" + i);
      add(found, i == 0 ? "one file, first" : "one file, later", small(project, cache));
      add(found, "one file, unchanged", small(project, cache));
    }
    found.forEach(
        (name, times) -> {
          Collections.sort(times);
          System.out.printf(
              "%-20s median %6.1f ms, least %6.1f, most %6.1f (%d)%n",
              name, times.get(times.size() / 2), times.getFirst(), times.getLast(), times.size());
        });
  }

  private static void add(Map<String, List<Double>> found, String name, double milliseconds) {
    found.computeIfAbsent(name, key -> new ArrayList<>()).add(milliseconds);
  }

  private static double child(FingerprintProject project) throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseParallelGC",
                "-cp",
                System.getProperty("java.class.path"),
                FingerprintSpeed.class.getName(),
                project.folder().toString(),
                "once")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException("a measurement ended badly: " + text);
    }
    return Double.parseDouble(text.strip());
  }

  private static double measure(FingerprintProject project) throws IOException {
    return measure("app.Big", project.classes(), project.jars(), project.folder().resolve("cache"));
  }

  private static double small(FingerprintProject project, Path cache) throws IOException {
    return measure("app.Small", project.small(), List.of(), cache);
  }

  /** Milliseconds of one search, the flow being loaded and checked. */
  private static double measure(String name, Path classes, List<Path> jars, Path cache)
      throws IOException {
    List<URL> urls = new ArrayList<>();
    urls.add(url(classes));
    jars.forEach(jar -> urls.add(url(jar)));
    try (var loader =
        new URLClassLoader(urls.toArray(URL[]::new), FingerprintSpeed.class.getClassLoader())) {
      Class<?> flow = Class.forName(name, false, loader);
      FlowGraph graph = ReflectedFlow.graph(flow);
      // As if looked at later: stamps less than two seconds old are never trusted.
      var clock = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(1));
      long start = System.nanoTime();
      var prints = new Fingerprints(List.of(classes), jars, cache, clock).of(graph, flow);
      long end = System.nanoTime();
      if (prints.size() != graph.steps().size()) {
        throw new IllegalStateException("expected a print for each step");
      }
      return (end - start) / 1e6;
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static URL url(Path path) {
    try {
      return path.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
  }
}
