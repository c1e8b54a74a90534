package dev.colophon.embedded;

import dev.colophon.core.Name;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.embedded.config.Configuration;
import dev.colophon.flow.graph.FlowGraph;
import dev.colophon.flow.graph.FlowGraph.ParamNode;
import dev.colophon.flow.run.ParamValue;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a person may ask of a run.
 *
 * @param parameters given for this run, by parameter
 * @param workers most tasks that run at once, 1 or more
 * @param seed from which every task's random generator derives its own
 * @param asOf what the steps take for now; by default the run's start
 * @param verifyInputs whether to read every dataset again, even one that looks unchanged
 * @param refresh what is computed anew
 * @param by account of the person
 * @param commandLine as typed
 * @param branching decides of which branch of its project the run is
 */
public record RunOptions(
    Map<String, ParamValue> parameters,
    List<Name> tags,
    int workers,
    long seed,
    Optional<Instant> asOf,
    boolean verifyInputs,
    Refresh refresh,
    String by,
    List<String> commandLine,
    Branching branching) {
  public RunOptions {
    parameters = Map.copyOf(parameters);
    tags = List.copyOf(tags);
    commandLine = List.copyOf(commandLine);
    if (workers < 1) {
      throw new Invalid("--workers %d: expected 1 or more".formatted(workers));
    }
  }

  /** On the person's own branch. */
  public RunOptions(
      Map<String, ParamValue> parameters,
      List<Name> tags,
      int workers,
      long seed,
      Optional<Instant> asOf,
      boolean verifyInputs,
      Refresh refresh,
      String by,
      List<String> commandLine) {
    this(
        parameters,
        tags,
        workers,
        seed,
        asOf,
        verifyInputs,
        refresh,
        by,
        commandLine,
        Branching.OWN);
  }

  /** What is asked for of a flow's parameters, over what is set for them. */
  Map<String, ParamValue> parametersOver(Configuration configuration, FlowGraph graph) {
    Map<String, ParamValue> given =
        new HashMap<>(
            configuration.parameters(
                graph.flow().text(), graph.params().stream().map(ParamNode::name).toList()));
    given.putAll(parameters);
    return given;
  }
}
