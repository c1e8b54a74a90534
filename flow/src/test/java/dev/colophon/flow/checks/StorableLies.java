package dev.colophon.flow.checks;

import java.util.List;

/** What a step may not return, since it can't be stored. */
final class StorableLies {
  private static final String OTHERS =
      "store a record, an enum, a sealed family of records, an array, text, a number, java.time,"
          + " or List, Set, Map or Optional of these";

  static final List<Lie> ALL =
      List.of(
          refused(
              "code deep in a record",
              "Model",
              "its \"layers[].activation\" has type Function<Double, Double>; it is code, not data;"
                  + " store a record of what it is made from",
              "record Layer(double[] weights, Function<Double, Double> activation) {}",
              "record Model(String name, List<Layer> layers) {}"),
          refused("anything", "Object", "it could be anything; declare what it is"),
          refused(
              "a wildcard",
              "List<?>",
              "its \"[]\" has type ?; it could be anything; declare what it" + " is"),
          refused("a raw list", "List", "it doesn't say of what; write List<String>"),
          refused("a raw map", "Map", "it doesn't say of what; write Map<String, Integer>"),
          refused(
              "a raw record",
              "Pair",
              "it doesn't say of what; write its type arguments",
              "record Pair<T>(T a) {}"),
          refused("a kind of list", "ArrayList<String>", "declare List"),
          refused("a kind of map", "TreeMap<String, String>", "declare SortedMap"),
          refused(
              "a stream",
              "java.util.stream.Stream<String>",
              "it can be read once only; declare List"),
          refused(
              "an input stream",
              "java.io.InputStream",
              "it can be read once only; declare Path or byte[]"),
          refused("a class", "Thing", OTHERS, "static class Thing {}"),
          refused(
              "a key with parts",
              "Map<Key, String>",
              "its \"{key}\" has type Key; a key is text, a number, a boolean, an enum, a java.time"
                  + " value or a UUID",
              "record Key(int a) {}"),
          refused(
              "code in a map",
              "Map<String, Optional<Runnable>>",
              "its \"{}?\" has type Runnable; it is code, not data; store a record of what it is"
                  + " made from"),
          refused(
              "a path among others",
              "Map<String, Path>",
              "its \"{}\" has type Path; a file is a whole value; return Path or List<Path>, from a"
                  + " step of its own"),
          refused(
              "nothing twice",
              "Optional<OptionalInt>",
              "its \"?\" has type OptionalInt; an empty Optional says nothing twice; declare one"
                  + " Optional"),
          refused(
              "a version among others",
              "Optional<NewVersion>",
              "its \"?\" has type NewVersion; a version is a whole value; return the NewVersion"
                  + " itself, from a step of its own"),
          refused(
              "a handle",
              "Artifact<String>",
              "it names a value that is stored already; return the value"),
          refused(
              "twins in a family",
              "Shape",
              "two of its types are named Round, which is what tells them apart; rename one",
              "sealed interface Shape permits Round, Other.Round {}",
              "record Round() implements Shape {}",
              "static class Other { record Round() implements Shape {} }"),
          refused(
              "an open family",
              "Shape",
              "its \"(Any)\" has type Any; " + OTHERS,
              "sealed interface Shape permits Any {}",
              "static non-sealed class Any implements Shape {}"),
          refused(
              "a type that grows without end",
              "Nest<String>",
              "it is nested without end, since its type arguments grow with each level",
              "record Nest<T>(Nest<List<T>> next) {}"));

  /** A step that returns a type, with what the type needs to be declared. */
  private static Lie refused(String rule, String type, String why, String... declarations) {
    var simple = type.replaceAll("java\\.[a-z.]+\\.", "");
    return Lie.inFlow(
        rule,
        "@Step %s fit() { return null; }\n%s\n".formatted(type, String.join("\n", declarations)),
        "6 step fit returns %s, which can't be stored: %s".formatted(simple, why));
  }

  private StorableLies() {}
}
