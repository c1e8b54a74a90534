package dev.colophon.flow.run;

import java.util.ArrayList;
import java.util.List;

/**
 * Tasks that are joined: waited for together, handed on as one list in index order. Shared by all
 * tasks that join the same ones, so that the number of edges stays linear.
 */
final class TaskGroup {
  private final List<TaskNode> members;
  private final List<TaskNode> dependents = new ArrayList<>();
  private int unmet;

  TaskGroup(List<TaskNode> members) {
    this.members = List.copyOf(members);
    for (TaskNode member : this.members) {
      if (!member.hasProduced()) {
        member.joins(this);
        unmet++;
      }
    }
  }

  List<TaskNode> members() {
    return members;
  }

  /** Adds a waiting task; returns whether it has to wait. */
  boolean addDependent(TaskNode dependent) {
    if (unmet > 0) {
      dependents.add(dependent);
    }
    return unmet > 0;
  }

  void memberProduced(List<TaskNode> ready) {
    if (--unmet == 0) {
      dependents.forEach(dependent -> dependent.met(ready));
    }
  }
}
