package dev.colophon.cli;

import dev.colophon.cli.frame.Answer;
import dev.colophon.cli.frame.Frame;
import dev.colophon.cli.reuse.WhyView;
import dev.colophon.core.Subject.InRun;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.Subject.StepId;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.error.ColophonException.Conflict;
import dev.colophon.core.json.Json;
import dev.colophon.core.run.RunGraph;
import dev.colophon.core.run.TaskRecord;
import dev.colophon.embedded.Colophon;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "why",
    header = "Says why a task ran, or whose outcome it took.",
    description = {
      "A task that ran is compared with the one at its place in the newest earlier run of the flow that"
          + " completed it: code, libraries, inputs, parameters, elements, Java."
    },
    footer = {
      "",
      "Examples:",
      "  colophon why FlightDelays/12/fit",
      "  colophon why FlightDelays/12/fit/3"
    })
final class WhyCommand implements Callable<Integer> {
  private final Frame frame;

  @Parameters(paramLabel = "RUN[/STEP[/TASK]]", description = "Such as FlightDelays/12/fit/3.")
  private String what = "";

  WhyCommand(Frame frame) {
    this.frame = frame;
  }

  @Override
  public Integer call() {
    try (Colophon colophon = frame.reading()) {
      InRun subject = new Address(colophon, frame.world().workingFolder()).inRun(what);
      RunGraph graph = colophon.runs().getGraph(subject.run());
      List<TaskRecord> tasks =
          switch (subject) {
            case RunId run -> graph.tasks();
            case StepId step -> ShowCommand.tasksOf(graph, step);
            case TaskId task -> List.of(ShowCommand.taskIn(graph, task));
          };
      WhyView view = new WhyView(colophon.why().explain(graph, tasks), tasks.size());
      boolean one = tasks.size() == 1 && isOne(subject, tasks.getFirst());
      if (one && view.explained().isEmpty()) {
        throw unknown(tasks.getFirst());
      }
      return frame.answer(
          Answer.of(
              () -> one ? view.explained().getFirst().toJson() : document(subject, view),
              view::write));
    }
  }

  /** Whether the person means this task, or a step that has no other. */
  private static boolean isOne(InRun subject, TaskRecord task) {
    return switch (subject) {
      case RunId run -> false;
      case StepId step -> task.id().index().isEmpty();
      case TaskId id -> true;
    };
  }

  private static Json document(InRun subject, WhyView view) {
    String name = subject instanceof RunId ? "run" : "step";
    return Json.object().put(name, subject.toString()).put("tasks", view.json()).build();
  }

  private static Conflict unknown(TaskRecord task) {
    return new Conflict(
        task.state().isFinal()
            ? "task %s: it is %s, and what it depended on was not recorded; run the flow again"
                .formatted(task.id(), task.state().text())
            : "task %s: it is running, and what it depends on is recorded when it ends; ask again then"
                .formatted(task.id()));
  }
}
