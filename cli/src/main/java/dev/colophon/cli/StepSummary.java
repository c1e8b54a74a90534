package dev.colophon.cli;

import dev.colophon.cli.frame.Show;
import dev.colophon.cli.frame.Table;
import dev.colophon.core.Name;
import dev.colophon.core.Subject.VersionId;
import dev.colophon.core.json.Json;
import dev.colophon.core.run.Output;
import dev.colophon.core.run.RunGraph;
import dev.colophon.core.run.RunJson;
import dev.colophon.core.run.RunState;
import dev.colophon.core.run.StepRecord;
import dev.colophon.core.run.TaskRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A step of a run in one line.
 *
 * @param isOver whether the run is complete, so that a step without tasks has none
 * @param states how many of its tasks are in each state
 * @param took from the start of its first task to the end of its last, or to now
 */
record StepSummary(
    StepRecord step,
    boolean isOver,
    Map<RunState, Integer> states,
    Optional<Duration> took,
    List<VersionId> versions) {
  /** One for each step of the run, in the order of the graph. */
  static List<StepSummary> of(RunGraph graph, Instant now) {
    Map<Name, List<TaskRecord>> tasks = new HashMap<>();
    for (TaskRecord task : graph.tasks()) {
      tasks.computeIfAbsent(task.id().step(), step -> new ArrayList<>()).add(task);
    }
    return graph.steps().stream()
        .map(
            step ->
                of(
                    step,
                    tasks.getOrDefault(step.name(), List.of()),
                    graph.run().state() == RunState.COMPLETED,
                    now))
        .toList();
  }

  private static StepSummary of(
      StepRecord step, List<TaskRecord> tasks, boolean isOver, Instant now) {
    Map<RunState, Integer> states = new EnumMap<>(RunState.class);
    tasks.forEach(task -> states.merge(task.state(), 1, Integer::sum));
    Optional<Instant> from = tasks.stream().map(TaskRecord::startedAt).min(Instant::compareTo);
    Optional<Instant> to =
        tasks.stream().map(task -> task.endedAt().orElse(now)).max(Instant::compareTo);
    return new StepSummary(
        step,
        isOver,
        states,
        from.flatMap(start -> to.map(end -> Duration.between(start, end))),
        tasks.stream().flatMap(task -> task.output().flatMap(Output::version).stream()).toList());
  }

  private int tasks() {
    return states.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** The state of its tasks: the worst of them. */
  private Optional<RunState> state() {
    return List.of(
            RunState.FAILED,
            RunState.LOST,
            RunState.CANCELLED,
            RunState.RUNNING,
            RunState.COMPLETED)
        .stream()
        .filter(states::containsKey)
        .findFirst();
  }

  Json json() {
    Json.Builder counts = Json.object();
    states.forEach((state, count) -> counts.put(state.text(), count));
    Json.Builder json =
        Json.object()
            .put("step", step.name().text())
            .put("dimensions", Json.ofStrings(step.dimensions()))
            .put("reads", Json.ofStrings(step.reads()))
            .put("tasks", tasks())
            .put("states", counts.build());
    took.ifPresent(time -> json.put("seconds", RunJson.seconds(time)));
    return json.build();
  }

  void addTo(Table table) {
    if (state().isEmpty()) {
      table.add(step.name().text(), isOver ? "0 tasks" : "not begun", "0", "", "");
      return;
    }
    RunState state = state().get();
    String made = versions.stream().map(VersionId::toString).collect(Collectors.joining(", "));
    table.add(
        state,
        step.name().text(),
        state.text(),
        Show.count(states.getOrDefault(RunState.COMPLETED, 0)) + "/" + Show.count(tasks()),
        took.map(Show::took).orElse(""),
        made);
  }
}
