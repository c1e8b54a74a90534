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
 * @param models versions that its tasks left behind, in the order of their commits
 */
public record RunOutcome(RunRecord run, List<TaskOutcome> tasks, List<ModelOutcome> models) {
  /**
   * How a task ended.
   *
   * @param took by the runner's clock
   * @param origin the task whose outcome it reused; empty if it ran
   */
  public record TaskOutcome(
      TaskId task,
      RunState state,
      Duration took,
      Optional<Failure> failure,
      Optional<TaskId> origin) {}

  /**
   * A model version that a task left behind.
   *
   * @param origin the task of an earlier run that made it; empty if this run did
   */
  public record ModelOutcome(VersionId version, Optional<TaskId> origin) {}

  public RunOutcome {
    tasks = List.copyOf(tasks);
    models = List.copyOf(models);
  }
}
