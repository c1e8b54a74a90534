package dev.colophon.flow.graph;

import java.util.List;
import java.util.Optional;

/**
 * A Java type as the checker needs to know it, whether read from source by the annotation processor
 * or from classes by reflection.
 */
public interface FlowType {
  /** As the author would write it, without packages: {@code List<Score>}. */
  String display();

  /**
   * Whether a value of the other type may be passed where this one is declared, boxing included.
   */
  boolean accepts(FlowType other);

  /** What it is made of. */
  Shape shape();

  /** The shapes that the checker and the codecs tell apart. */
  sealed interface Shape {}

  /**
   * A primitive type, or its box.
   *
   * @param name of the primitive: {@code int}; {@code void} for nothing
   */
  record Primitive(String name) implements Shape {}

  /** An array. */
  record Array(FlowType component) implements Shape {}

  /** A record. */
  record RecordShape(List<Component> components) implements Shape {}

  /** A component of a record. */
  record Component(String name, FlowType type) {}

  /**
   * A sealed interface or abstract class.
   *
   * @param permitted its direct subtypes
   */
  record Sealed(List<FlowType> permitted) implements Shape {}

  /** An enum. */
  record Enumeration() implements Shape {}

  /**
   * Any other type: a class or interface, those of the JDK whatever they are, and {@link
   * dev.colophon.flow.NewVersion} and {@link dev.colophon.flow.ModelVersion}, which the checker
   * knows by name.
   *
   * @param qualifiedName binary name without type arguments; in angle brackets for what has none,
   *     such as {@code <T>} for a type variable, {@code <?>} for an unbounded wildcard and {@code
   *     <raw>} for a record without its type arguments
   * @param arguments its type arguments; none for a raw type
   */
  record Declared(String qualifiedName, List<FlowType> arguments) implements Shape {}

  /**
   * Whether this is the given class, which is one that {@link #shape} shows as {@link Declared}.
   */
  default boolean is(Class<?> type) {
    return shape() instanceof Declared declared && declared.qualifiedName().equals(type.getName());
  }

  /** The only type argument, if this is the given generic type with one argument. */
  default Optional<FlowType> argumentOf(Class<?> generic) {
    return shape() instanceof Declared(String name, List<FlowType> arguments)
            && name.equals(generic.getName())
            && arguments.size() == 1
        ? Optional.of(arguments.getFirst())
        : Optional.empty();
  }
}
