package dev.colophon.cli;

import dev.colophon.cli.flows.FlowShape;
import dev.colophon.cli.flows.FlowText;
import dev.colophon.cli.frame.Answer;
import dev.colophon.cli.frame.Frame;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.Subject.StepId;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.error.ColophonException.NotFound;
import dev.colophon.core.run.RunGraph;
import dev.colophon.core.run.StepRecord;
import dev.colophon.core.run.TaskRecord;
import dev.colophon.embedded.Colophon;
import dev.colophon.embedded.FlowTarget;
import dev.colophon.flow.graph.FlowGraph;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "show",
    header = "Shows a flow, a run, a step or a task.",
    description = {
      "",
      "Of a flow its graph: of a source file or a class as it is now, of a flow's name as its newest"
          + " run recorded it."
    },
    footer = {
      "",
      "Examples:",
      "  colophon show FlightDelays.java --dot | dot -Tsvg",
      "  colophon show FlightDelays/12",
      "  colophon show FlightDelays/12/fit/3"
    })
final class ShowCommand implements Callable<Integer> {
  private final Frame frame;

  @Parameters(
      paramLabel = "RUN[/STEP[/TASK]]|FLOW",
      description = "Such as FlightDelays/12/fit/3, FlightDelays or FlightDelays.java.")
  private String what = "";

  @Option(names = "--dot", description = "A flow's graph for Graphviz.")
  private boolean dot;

  @Option(
      names = {"--class-path", "-cp"},
      paramLabel = "PATH",
      description = "Where the compiled class of a flow is found.")
  private String classPath = "";

  ShowCommand(Frame frame) {
    this.frame = frame;
  }

  @Override
  public Integer call() {
    try (Colophon colophon = frame.reading()) {
      Address address = new Address(colophon, frame.world().workingFolder());
      Optional<FlowShape> flow = flow(address);
      if (flow.isPresent()) {
        FlowText text = new FlowText(flow.get());
        return frame.answer(Answer.of(flow.get()::json, dot ? text::writeDot : text::write));
      }
      return frame.answer(
          switch (address.inRun(what)) {
            case RunId run -> run(run, colophon);
            case StepId step -> step(step, colophon);
            case TaskId task -> {
              RunGraph graph = graph(task.run(), colophon);
              yield task(taskIn(graph, task), graph, colophon);
            }
          });
    }
  }

  /** The flow that is meant, unless it is a run, or something in one. */
  private Optional<FlowShape> flow(Address address) {
    Colophon colophon = address.colophon();
    if (what.endsWith(".java") || !classPath.isEmpty()) {
      FlowTarget target = NamedFlow.target(what, classPath, frame.world().workingFolder());
      FlowGraph graph = new RunSupervisor(frame).launcher(colophon).load(target).program().graph();
      return Optional.of(FlowShape.of(graph, what));
    }
    return address.newestRun(what).map(run -> FlowShape.of(graph(run.id(), colophon)));
  }

  private static RunGraph graph(RunId run, Colophon colophon) {
    return colophon.runs().getGraph(run);
  }

  private Answer run(RunId id, Colophon colophon) {
    RunView view = RunView.of(graph(id, colophon), colophon.runs(), frame.now());
    return Answer.of(view::json, view::write);
  }

  private static Answer step(StepId id, Colophon colophon) {
    RunGraph graph = graph(id.run(), colophon);
    List<TaskRecord> tasks = tasksOf(graph, id);
    if (tasks.size() == 1 && tasks.getFirst().id().index().isEmpty()) {
      return task(tasks.getFirst(), graph, colophon);
    }
    StepView view = new StepView(id, tasks, new Elements(graph, colophon));
    return Answer.of(view::json, view::write);
  }

  private static Answer task(TaskRecord task, RunGraph graph, Colophon colophon) {
    TaskView view = TaskView.of(task, new Elements(graph, colophon), colophon);
    return Answer.of(view::json, view::write);
  }

  /** Tasks of a step that have begun; none of a step that has not. */
  static List<TaskRecord> tasksOf(RunGraph graph, StepId id) {
    List<String> steps =
        graph.steps().stream().map(StepRecord::name).map(Object::toString).toList();
    if (!steps.contains(id.step().text())) {
      throw new NotFound(
          "step %s: no such step; run %s has %s".formatted(id, id.run(), String.join(", ", steps)));
    }
    return graph.tasks().stream().filter(task -> task.id().step().equals(id.step())).toList();
  }

  /**
   * The record of a task.
   *
   * @throws NotFound if it has not begun
   */
  static TaskRecord taskIn(RunGraph graph, TaskId id) {
    List<TaskRecord> tasks = tasksOf(graph, id.stepId());
    return tasks.stream()
        .filter(task -> task.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new NotFound(
                    "task %s: no such task; %d of step %s have begun, \"colophon show %s\" lists them"
                        .formatted(id, tasks.size(), id.step(), id.stepId())));
  }
}
