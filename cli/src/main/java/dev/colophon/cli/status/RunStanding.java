package dev.colophon.cli.status;

import dev.colophon.core.Artifact;
import dev.colophon.core.Digest;
import dev.colophon.core.Name;
import dev.colophon.core.code.CodeVersion;
import dev.colophon.core.error.ColophonException;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.error.ColophonException.NotFound;
import dev.colophon.core.error.ColophonException.Unavailable;
import dev.colophon.core.run.Dataset;
import dev.colophon.core.run.Input;
import dev.colophon.core.run.RunGraph;
import dev.colophon.core.run.StepRecord;
import dev.colophon.core.run.TaskRecord;
import dev.colophon.embedded.Colophon;
import dev.colophon.embedded.FlowLauncher;
import dev.colophon.embedded.FlowTarget;
import dev.colophon.embedded.LoadedFlow;
import dev.colophon.embedded.PresentData;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How a run stands to the code and the data that there are now.
 *
 * @param reasons why steps of it are stale, or can't be told to be
 * @param stale names of the steps whose outcomes would be computed anew, in the order of the graph
 */
record RunStanding(RunGraph graph, List<Reason> reasons, List<String> stale) {
  static RunStanding of(
      RunGraph graph,
      Colophon colophon,
      FlowSources sources,
      FlowLauncher launcher,
      PresentData present) {
    List<Reason> reasons = new ArrayList<>();
    Set<String> roots = new TreeSet<>();
    Map<String, Reason> data = data(graph, present);
    reasons.addAll(data.values());
    for (TaskRecord task : graph.tasks()) {
      for (Input input : task.inputs()) {
        if (input.source() instanceof Input.FromDataset(String name) && data.containsKey(name)) {
          roots.add(task.id().step().text());
        }
      }
    }
    Changes changes = code(graph, colophon, sources, launcher);
    reasons.addAll(changes.reasons());
    roots.addAll(changes.roots());
    return new RunStanding(graph, List.copyOf(reasons), downstream(graph, roots));
  }

  /** Steps come after those that they read. */
  private static List<String> downstream(RunGraph graph, Set<String> roots) {
    List<String> stale = new ArrayList<>();
    for (StepRecord step : graph.steps()) {
      if (roots.contains(step.name().text()) || step.reads().stream().anyMatch(stale::contains)) {
        stale.add(step.name().text());
      }
    }
    return List.copyOf(stale);
  }

  private static Map<String, Reason> data(RunGraph graph, PresentData present) {
    Map<String, Reason> reasons = new LinkedHashMap<>();
    for (Dataset dataset : graph.datasets()) {
      Digest recorded = dataset.artifact().digest();
      Optional<Digest> now = present.find(dataset).map(Artifact::digest);
      if (!now.equals(Optional.of(recorded))) {
        reasons.put(
            dataset.name(),
            new Reason(
                Reason.Kind.DATA,
                dataset.name(),
                Optional.of(recorded.hex()),
                now.map(Digest::hex),
                now.isPresent() ? "its content changed" : "it is gone"));
      }
    }
    return reasons;
  }

  /**
   * What is not as it was.
   *
   * @param roots steps that are stale for it
   */
  private record Changes(List<Reason> reasons, Set<String> roots) {
    static Changes unknown(String source, String why) {
      Reason open = new Reason(Reason.Kind.SOURCE, source, Optional.empty(), Optional.empty(), why);
      return new Changes(List.of(open), Set.of());
    }
  }

  private static Changes code(
      RunGraph graph, Colophon colophon, FlowSources sources, FlowLauncher launcher) {
    CodeVersion code = colophon.runs().getCode(graph.run().code());
    Optional<FlowTarget> target =
        sources.find(code, colophon.runs().getEnvironment(graph.run().id()));
    String source = code.source().orElse(code.flow());
    if (target.isEmpty()) {
      return Changes.unknown(source, "it is not found, so its code is not compared");
    }
    try {
      LoadedFlow flow = launcher.load(target.get());
      List<Reason> reasons = new ArrayList<>(changed(graph, launcher.fingerprints(flow)));
      Set<String> roots = new TreeSet<>();
      reasons.forEach(reason -> roots.add(reason.name()));
      added(graph, flow, launcher)
          .forEach(
              (dataset, pattern) -> {
                reasons.add(fresh(dataset));
                graph.steps().stream()
                    .filter(step -> step.reads().contains(pattern))
                    .forEach(step -> roots.add(step.name().text()));
              });
      return new Changes(reasons, roots);
    } catch (NotFound e) {
      return Changes.unknown(source, "it is not found, so its code is not compared");
    } catch (Invalid | Unavailable e) {
      return Changes.unknown(source, "its code is not compared: " + summary(e));
    }
  }

  /** Files that a run would read now and that one did not, with the pattern that finds them. */
  private static Map<Dataset, String> added(
      RunGraph graph, LoadedFlow flow, FlowLauncher launcher) {
    Set<String> recorded = graph.datasets().stream().map(Dataset::name).collect(Collectors.toSet());
    Map<Dataset, String> added = new LinkedHashMap<>();
    try {
      launcher
          .inputs(flow)
          .forEach(
              (pattern, datasets) ->
                  datasets.stream()
                      .filter(dataset -> !recorded.contains(dataset.name()))
                      .forEach(dataset -> added.put(dataset, pattern)));
    } catch (ColophonException e) {
      return Map.of(); // what is missing is told of the recorded ones
    }
    return added;
  }

  private static Reason fresh(Dataset dataset) {
    return new Reason(
        Reason.Kind.DATA,
        dataset.name(),
        Optional.empty(),
        Optional.of(dataset.artifact().digest().hex()),
        "it is new");
  }

  /** The first line that says something: a heading ends with a colon. */
  private static String summary(ColophonException refusal) {
    return refusal
        .text()
        .lines()
        .filter(line -> !line.endsWith(":"))
        .findFirst()
        .map(String::strip)
        .orElse(refusal.text());
  }

  private static List<Reason> changed(RunGraph graph, Map<Name, Digest> now) {
    List<Reason> reasons = new ArrayList<>();
    Map<Name, Digest> left = new HashMap<>(now);
    for (StepRecord step : graph.steps()) {
      Optional<Digest> after = Optional.ofNullable(left.remove(step.name()));
      Optional<Digest> before = step.code().map(Artifact::digest);
      if (before.isPresent() && !before.equals(after)) {
        reasons.add(
            new Reason(
                Reason.Kind.CODE,
                step.name().text(),
                before.map(Digest::hex),
                after.map(Digest::hex),
                after.isPresent() ? "its code changed" : "the flow has no such step any more"));
      }
    }
    left.forEach(
        (step, digest) ->
            reasons.add(
                new Reason(
                    Reason.Kind.CODE,
                    step.text(),
                    Optional.empty(),
                    Optional.of(digest.hex()),
                    "it is a new step")));
    return reasons;
  }
}
