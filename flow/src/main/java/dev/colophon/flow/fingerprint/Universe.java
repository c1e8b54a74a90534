package dev.colophon.flow.fingerprint;

import dev.colophon.flow.fingerprint.Effect.CallTarget;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.objectweb.asm.Type;

/**
 * The author's classes as they are asked for, and what must be known of all others. Confined to one
 * thread.
 */
final class Universe {
  private static final String COLOPHON = "dev/colophon/";

  private final Function<String, Optional<ClassFacts>> classes;
  private final ClassLoader loader;
  private final Libraries libraries;
  private final Leaks leaks;
  private final Map<String, Optional<ClassNode>> nodes = new HashMap<>();
  private final Map<String, Optional<Set<String>>> outside = new HashMap<>();
  private final Parts parts = new Parts();
  private final Folding folding = new Folding(this);
  private final Linker linker = new Linker(this);
  private Set<String> platform = Set.of();
  private final Map<ClassNode, Map<String, CallTarget>> targets = new HashMap<>();
  private int targetCount;
  private int classCount;
  private int methodCount;

  /**
   * @param classes finds the author's classes by internal name
   * @param loader of the flow class, to ask for types that are not the author's
   */
  Universe(
      Function<String, Optional<ClassFacts>> classes,
      ClassLoader loader,
      Libraries libraries,
      Leaks leaks) {
    this.classes = classes;
    this.loader = loader;
    this.libraries = libraries;
    this.leaks = leaks;
  }

  Parts parts() {
    return parts;
  }

  Folding folding() {
    return folding;
  }

  Linker linker() {
    return linker;
  }

  Libraries libraries() {
    return libraries;
  }

  Leaks leaks() {
    return leaks;
  }

  CallTarget target(ClassNode type, String member) {
    return targets
        .computeIfAbsent(type, key -> new HashMap<>())
        .computeIfAbsent(member, key -> new CallTarget(targetCount++, type, member));
  }

  int nextMethod() {
    return methodCount++;
  }

  /** A class of the author's. */
  Optional<ClassNode> find(String name) {
    if (name.startsWith("java/")) {
      return Optional.empty();
    }
    var known = nodes.get(name);
    if (known == null) {
      known = classes.apply(name).map(facts -> new ClassNode(this, facts, classCount++));
      nodes.put(name, known);
    }
    return known;
  }

  /** Whether a type that is not the author's comes with the JDK or with Colophon. */
  boolean isGiven(String name) {
    if (name.startsWith("java/") || name.startsWith(COLOPHON)) {
      return true;
    }
    if (platform.isEmpty()) {
      platform = platformPackages();
    }
    return platform.contains(packageOf(name));
  }

  private static Set<String> platformPackages() {
    Set<String> packages = new HashSet<>();
    for (Module module : ModuleLayer.boot().modules()) {
      for (String name : module.getPackages()) {
        packages.add(name.replace('.', '/'));
      }
    }
    return packages;
  }

  static String packageOf(String name) {
    int end = name.lastIndexOf('/');
    return end < 0 ? "" : name.substring(0, end);
  }

  /**
   * Names and descriptors of the methods that an instance of a type has, which is not the author's;
   * empty if the type can't be looked at.
   */
  Optional<Set<String>> outsideMembers(String name) {
    var known = outside.get(name);
    if (known == null) {
      known = look(name);
      outside.put(name, known);
    }
    return known;
  }

  private Optional<Set<String>> look(String name) {
    try {
      Set<String> members = new HashSet<>();
      List<Class<?>> open = new ArrayList<>();
      open.add(Object.class);
      open.add(Class.forName(name.replace('/', '.'), false, loader));
      Set<Class<?>> seen = new HashSet<>();
      while (!open.isEmpty()) {
        Class<?> type = open.removeLast();
        if (seen.add(type)) {
          for (Method method : type.getDeclaredMethods()) {
            if (!Modifier.isStatic(method.getModifiers())
                && !Modifier.isPrivate(method.getModifiers())) {
              members.add(method.getName() + Type.getMethodDescriptor(method));
            }
          }
          open.addAll(List.of(type.getInterfaces()));
          Optional.ofNullable(type.getSuperclass()).ifPresent(open::add);
        }
      }
      return Optional.of(members);
    } catch (ClassNotFoundException | LinkageError e) {
      return Optional.empty(); // whoever asks expects the worst
    }
  }
}
