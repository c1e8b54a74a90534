package dev.colophon.core.run;

import dev.colophon.core.Digest;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.error.ColophonException.Conflict;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Outcomes of tasks by their {@link TaskKey}, across runs, people and processes. Written by {@link
 * RunLog#commit}; all methods may be called from any thread and from several processes.
 */
public interface Outcomes {
  /**
   * An outcome that is recorded.
   *
   * @param origin the task that computed it
   * @param output what that task left behind; empty if its step returns nothing
   */
  record Outcome(TaskId origin, Optional<Output> output) {}

  /** What a task that is about to begin should do. */
  sealed interface Claim {}

  /** Compute: the key is this run's until the task is committed or the run ends. */
  record Granted() implements Claim {}

  /** Take this outcome instead. */
  record Recorded(Outcome outcome) implements Claim {}

  /** Wait: another run is computing it. Ask again: once that run has ended, the key is free. */
  record Held(RunId by) implements Claim {}

  /**
   * Claims the keys of tasks that are about to begin. A claim does not survive a loss of power.
   *
   * @param keys by task, all of one run; of several tasks of one key, each gets the same answer
   * @throws Conflict if the run is not running any more
   */
  Map<TaskId, Claim> claim(RunId run, Map<TaskId, Digest> keys);

  /** The newest outcome of each key; a key without one is absent. */
  Map<Digest, Outcome> find(Collection<Digest> keys);

  /** The keys of these tasks; one that has not ended, or whose step does not reuse, is absent. */
  Map<TaskId, TaskKey> findKeys(Collection<TaskId> tasks);

  /**
   * For each of these tasks, the one at the same place of the newest earlier run of the same flow
   * that completed it, with a key; a task without one is absent. The tasks need not be recorded.
   */
  Map<TaskId, TaskId> findEarlier(Collection<TaskId> tasks);

  /** The key of a task that has ended; empty if its step does not reuse. */
  default Optional<TaskKey> findKey(TaskId task) {
    return findKeys(List.of(task)).values().stream().findFirst();
  }

  /** The task that one of them is compared with, as {@link #findEarlier(Collection)}. */
  default Optional<TaskId> findEarlier(TaskId task) {
    return findEarlier(List.of(task)).values().stream().findFirst();
  }
}
