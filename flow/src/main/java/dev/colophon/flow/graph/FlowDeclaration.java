package dev.colophon.flow.graph;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A flow as its author declared it, nothing checked yet: what a reader hands to the {@link
 * FlowChecker}.
 *
 * @param className simple name of the class
 * @param flowName what {@code @Flow} names it; by default the class name
 * @param project what {@code @Project} names; empty if it bears none
 * @param marked whether the class bears {@code @Flow}
 * @param fields all but those that the compiler made, in order; then those of superclasses
 * @param steps methods that bear {@code @Step}, in order; then those of superclasses and interfaces
 */
public record FlowDeclaration(
    String className,
    String flowName,
    Optional<String> project,
    boolean marked,
    Set<Trait> traits,
    Position position,
    List<Field> fields,
    List<Step> steps) {
  public FlowDeclaration {
    traits = Set.copyOf(traits);
    fields = List.copyOf(fields);
    steps = List.copyOf(steps);
  }

  /** What the rules ask of a class, field or method besides its name and types. */
  public enum Trait {
    /** An interface, record, enum or annotation instead of a class. */
    NOT_A_CLASS,
    ABSTRACT,
    PRIVATE,
    STATIC,
    FINAL,
    /** A class that exists only within an instance or a method of another. */
    INNER,
    /** With type parameters of its own. */
    GENERIC,
    VARARGS,
    /** A step whose outcomes are not reused. */
    UNCACHED,
    /** A class without a constructor that takes no arguments and isn't private. */
    NO_DEFAULT_CONSTRUCTOR
  }

  /**
   * A field.
   *
   * @param owner simple name of the class that declares it
   * @param help of its {@code @Param}; empty if it bears none
   */
  public record Field(
      String name,
      String owner,
      FlowType type,
      Set<Trait> traits,
      Optional<String> help,
      Position position) {
    public Field {
      traits = Set.copyOf(traits);
    }
  }

  /**
   * A step.
   *
   * @param name what {@code @Step} names it; by default that of the method
   * @param owner simple name of the type that declares it
   * @param result of the method; the type of {@code void} for nothing
   */
  public record Step(
      String name,
      String method,
      String owner,
      Set<Trait> traits,
      FlowType result,
      List<Argument> arguments,
      Position position) {
    public Step {
      traits = Set.copyOf(traits);
      arguments = List.copyOf(arguments);
    }
  }

  /**
   * An argument of a step.
   *
   * @param each source that its {@code @Each} names
   * @param all whether it bears {@code @All}
   * @param input pattern of its {@code @Input}
   * @param secret name in its {@code @Secret}
   */
  public record Argument(
      String name,
      FlowType type,
      Optional<String> each,
      boolean all,
      Optional<String> input,
      Optional<String> secret,
      Position position) {}
}
