package dev.colophon.cli.flows;

import dev.colophon.core.json.Json;
import dev.colophon.core.run.RunGraph;
import dev.colophon.core.run.StepRecord;
import dev.colophon.flow.graph.FlowGraph;
import dev.colophon.flow.graph.FlowGraph.Argument;
import dev.colophon.flow.graph.FlowGraph.ContextArgument;
import dev.colophon.flow.graph.FlowGraph.DatasetArgument;
import dev.colophon.flow.graph.FlowGraph.ElementArgument;
import dev.colophon.flow.graph.FlowGraph.ParamArgument;
import dev.colophon.flow.graph.FlowGraph.RandomArgument;
import dev.colophon.flow.graph.FlowGraph.SecretArgument;
import dev.colophon.flow.graph.FlowGraph.StepArgument;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a flow consists of.
 *
 * @param origin where that is known from: a file, a class, or a run
 */
public record FlowShape(String flow, String origin, List<Param> params, List<Step> steps) {
  /** A parameter; one that is known from a run has no type. */
  record Param(String name, Optional<String> type) {
    Json json() {
      return Json.object().put("name", name).putIfPresent("type", type).build();
    }
  }

  /**
   * A step.
   *
   * @param dimensions names of the lists that it is fanned out over, outermost first
   * @param returns the type of what it returns, as far as it is known; none for nothing
   */
  record Step(String name, List<String> dimensions, List<Read> reads, Optional<String> returns) {
    Json json() {
      return Json.object()
          .put("step", name)
          .put("dimensions", Json.ofStrings(dimensions))
          .put("reads", Json.of(reads.stream().map(Read::json).toList()))
          .putIfPresent("returns", returns)
          .build();
    }
  }

  /** What kind of thing a step reads. */
  enum Kind {
    STEP,
    PARAMETER,
    ELEMENT,
    DATASET,
    SECRET,
    ENGINE;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What an argument of a step is given.
   *
   * @param name of the step, parameter, list or file; of what the engine offers, of its argument
   */
  record Read(String name, Kind kind, Optional<String> type) {
    Json json() {
      return Json.object()
          .put("name", name)
          .put("kind", kind.text())
          .putIfPresent("type", type)
          .build();
    }
  }

  public FlowShape {
    params = List.copyOf(params);
    steps = List.copyOf(steps);
  }

  /** Of a flow that was compiled and checked. */
  public static FlowShape of(FlowGraph graph, String origin) {
    return new FlowShape(
        graph.flow().text(),
        origin,
        graph.params().stream()
            .map(param -> new Param(param.name(), Optional.of(param.type().display())))
            .toList(),
        graph.steps().stream()
            .map(
                step ->
                    new Step(
                        step.name().text(),
                        step.dimensions(),
                        step.arguments().stream().map(FlowShape::read).toList(),
                        Optional.of(step.result().display()).filter(type -> !type.equals("void"))))
            .toList());
  }

  private static Read read(Argument argument) {
    Optional<String> type = Optional.of(argument.type().display());
    return switch (argument) {
      case StepArgument step -> new Read(step.step().text(), Kind.STEP, type);
      case ParamArgument param -> new Read(param.name(), Kind.PARAMETER, type);
      case ElementArgument element -> new Read(element.source(), Kind.ELEMENT, type);
      case DatasetArgument dataset -> new Read(dataset.pattern(), Kind.DATASET, type);
      case SecretArgument secret -> new Read(secret.secret(), Kind.SECRET, type);
      case ContextArgument context -> new Read(context.name(), Kind.ENGINE, type);
      case RandomArgument random -> new Read(random.name(), Kind.ENGINE, type);
    };
  }

  /** Of a flow as one run recorded it. */
  public static FlowShape of(RunGraph graph) {
    Set<String> steps =
        graph.steps().stream().map(step -> step.name().text()).collect(Collectors.toSet());
    Set<String> params = graph.run().parameters().keySet();
    return new FlowShape(
        graph.run().id().flow().text(),
        "run " + graph.run().id(),
        params.stream().map(name -> new Param(name, Optional.empty())).toList(),
        graph.steps().stream()
            .map(
                step ->
                    new Step(
                        step.name().text(),
                        step.dimensions(),
                        step.reads().stream()
                            .map(
                                name ->
                                    new Read(
                                        name, kind(name, step, steps, params), Optional.empty()))
                            .toList(),
                        Optional.empty()))
            .toList());
  }

  private static Kind kind(String name, StepRecord step, Set<String> steps, Set<String> params) {
    if (step.dimensions().contains(name) && !step.name().text().equals(name)) {
      return Kind.ELEMENT;
    }
    if (steps.contains(name)) {
      return Kind.STEP;
    }
    return params.contains(name) ? Kind.PARAMETER : Kind.DATASET;
  }

  public Json json() {
    return Json.object()
        .put("kind", "flow")
        .put("flow", flow)
        .put("origin", origin)
        .put("params", Json.of(params.stream().map(Param::json).toList()))
        .put("steps", Json.of(steps.stream().map(Step::json).toList()))
        .build();
  }
}
