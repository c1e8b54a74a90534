package dev.colophon.flow.run;

import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.run.RunState;
import dev.colophon.flow.codec.Stored;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A task in the plan of a running flow. Confined to the thread of the {@link RunSession}, but for
 * {@link #value}.
 */
final class TaskNode {
  private final StepTasks step;
  private final TaskId id;
  private final List<TaskNode> dependents = new ArrayList<>();
  private final List<TaskGroup> groups = new ArrayList<>();
  private int unmet;
  private volatile @Nullable Stored value;
  private @Nullable RunState state;

  TaskNode(StepTasks step, TaskId id) {
    this.step = step;
    this.id = id;
  }

  StepTasks step() {
    return step;
  }

  TaskId id() {
    return id;
  }

  /** This task waits for another. */
  void awaits(TaskNode producer) {
    unmet++;
    producer.dependents.add(this);
  }

  /** This task waits for all members of a group. */
  void awaits(TaskGroup group) {
    if (group.addDependent(this)) {
      unmet++;
    }
  }

  void joins(TaskGroup group) {
    groups.add(group);
  }

  boolean isReady() {
    return unmet == 0;
  }

  /** What it left behind is known; adds the tasks that thereby became ready. */
  void produced(Optional<Stored> stored, List<TaskNode> ready) {
    value = stored.orElse(null);
    state = RunState.COMPLETED;
    dependents.forEach(dependent -> dependent.met(ready));
    groups.forEach(group -> group.memberProduced(ready));
    dependents.clear();
    groups.clear();
  }

  void met(List<TaskNode> ready) {
    if (--unmet == 0) {
      ready.add(this);
    }
  }

  /** It failed or was cancelled: its dependents never become ready. */
  void ended(RunState end) {
    state = end;
  }

  boolean hasProduced() {
    return state == RunState.COMPLETED;
  }

  /** What it left behind; empty for a step that returns nothing. */
  Optional<Stored> value() {
    return Optional.ofNullable(value);
  }

  /** What it left behind, which it must have. */
  Stored stored() {
    return value().orElseThrow(() -> new IllegalStateException("task " + id + " left no value"));
  }
}
