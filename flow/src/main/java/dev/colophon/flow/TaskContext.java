package dev.colophon.flow;

import java.nio.file.Path;
import java.time.Instant;

/**
 * What the engine offers to a running task. May be used from any thread, until the step returns.
 */
public interface TaskContext {
  /**
   * Records a number.
   *
   * @param name 1 to 250 characters
   */
  void metric(String name, double value);

  /**
   * Records a number of a series.
   *
   * @param step such as an epoch
   * @param unit such as {@code ms}; may be empty
   */
  void metric(String name, double value, long step, String unit);

  /**
   * Says how far the task is.
   *
   * @param total 0 if it isn't known
   */
  void progress(long done, long total);

  /** Adds a line to the task's log. */
  void log(String line);

  /** The moment that this run takes for now: its start unless {@code --as-of} said otherwise. */
  Instant asOf();

  /** Address of the task, such as {@code FlightDelays/12/fit/3,7}. */
  String id();

  /** An empty folder of this task's own, deleted when the task has ended. */
  Path folder();
}
