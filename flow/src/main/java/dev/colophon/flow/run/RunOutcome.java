package dev.colophon.flow.run;

import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.Subject.VersionId;
import dev.colophon.core.run.Failure;
import dev.colophon.core.run.RunRecord;
import dev.colophon.core.run.RunState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a run ended.
 *
 * @param tasks the committed ones, by step in graph order, then by index
 * @param models versions that were made, in the order of their commits
 */
public record RunOutcome(RunRecord run, List<TaskOutcome> tasks, List<VersionId> models) {
  /**
   * How a task ended.
   *
   * @param took by the runner's clock
   */
  public record TaskOutcome(
      TaskId task, RunState state, Duration took, Optional<Failure> failure) {}

  public RunOutcome {
    tasks = List.copyOf(tasks);
    models = List.copyOf(models);
  }
}
