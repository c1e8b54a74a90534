package dev.colophon.flow.run;

import dev.colophon.core.IndexPath;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.flow.NewVersion;
import dev.colophon.flow.codec.Stored;
import dev.colophon.flow.graph.FlowGraph.Argument;
import dev.colophon.flow.graph.FlowGraph.ContextArgument;
import dev.colophon.flow.graph.FlowGraph.DatasetArgument;
import dev.colophon.flow.graph.FlowGraph.ElementArgument;
import dev.colophon.flow.graph.FlowGraph.Gather;
import dev.colophon.flow.graph.FlowGraph.ParamArgument;
import dev.colophon.flow.graph.FlowGraph.RandomArgument;
import dev.colophon.flow.graph.FlowGraph.SecretArgument;
import dev.colophon.flow.graph.FlowGraph.StepArgument;
import dev.colophon.flow.graph.FlowGraph.StepNode;
import dev.colophon.flow.graph.FlowType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tasks of a run as they become known: a step is expanded once the lists it is fanned out over
 * are there, and tells its tasks what to wait for and what to read. Confined to the thread of the
 * {@link RunSession}.
 */
final class RunPlan {
  private record ListKey(String source, IndexPath index) {}

  private final RunScope scope;
  private final Map<String, StepTasks> steps = new LinkedHashMap<>();
  private final Map<ListKey, Handover.FannedList> lists = new HashMap<>();

  RunPlan(RunScope scope) {
    this.scope = scope;
    for (StepNode node : scope.program().graph().steps()) {
      steps.put(node.name().text(), new StepTasks(node, method(node)));
    }
  }

  private Method method(StepNode node) {
    Method method =
        Arrays.stream(scope.program().type().getDeclaredMethods())
            .filter(candidate -> candidate.getName().equals(node.method()) && !candidate.isBridge())
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no method " + node.method()));
    method.setAccessible(true);
    return method;
  }

  Collection<StepTasks> steps() {
    return Collections.unmodifiableCollection(steps.values());
  }

  /**
   * Expands every step that can be by now.
   *
   * @return the steps that were expanded
   * @throws Invalid if a step would have too many tasks
   */
  List<StepTasks> expandWhatCanBe() {
    List<StepTasks> expanded = new ArrayList<>();
    for (StepTasks step : steps.values()) { // producers come first, so one pass is enough
      if (!step.isExpanded() && canExpand(step.node())) {
        expand(step);
        expanded.add(step);
      }
    }
    return expanded;
  }

  private boolean canExpand(StepNode node) {
    boolean listsAreThere =
        node.dimensions().stream()
            .map(steps::get)
            .allMatch(source -> source == null || source.isComplete());
    return listsAreThere && producers(node).allMatch(StepTasks::isExpanded);
  }

  private java.util.stream.Stream<StepTasks> producers(StepNode node) {
    return node.arguments().stream()
        .filter(StepArgument.class::isInstance)
        .map(argument -> step(((StepArgument) argument).step().text()));
  }

  private StepTasks step(String name) {
    StepTasks step = steps.get(name);
    if (step == null) {
      throw new IllegalStateException("the graph names a step that it lacks: " + name);
    }
    return step;
  }

  private void expand(StepTasks step) {
    StepNode node = step.node();
    RunId run = scope.run().id();
    List<IndexPath> places =
        Expansion.places(
            node.name().text(),
            node.dimensions(),
            (dimension, outer) ->
                list(dimension, node.dimensions().subList(0, outer.size()), new IndexPath(outer))
                    .elements()
                    .size());
    List<TaskNode> tasks = new ArrayList<>(places.size());
    for (IndexPath place : places) {
      TaskNode task = new TaskNode(step, run.step(node.name()).task(place));
      for (Argument argument : node.arguments()) {
        if (argument instanceof StepArgument read) {
          await(task, step(read.step().text()), read.gather(), node.dimensions());
        }
      }
      tasks.add(task);
    }
    step.expand(tasks);
  }

  private static void await(
      TaskNode task, StepTasks producer, Gather gather, List<String> dimensions) {
    if (gather == Gather.ONE) {
      TaskNode one = producer.at(dimensions, task.id().index());
      if (!one.hasProduced()) {
        task.awaits(one);
      }
    } else {
      task.awaits(producer.group(gather, dimensions, task.id().index()));
    }
  }

