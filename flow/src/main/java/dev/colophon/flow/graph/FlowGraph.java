package dev.colophon.flow.graph;

import dev.colophon.core.Name;
import java.util.List;
import java.util.Optional;

/**
 * A flow whose names, types and dimensions have been checked: what the planner executes.
 *
 * @param project that it belongs to
 * @param params in the order of declaration
 * @param steps in an order in which no step comes before one that it reads; among equals, in the
 *     order of declaration
 */
public record FlowGraph(
    Name flow, Optional<Name> project, List<ParamNode> params, List<StepNode> steps) {
  public FlowGraph {
    params = List.copyOf(params);
    steps = List.copyOf(steps);
  }

  /**
   * A parameter.
   *
   * @param name of the field
   * @param help one sentence, may be empty
   */
  public record ParamNode(String name, FlowType type, String help) {}

  /**
   * A step.
   *
   * @param method name of its method
   * @param dimensions names of the lists it is fanned out over, in the order in which its arguments
   *     bring them
   * @param arguments in order
   * @param result type of what it returns; the type of {@code void} for nothing
   * @param cached whether outcomes of its tasks may be reused
   */
  public record StepNode(
      Name name,
      String method,
      List<String> dimensions,
      List<Argument> arguments,
      FlowType result,
      boolean cached) {
    public StepNode {
      dimensions = List.copyOf(dimensions);
      arguments = List.copyOf(arguments);
    }
  }

  /** What an argument of a step is bound to. */
  public sealed interface Argument {
    String name();

    FlowType type();
  }

  /** The value of a parameter of the flow, which has the argument's name. */
  public record ParamArgument(String name, FlowType type) implements Argument {}

  /**
   * An element of a list.
   *
   * @param source name of the step or parameter that is the list, and of the dimension
   */
  public record ElementArgument(String name, FlowType type, String source) implements Argument {}

  /**
   * The value of a step, which has the argument's name.
   *
   * @param step whose value it is
   * @param gather which of its tasks
   * @param wrapping how each value is handed over
   */
  public record StepArgument(
      String name, FlowType type, Name step, Gather gather, Wrapping wrapping)
      implements Argument {}

  /**
   * A dataset.
   *
   * @param pattern path or glob
   * @param many whether the argument is a list of paths
   */
  public record DatasetArgument(String name, FlowType type, String pattern, boolean many)
      implements Argument {}

  /**
   * A secret, as a {@link dev.colophon.flow.SecretValue}, a text or an array of characters.
   *
   * @param secret its name
   */
  public record SecretArgument(String name, FlowType type, String secret) implements Argument {}

  /** The task's {@link dev.colophon.flow.TaskContext}. */
  public record ContextArgument(String name, FlowType type) implements Argument {}

  /** The task's seeded {@link java.util.random.RandomGenerator}. */
  public record RandomArgument(String name, FlowType type) implements Argument {}

  /** Which tasks of a step an argument takes. */
  public enum Gather {
    /**
     * The one task whose dimensions are among the consumer's own: zipped, or of a step without
     * dimensions.
     */
    ONE,
    /** A list over the innermost dimension of the step, in index order. */
    INNERMOST,
    /** A list over all dimensions of the step, in index order. */
    ALL
  }

  /** How a step's value is handed over. */
  public enum Wrapping {
    PLAIN,
    /** As {@code Optional<T>}: empty if the step was skipped. */
    OPTIONAL,
    /** As {@code Artifact<T>}: read when asked for. */
    HANDLE
  }
}
