package dev.colophon.embedded;

import dev.colophon.core.Name;
import dev.colophon.flow.fingerprint.Fingerprints;
import dev.colophon.flow.fingerprint.StepPrint;
import dev.colophon.flow.graph.FlowGraph;
import dev.colophon.flow.graph.FlowGraph.StepNode;
import dev.colophon.flow.run.StepCode;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The code of a flow's steps. Class files are read, and nothing else. */
final class StepCodes {
  private StepCodes() {}

  /**
   * The code of each step.
   *
   * @param cache folder for what was learned earlier; may be lost at any time
   */
  static Map<Name, StepCode> of(LoadedFlow flow, Refresh refresh, Path cache, Clock clock) {
    FlowGraph graph = flow.program().graph();
    Map<Name, StepPrint> prints =
        new Fingerprints(flow.classes(), flow.libraries(), cache.resolve("fingerprints"), clock)
            .of(graph, flow.program().type());
    Map<Name, StepCode> codes = new HashMap<>();
    for (StepNode step : graph.steps()) {
      Optional.ofNullable(prints.get(step.name()))
          .ifPresent(print -> codes.put(step.name(), StepCode.of(print, refresh.of(step))));
    }
    return codes;
  }
}
