package dev.colophon.flow.graph;

import dev.colophon.flow.Artifact;
import dev.colophon.flow.ModelVersion;
import dev.colophon.flow.NewVersion;
import dev.colophon.flow.SecretValue;
import dev.colophon.flow.graph.FlowType.Array;
import dev.colophon.flow.graph.FlowType.Component;
import dev.colophon.flow.graph.FlowType.Declared;
import dev.colophon.flow.graph.FlowType.Enumeration;
import dev.colophon.flow.graph.FlowType.Primitive;
import dev.colophon.flow.graph.FlowType.RecordShape;
import dev.colophon.flow.graph.FlowType.Sealed;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which values can be stored, told by their type: primitives and their boxes, text, enums, records,
 * sealed families of these, arrays, {@code List}, {@code Set}, {@code Collection}, {@code
 * SortedSet}, {@code Map}, {@code SortedMap}, {@code Optional}, {@code java.time}, big numbers,
 * {@code UUID}, {@code URI} and model versions; {@code Path}, {@code List<Path>} and {@code
 * NewVersion} as the whole value only.
 */
public final class Storable {
  private static final int DEEPEST = 32;

  /** Types that hold others, with the number of their type arguments. */
  private static final Map<String, Integer> CONTAINERS =
      Map.of(
          "java.util.List", 1,
          "java.util.Set", 1,
          "java.util.Collection", 1,
          "java.util.SortedSet", 1,
          "java.util.Optional", 1,
          "java.util.Map", 2,
          "java.util.SortedMap", 2);

  private final Set<FlowType> seen = new HashSet<>();

  private Storable() {}

  /**
   * Why a value of this type can't be stored, and what to do about it; empty if it can, and for
   * {@code void}. Where a part is to blame, it is named by its path: {@code its
   * "layers[].activation" has type Function<Double, Double>; …}.
   */
  public static Optional<String> whyNot(FlowType type) {
    return isFiles(type) || type.is(NewVersion.class) || type.shape().equals(VOID)
        ? Optional.empty()
        : new Storable().look(type, "", 0);
  }

  private static final Primitive VOID = new Primitive("void");

  private static boolean isFiles(FlowType type) {
    return type.is(Path.class)
        || type.argumentOf(List.class).filter(member -> member.is(Path.class)).isPresent();
  }

  private Optional<String> look(FlowType type, String path, int depth) {
    if (!seen.add(type)) {
      return Optional.empty();
    }
    if (depth > DEEPEST) {
      return Optional.of("it is nested without end, since its type arguments grow with each level");
    }
    return switch (type.shape()) {
      case Primitive primitive ->
          primitive.equals(VOID) ? refuse(type, path, "it holds nothing") : Optional.empty();
      case Enumeration enumeration -> Optional.empty();
      case Array(FlowType component) -> look(component, path + "[]", depth + 1);
      case RecordShape(List<Component> components) -> components(components, path, depth);
      case Sealed(List<FlowType> permitted) -> family(type, permitted, path, depth);
      case Declared declared -> declared(type, declared, path, depth);
    };
  }

  private Optional<String> components(List<Component> components, String path, int depth) {
    for (Component component : components) {
      var name = path.isEmpty() ? component.name() : path + "." + component.name();
      var why = look(component.type(), name, depth + 1);
      if (why.isPresent()) {
        return why;
      }
    }
    return Optional.empty();
  }

  private Optional<String> family(FlowType type, List<FlowType> permitted, String path, int depth) {
    var twin = twin(type, new HashSet<>(), new HashSet<>());
    if (twin.isPresent()) {
      return refuse(
          type,
          path,
          "two of its types are named %s, which is what tells them apart; rename one"
              .formatted(twin.get()));
    }
    for (FlowType member : permitted) {
      var why = look(member, path + "(" + member.display() + ")", depth + 1);
      if (why.isPresent()) {
        return why;
      }
    }
    return Optional.empty();
  }

