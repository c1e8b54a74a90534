package dev.colophon.flow.graph;

import dev.colophon.flow.graph.FlowDeclaration.Argument;
import dev.colophon.flow.graph.FlowDeclaration.Field;
import dev.colophon.flow.graph.FlowDeclaration.Step;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A step whose arguments have been looked up by name; their types are still to be compared.
 *
 * @param bindings of the arguments whose names are right, in order
 */
record BoundStep(Step step, List<Binding> bindings) {
  BoundStep {
    bindings = List.copyOf(bindings);
  }

  /** Names of the steps that it reads. */
  Stream<String> reads() {
    return bindings.stream().flatMap(binding -> binding.reads().stream()).map(Step::name);
  }

  /** What an argument names. */
  sealed interface Binding {
    /** The step whose value it needs. */
    Optional<Step> reads();
  }

  /** The value of a step. */
  record OfStep(Argument argument, Step source) implements Binding {
    @Override
    public Optional<Step> reads() {
      return Optional.of(source);
    }
  }

  /** The value of a parameter. */
  record OfParam(Argument argument, Field source) implements Binding {
    @Override
    public Optional<Step> reads() {
      return Optional.empty();
    }
  }

  /**
   * An element of a list.
   *
   * @param list type of the source's value
   * @param reads the source, if it is a step
   */
  record OfElement(Argument argument, String source, FlowType list, Optional<Step> reads)
      implements Binding {}

  /** A dataset, or what the engine offers: nothing of it depends on other steps. */
  record Ready(FlowGraph.Argument argument) implements Binding {
    @Override
    public Optional<Step> reads() {
      return Optional.empty();
    }
  }
}
