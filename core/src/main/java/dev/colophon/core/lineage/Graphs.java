package dev.colophon.core.lineage;

import dev.colophon.core.Subject.RunId;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.code.CodeVersion;
import dev.colophon.core.run.Dataset;
import dev.colophon.core.run.Input;
import dev.colophon.core.run.RunGraph;
import dev.colophon.core.run.RunLog;
import dev.colophon.core.run.TaskRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The graphs of runs, each fetched once. Not thread-safe. */
final class Graphs {
  private final RunLog runs;
  private final Map<RunId, Loaded> loaded = new HashMap<>();

  Graphs(RunLog runs) {
    this.runs = runs;
  }

  Loaded of(RunId run) {
    return loaded.computeIfAbsent(run, id -> new Loaded(runs.getGraph(id)));
  }

  CodeVersion codeOf(RunId run) {
    return runs.getCode(of(run).graph.run().code());
  }

  /** A run's graph with its tasks by id. */
  static final class Loaded {
    final RunGraph graph;
    private final Map<TaskId, TaskRecord> tasks = new LinkedHashMap<>();
    private final Map<Node.Data, Dataset> datasets = new LinkedHashMap<>();

    Loaded(RunGraph graph) {
      this.graph = graph;
      graph.tasks().forEach(task -> tasks.put(task.id(), task));
      graph.datasets().forEach(dataset -> datasets.put(data(dataset), dataset));
    }

    Optional<TaskRecord> task(TaskId task) {
      return Optional.ofNullable(tasks.get(task));
    }

    Optional<Dataset> dataset(Node.Data data) {
      return Optional.ofNullable(datasets.get(data));
    }

    List<Node.Data> datasets() {
      return List.copyOf(datasets.keySet());
    }

    /** Datasets that the task itself read, in argument order. */
    List<Node.Data> read(TaskRecord task) {
      Set<Node.Data> read = new LinkedHashSet<>();
      for (Input input : task.inputs()) {
        if (input.source() instanceof Input.FromDataset(String name)) {
          read.add(captured(name, input));
        }
      }
      return List.copyOf(read);
    }

    /** The capture that an input came from: known by its digest, and among equal ones by name. */
    private Node.Data captured(String name, Input input) {
      List<Node.Data> equal =
          datasets.keySet().stream().filter(data -> data.digest().equals(input.digest())).toList();
      return equal.stream()
          .filter(data -> data.name().equals(name))
          .findFirst()
          .or(() -> equal.stream().findFirst())
          .orElseGet(() -> new Node.Data(name, input.digest(), OptionalLong.empty()));
    }

    /** Datasets that these tasks came from, within this run, through any number of tasks. */
    List<Node.Data> reachedFrom(Collection<TaskId> start) {
      Set<Node.Data> reached = new LinkedHashSet<>();
      Set<TaskId> met = new HashSet<>(start);
      Deque<TaskId> open = new ArrayDeque<>(start);
      while (!open.isEmpty()) {
        Optional<TaskRecord> task = task(open.pop());
        task.ifPresent(found -> reached.addAll(read(found)));
        task.stream().flatMap(found -> made(found).stream()).filter(met::add).forEach(open::push);
      }
      return List.copyOf(reached);
    }

    /** Tasks that nobody in the run read: where a trace of the whole run begins. */
    List<TaskId> lastTasks() {
      Set<TaskId> last = new LinkedHashSet<>(tasks.keySet());
      tasks.values().forEach(task -> made(task).forEach(last::remove));
      return List.copyOf(last);
    }

    private static Node.Data data(Dataset dataset) {
      return new Node.Data(
          dataset.name(),
          dataset.artifact().digest(),
          OptionalLong.of(dataset.artifact().sizeBytes()));
    }
  }

  /** Tasks whose artifacts this one read, in argument order, each once. */
  static List<TaskId> made(TaskRecord task) {
    Set<TaskId> read = new LinkedHashSet<>();
    for (Input input : task.inputs()) {
      if (input.source() instanceof Input.FromTask(TaskId maker)) {
        read.add(maker);
      }
    }
    return new ArrayList<>(read);
  }
}
