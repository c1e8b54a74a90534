package dev.colophon.flow.run;

import dev.colophon.core.run.Dataset;
import dev.colophon.core.run.Input;
import dev.colophon.flow.graph.FlowGraph.SecretArgument;
import dev.colophon.flow.graph.FlowGraph.Wrapping;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the value of one argument of one task comes from: found when the task became ready, read in
 * the task's thread.
 */
sealed interface Handover {
  /** The value of a parameter. */
  record Fixed(String argument, Object value) implements Handover {}

  /**
   * An element of a list.
   *
   * @param from the task that left the list; none if a parameter is the list
   */
  record Element(String argument, FannedList list, int index, List<TaskNode> from)
      implements Handover {}

  /**
   * The value of a task.
   *
   * @param type as its producer declared it
   */
  record One(String argument, TaskNode producer, Type type, Wrapping wrapping)
      implements Handover {}

  /**
   * The values of several tasks, in index order.
   *
   * @param lists tasks that left the lists which made the producers none; empty if there are some
   * @param type of each, as their producer declared it
   */
  record Many(
      String argument, List<TaskNode> producers, List<TaskNode> lists, Type type, Wrapping wrapping)
      implements Handover {}

  /**
   * A dataset.
   *
   * @param many whether the step takes a list of paths
   */
  record Files(String argument, List<RunScope.CapturedFile> files, boolean many)
      implements Handover {}

  /** A secret, which the task's own thread asks for. */
  record Confided(SecretArgument argument) implements Handover {}

  /** The task's context. */
  record Context() implements Handover {}

  /** The task's random generator. */
  record Random() implements Handover {}

  /** A list that a step is fanned out over, decoded. */
  record FannedList(List<?> elements, Type elementType) {}

  /** What a task reads that is given these, in argument order. */
  static List<Input> inputs(List<Handover> handovers) {
    List<Input> inputs = new ArrayList<>();
    for (Handover handover : handovers) {
      switch (handover) {
        case Element element ->
            element.from().forEach(task -> inputs.add(input(element.argument(), task)));
        case One one -> inputs.add(input(one.argument(), one.producer()));
        case Many many -> {
          many.producers().forEach(task -> inputs.add(input(many.argument(), task)));
          many.lists().forEach(task -> inputs.add(input(many.argument(), task)));
        }
        case Files files ->
            files.files().forEach(file -> inputs.add(input(files.argument(), file.dataset())));
        case Fixed parameter -> {}
        case Confided secret -> {}
        case Context context -> {}
        case Random random -> {}
      }
    }
    return inputs;
  }

  private static Input input(String argument, TaskNode producer) {
    return new Input(
        argument, producer.stored().artifact().digest(), new Input.FromTask(producer.id()));
  }

  private static Input input(String argument, Dataset dataset) {
    return new Input(argument, dataset.artifact().digest(), new Input.FromDataset(dataset.name()));
  }
}
