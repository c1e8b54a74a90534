package dev.colophon.core.run;

import java.util.List;

/**
 * Everything recorded of one run, fetched at once.
 *
 * @param steps in the order of {@link NewRun#steps}
 * @param tasks by step, then by index
 */
public record RunGraph(
    RunRecord run, List<StepRecord> steps, List<TaskRecord> tasks, List<Dataset> datasets) {
  public RunGraph {
    steps = List.copyOf(steps);
    tasks = List.copyOf(tasks);
    datasets = List.copyOf(datasets);
  }
}
