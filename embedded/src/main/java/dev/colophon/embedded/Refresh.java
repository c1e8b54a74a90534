package dev.colophon.embedded;

import dev.colophon.core.Name;
import dev.colophon.core.error.ColophonException.NotFound;
import dev.colophon.core.run.StepRecord.Reuse;
import dev.colophon.flow.graph.FlowGraph;
import dev.colophon.flow.graph.FlowGraph.StepNode;
import dev.colophon.flow.graph.Suggestion;
import java.util.List;
import java.util.Set;

/**
 * What of a run is to be computed anew, whatever was computed before; later runs may reuse it.
 *
 * @param all whether everything is
 * @param steps names of the steps that are
 */
public record Refresh(boolean all, Set<String> steps) {
  /** Whatever can be reused is. */
  public static final Refresh NOTHING = new Refresh(false, Set.of());

  public Refresh {
    steps = Set.copyOf(steps);
  }

  /**
   * Checks that the flow has these steps.
   *
   * @throws NotFound naming one that it has not
   */
  void check(FlowGraph graph) {
    List<String> known = graph.steps().stream().map(StepNode::name).map(Name::text).toList();
    for (String step : steps) {
      if (!known.contains(step)) {
        throw new NotFound(
            "--refresh %s: flow %s has no such step%s; its steps are %s"
                .formatted(step, graph.flow(), meant(step, known), String.join(", ", known)));
      }
    }
  }

  private static String meant(String step, List<String> known) {
    return Suggestion.closest(step, known).map("; did you mean %s?"::formatted).orElse("");
  }

  /** How the person asked for a step to be computed anew. */
  String typed(Name step) {
    return all ? "--no-cache" : "--refresh " + step;
  }

  /** Whether outcomes of a step are looked for. */
  Reuse of(StepNode step) {
    if (!step.cached()) {
      return Reuse.OFF;
    }
    return all || steps.contains(step.name().text()) ? Reuse.REFRESH : Reuse.ON;
  }
}