  /** The list that is a dimension, at a place in the dimensions before it. */
  private Handover.FannedList list(String source, List<String> dimensions, IndexPath index) {
    StepTasks step = steps.get(source);
    if (step == null) {
      return lists.computeIfAbsent(
          new ListKey(source, IndexPath.NONE), key -> parameterList(source));
    }
    IndexPath own = StepTasks.project(dimensions, index, step.node().dimensions());
    return lists.computeIfAbsent(
        new ListKey(source, own), key -> decode(step, step.at(step.node().dimensions(), own)));
  }

  private Handover.FannedList parameterList(String name) {
    Object value = Optional.ofNullable(scope.parameters().values().get(name)).orElseThrow();
    FlowType type =
        scope.program().graph().params().stream()
            .filter(param -> param.name().equals(name))
            .findFirst()
            .orElseThrow()
            .type();
    return new Handover.FannedList((List<?>) value, elementType(type));
  }

  private Handover.FannedList decode(StepTasks step, TaskNode task) {
    FlowType type = step.node().result();
    Stored stored = task.value().orElseThrow();
    try {
      Path folder =
          Files.createDirectories(
              scope
                  .scratch()
                  .resolve("lists")
                  .resolve(step.node().name().text())
                  .resolve("t" + task.id().index()));
      Object value = scope.contents().read(task.id(), Types.of(type), stored, folder);
      return new Handover.FannedList((List<?>) value, elementType(type));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Type elementType(FlowType list) {
    return Types.of(list.argumentOf(List.class).orElseThrow());
  }

  /** What the arguments of a ready task are to be given. */
  List<Handover> handovers(TaskNode task) {
    StepNode node = task.step().node();
    return node.arguments().stream().map(argument -> handover(task, node, argument)).toList();
  }

  private Handover handover(TaskNode task, StepNode node, Argument argument) {
    IndexPath index = task.id().index();
    return switch (argument) {
      case ParamArgument param ->
          new Handover.Fixed(
              param.name(),
              Optional.ofNullable(scope.parameters().values().get(param.name())).orElseThrow());
      case ElementArgument element -> element(element.name(), element.source(), node, index);
      case StepArgument read -> read(read, node, index);
      case DatasetArgument dataset ->
          new Handover.Files(
              dataset.name(),
              Optional.ofNullable(scope.datasets().get(dataset.pattern())).orElseThrow(),
              dataset.many());
      case SecretArgument secret -> new Handover.Confided(secret);
      case ContextArgument context -> new Handover.Context();
      case RandomArgument random -> new Handover.Random();
    };
  }

  private Handover read(StepArgument read, StepNode node, IndexPath index) {
    StepTasks producer = step(read.step().text());
    Type type = valueType(producer.node().result());
    if (read.gather() == Gather.ONE) {
      return new Handover.One(
          read.name(), producer.at(node.dimensions(), index), type, read.wrapping());
    }
    List<TaskNode> members = producer.group(read.gather(), node.dimensions(), index).members();
    List<TaskNode> lists = members.isEmpty() ? lists(producer, node, index) : List.of();
    return new Handover.Many(read.name(), members, lists, type, read.wrapping());
  }

  /** What left the lists of a step that has no task there: a join of nothing comes from them. */
  private List<TaskNode> lists(StepTasks producer, StepNode node, IndexPath index) {
    List<TaskNode> lists = new ArrayList<>();
    for (String dimension : producer.node().dimensions()) {
      StepTasks list = steps.get(dimension);
      if (list != null && node.dimensions().containsAll(list.node().dimensions())) {
        lists.add(list.at(node.dimensions(), index));
      } else if (list != null) {
        lists.addAll(list.tasks());
      }
    }
    return lists;
  }

  private Handover.Element element(String name, String source, StepNode node, IndexPath index) {
    int position = node.dimensions().indexOf(source);
    Handover.FannedList list = list(source, node.dimensions(), index);
    StepTasks step = steps.get(source);
    List<TaskNode> from = step == null ? List.of() : List.of(step.at(node.dimensions(), index));
    return new Handover.Element(name, list, index.indexes().get(position), from);
  }

  /** A step that returns a {@link NewVersion} leaves a {@link dev.colophon.flow.ModelVersion}. */
  private static Type valueType(FlowType result) {
    Type type = Types.of(result);
    return type == NewVersion.class ? dev.colophon.flow.ModelVersion.class : type;
  }
}
