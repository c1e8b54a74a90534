package dev.colophon.flow.run;

import dev.colophon.core.Name;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.run.Output;
import dev.colophon.core.run.RunRecord;
import dev.colophon.core.run.TaskEnd;
import dev.colophon.flow.graph.FlowGraph;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Watches a run as it goes. All methods but {@link #taskPrinted} and {@link #taskProgressed} are
 * called by one thread, in the order in which things happened; they must return soon.
 */
public interface RunListener {
  /** Nothing is watched. */
  RunListener SILENT = new RunListener() {};

  default void runStarted(RunRecord run, FlowGraph graph, RunRequest request) {}

  /** The number of tasks of a step is known. */
  default void stepExpanded(Name step, int tasks) {}

  default void taskStarted(TaskId task) {}

  /**
   * From the thread of the step.
   *
   * @param total 0 if it isn't known
   */
  default void taskProgressed(TaskId task, long done, long total) {}

  /** From the thread of the step: a line that it printed or logged. */
  default void taskPrinted(TaskId task, String line) {}

  /** Tasks wait for outcomes that another run computes at this moment; told once a run. */
  default void runWaits(RunId holder) {}

  /**
   * Tasks that waited for another run are computed by this one now, since it ended without their
   * outcomes or is gone; told once a run.
   */
  default void runTakesOver(RunId holder) {}

  /** The task is committed: durable, whatever happens next. */
  default void taskEnded(TaskEnd end, Optional<Output> output) {}

  /**
   * The run is being stopped; nothing new starts.
   *
   * @param waitedFor tasks whose steps were interrupted and have not returned
   * @param grace how long they may take until they are given up
   */
  default void runStopping(List<TaskId> waitedFor, Duration grace) {}

  default void runEnded(RunOutcome outcome) {}
}