  /** A simple name that two leaves of a family bear. */
  private static Optional<String> twin(FlowType type, Set<FlowType> known, Set<String> names) {
    if (!known.add(type)) {
      return Optional.empty();
    }
    if (type.shape() instanceof Sealed(List<FlowType> permitted)) {
      return permitted.stream().flatMap(t -> twin(t, known, names).stream()).findFirst();
    }
    var name = type.display().replaceFirst("<.*", "");
    return names.add(name) ? Optional.empty() : Optional.of(name);
  }

  private Optional<String> declared(FlowType type, Declared declared, String path, int depth) {
    var name = declared.qualifiedName();
    if (Scalar.isOne(type) || type.is(ModelVersion.class)) {
      return Optional.empty();
    }
    var arity = CONTAINERS.get(name);
    if (arity == null) {
      return refuse(type, path, hint(declared));
    }
    if (declared.arguments().size() != arity) {
      return refuse(
          type, path, "it doesn't say of what; write %s".formatted(example(type.display(), arity)));
    }
    if (arity == 1) {
      return member(name, declared.arguments().getFirst(), path, depth);
    }
    var key = declared.arguments().getFirst();
    return Scalar.isKey(key)
        ? look(declared.arguments().getLast(), path + "{}", depth + 1)
        : refuse(
            key,
            path + "{key}",
            "a key is text, a number, a boolean, an enum, a java.time value or a UUID");
  }

  private Optional<String> member(String container, FlowType type, String path, int depth) {
    if (!container.equals("java.util.Optional")) {
      return look(type, path + "[]", depth + 1);
    }
    return type.shape() instanceof Declared inner
            && inner.qualifiedName().startsWith("java.util.Optional")
        ? refuse(type, path + "?", "an empty Optional says nothing twice; declare one Optional")
        : look(type, path + "?", depth + 1);
  }

  private static String example(String name, int arity) {
    return arity == 1 ? name + "<String>" : name + "<String, Integer>";
  }

  private static Optional<String> refuse(FlowType type, String path, String why) {
    return Optional.of(
        path.isEmpty() ? why : "its \"%s\" has type %s; %s".formatted(path, type.display(), why));
  }

  private static String hint(Declared declared) {
    var name = declared.qualifiedName();
    if (name.startsWith("java.util.function.")) {
      return "it is code, not data; store a record of what it is made from";
    }
    return switch (name) {
      case "<raw>" -> "it doesn't say of what; write its type arguments";
      case "<?>", "java.lang.Object" -> "it could be anything; declare what it is";
      case "java.nio.file.Path", "java.io.File" ->
          "a file is a whole value; return Path or List<Path>, from a step of its own";
      case "dev.colophon.flow.NewVersion" ->
          "a version is a whole value; return the NewVersion itself, from a step of its own";
      case "java.util.ArrayList", "java.util.LinkedList", "java.util.SequencedCollection" ->
          "declare List";
      case "java.util.HashSet", "java.util.LinkedHashSet" -> "declare Set";
      case "java.util.TreeSet", "java.util.NavigableSet" -> "declare SortedSet";
      case "java.util.HashMap", "java.util.LinkedHashMap" -> "declare Map";
      case "java.util.TreeMap", "java.util.NavigableMap" -> "declare SortedMap";
      case "java.util.stream.Stream", "java.util.Iterator", "java.lang.Iterable" ->
          "it can be read once only; declare List";
      case "java.io.InputStream", "java.io.Reader" ->
          "it can be read once only; declare Path or byte[]";
      case "java.lang.Runnable",
          "java.util.concurrent.Callable",
          "java.util.Comparator",
          "java.util.concurrent.Future",
          "java.util.concurrent.CompletableFuture" ->
          "it is code, not data; store a record of what it is made from";
      case "java.util.Date", "java.util.Calendar" -> "declare Instant";
      default ->
          name.equals(SecretValue.class.getName())
              ? "a secret is never stored; declare it @Secret where it is used"
              : name.equals(Artifact.class.getName())
                  ? "it names a value that is stored already; return the value"
                  : "store a record, an enum, a sealed family of records, an array, text, a number,"
                      + " java.time, or List, Set, Map or Optional of these";
    };
  }
}
