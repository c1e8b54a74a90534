package dev.colophon.flow.graph;

import dev.colophon.core.Name;
import dev.colophon.flow.graph.FlowDeclaration.Step;
import dev.colophon.flow.graph.FlowGraph.ParamNode;
import dev.colophon.flow.graph.FlowGraph.StepNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells whether a flow keeps the rules of docs/guide/checks.md, whichever reader it came from, and
 * finds all problems at once: those that only follow from another are left out. Pure.
 */
public final class FlowChecker {
  private FlowChecker() {}

  /** The checked graph, or what is wrong. */
  public static CheckedFlow check(FlowDeclaration flow) {
    var problems = new Problems();
    new ClassRules(flow, problems).check();
    var names = Names.of(flow, problems);
    var binder = new Binder(names, problems);
    List<BoundStep> bound = new ArrayList<>();
    for (Step step : names.steps()) {
      bound.add(binder.bind(step));
    }
    var wiring = new Wiring(problems);
    List<StepNode> nodes = new ArrayList<>();
    for (BoundStep step : Order.of(bound, problems)) {
      wiring.wire(step).ifPresent(nodes::add);
    }
    if (!problems.isEmpty()) {
      return new CheckedFlow.Refused(problems.inOrder());
    }
    var params =
        names.params().stream()
            .map(field -> new ParamNode(field.name(), field.type(), field.help().orElse("")))
            .toList();
    return new CheckedFlow.Valid(
        new FlowGraph(Name.of(flow.flowName()), flow.project().map(Name::of), params, nodes));
  }
}
