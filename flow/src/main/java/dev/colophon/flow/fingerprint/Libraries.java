package dev.colophon.flow.fingerprint;

import dev.colophon.core.Digest;
import dev.colophon.core.code.Fingerprint.Kind;
import dev.colophon.core.code.Fingerprint.Part;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The library jars of a class path without Colophon's own, and which of them need which. Confined
 * to one thread.
 */
final class Libraries {
  /** Where the facts of a jar come from; from any thread. */
  interface Source {
    /** No jar at all. */
    Source NONE =
        new Source() {
          @Override
          public Set<String> packages(Path jar) {
            return Set.of();
          }

          @Override
          public JarFacts facts(Path jar) {
            return new JarFacts(Digest.of(""), Set.of(), false, false);
          }
        };

    Set<String> packages(Path jar);

    JarFacts facts(Path jar);
  }

  /**
   * The libraries that something reaches.
   *
   * @param searches whether one looks for classes or resources by name
   * @param asksRun whether one may ask a task for its moment or address
   */
  record Reached(List<Part> parts, boolean searches, boolean asksRun) {}

  private final List<Path> jars;
  private final Source source;
  private final Map<String, List<Path>> byPackage = new HashMap<>();
  private final Map<Set<String>, Reached> known = new HashMap<>();
  private final Map<String, Effect> naming = new HashMap<>();

  Libraries(List<Path> jars, Source source) {
    this.source = source;
    List<Path> kept = new ArrayList<>();
    for (Path jar : jars) {
      var packages = source.packages(jar);
      if (packages.stream().noneMatch(Outside::isOfColophon)) {
        kept.add(jar);
        packages.forEach(
            name -> byPackage.computeIfAbsent(name, key -> new ArrayList<>()).add(jar));
      }
    }
    this.jars = List.copyOf(kept);
  }

  /** Whether one has classes in the package. */
  boolean have(String packageName) {
    return byPackage.containsKey(packageName);
  }

  /** That one of its packages is named. */
  Effect named(String packageName) {
    return naming.computeIfAbsent(packageName, Effect.Names::new);
  }

  /** All of them. */
  Reached all() {
    return gather(new LinkedHashSet<>(jars));
  }

  /** Those that have these packages, and all that they may need. */
  Reached reached(Set<String> packages) {
    return known.computeIfAbsent(Set.copyOf(packages), this::find);
  }

  private Reached find(Set<String> packages) {
    Set<Path> found = new LinkedHashSet<>();
    Set<String> open = packages;
    while (!open.isEmpty()) {
      List<Path> next =
          open.stream()
              .flatMap(name -> byPackage.getOrDefault(name, List.of()).stream())
              .distinct()
              .filter(found::add)
              .toList();
      List<JarFacts> facts = next.parallelStream().map(source::facts).toList();
      if (facts.stream().anyMatch(JarFacts::searches)) {
        return all();
      }
      open = facts.stream().flatMap(each -> each.named().stream()).collect(Collectors.toSet());
    }
    return gather(found);
  }

  private Reached gather(Set<Path> found) {
    found.parallelStream().forEach(source::facts); // several at once, then by turns
    List<Part> parts = new ArrayList<>();
    boolean searches = false;
    boolean asksRun = false;
    for (Path jar : found) {
      var facts = source.facts(jar);
      parts.add(new Part(Kind.LIBRARY, fileName(jar), facts.digest()));
      searches |= facts.searches();
      asksRun |= facts.asksRun();
    }
    return new Reached(parts, searches, asksRun);
  }

  private static String fileName(Path jar) {
    return ReadableName.escaped(String.valueOf(jar.getFileName()));
  }
}
