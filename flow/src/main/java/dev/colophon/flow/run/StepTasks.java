package dev.colophon.flow.run;

import dev.colophon.core.IndexPath;
import dev.colophon.flow.graph.FlowGraph.Gather;
import dev.colophon.flow.graph.FlowGraph.StepNode;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tasks of one step, once it is known how many there are. Confined to the thread of the {@link
 * RunSession}.
 */
final class StepTasks {
  private final StepNode node;
  private final Method method;
  private final Map<IndexPath, TaskNode> tasks = new LinkedHashMap<>();
  private final Map<Gather, Map<IndexPath, TaskGroup>> groups = new HashMap<>();
  private boolean expanded;
  private int produced;

  StepTasks(StepNode node, Method method) {
    this.node = node;
    this.method = method;
  }

  StepNode node() {
    return node;
  }

  Method method() {
    return method;
  }

  void expand(List<TaskNode> expansion) {
    expansion.forEach(task -> tasks.put(task.id().index(), task));
    expanded = true;
  }

  boolean isExpanded() {
    return expanded;
  }

  /** Whether every task has left its value. */
  boolean isComplete() {
    return expanded && produced == tasks.size();
  }

  void countProduced() {
    produced++;
  }

  Collection<TaskNode> tasks() {
    return Collections.unmodifiableCollection(tasks.values());
  }

  /** The task at the given place of a consumer. */
  TaskNode at(List<String> consumerDimensions, IndexPath consumerIndex) {
    IndexPath index = project(consumerDimensions, consumerIndex, node.dimensions());
    TaskNode task = tasks.get(index);
    if (task == null) {
      throw new IllegalStateException("step %s has no task at %s".formatted(node.name(), index));
    }
    return task;
  }

  /** The tasks that an argument of a consumer joins. */
  TaskGroup group(Gather gather, List<String> consumerDimensions, IndexPath consumerIndex) {
    List<String> kept = kept(gather);
    IndexPath index = project(consumerDimensions, consumerIndex, kept);
    TaskGroup group = groups.computeIfAbsent(gather, this::groups).get(index);
    return group == null ? new TaskGroup(List.of()) : group;
  }

  private Map<IndexPath, TaskGroup> groups(Gather gather) {
    Map<IndexPath, List<TaskNode>> members = new LinkedHashMap<>();
    List<String> kept = kept(gather);
    for (TaskNode task : tasks.values()) {
      IndexPath index = project(node.dimensions(), task.id().index(), kept);
      members.computeIfAbsent(index, unused -> new ArrayList<>()).add(task);
    }
    Map<IndexPath, TaskGroup> made = new HashMap<>();
    members.forEach((index, list) -> made.put(index, new TaskGroup(list)));
    return made;
  }

  private List<String> kept(Gather gather) {
    return switch (gather) {
      case ONE -> node.dimensions();
      case INNERMOST -> node.dimensions().subList(0, node.dimensions().size() - 1);
      case ALL -> List.of();
    };
  }

  /** The indexes of some dimensions, taken from a place in more. */
  static IndexPath project(List<String> dimensions, IndexPath index, List<String> wanted) {
    if (wanted.isEmpty()) {
      return IndexPath.NONE;
    }
    if (wanted.equals(dimensions)) {
      return index;
    }
    return new IndexPath(
        wanted.stream().map(name -> index.indexes().get(dimensions.indexOf(name))).toList());
  }
}
