package dev.colophon.cli;

import dev.colophon.cli.Elements.Element;
import dev.colophon.cli.frame.Screen;
import dev.colophon.cli.frame.Show;
import dev.colophon.cli.frame.Table;
import dev.colophon.core.Subject.StepId;
import dev.colophon.core.json.Json;
import dev.colophon.core.run.Failure;
import dev.colophon.core.run.Output;
import dev.colophon.core.run.RunJson;
import dev.colophon.core.run.TaskRecord;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * A step of one run with its tasks, for a person and for a program.
 *
 * @param elements which elements each task had
 */
record StepView(StepId id, List<TaskRecord> tasks, Elements elements) {
  /** Columns of a terminal that the elements of a task may fill. */
  private static final int ELEMENT_WIDTH = 40;

  Json json() {
    return Json.object()
        .put("kind", "step")
        .put("run", id.run().toString())
        .put("step", id.step().text())
        .put("parameters", RunJson.parameters(elements.parameters(id.step())))
        .put("tasks", Json.of(tasks.stream().map(this::json).toList()))
        .build();
  }

  private Json json(TaskRecord task) {
    return RunJson.members(task)
        .put("elements", Json.of(elements.of(task.id()).stream().map(Element::json).toList()))
        .build();
  }

  void write(Screen screen) {
    screen.line(screen.bold(id.toString()) + "   " + Show.count(tasks.size(), "task"));
    if (tasks.isEmpty()) {
      screen.line("No task of it has begun.");
      return;
    }
    SortedMap<String, Json> parameters = elements.parameters(id.step());
    if (!parameters.isEmpty()) {
      screen.cut("  params   " + Show.parameters(parameters));
    }
    Table table = new Table("  ", "TASK", "STATE", ">TRY", ">TOOK", ">SIZE", "ELEMENT", "DIGEST");
    for (TaskRecord task : tasks) {
      table.add(
          task.state(),
          task.id().index().toString(),
          task.state().text(),
          Integer.toString(task.attempt()),
          task.took().map(Show::took).orElse(""),
          task.output().map(output -> Show.bytes(output.artifact().sizeBytes())).orElse(""),
          screen.part(element(task), ELEMENT_WIDTH),
          task.output()
              .map(StepView::content)
              .or(() -> task.failure().map(Failure::headline))
              .orElse(""));
    }
    table.write(screen);
  }

  /** {@code months=2013-04, setting={"ridge":0.1}}. */
  private String element(TaskRecord task) {
    return elements.of(task.id()).stream()
        .filter(element -> !element.text().isEmpty())
        .map(element -> element.list() + "=" + element.text())
        .collect(Collectors.joining(", "));
  }

  private static String content(Output output) {
    return Show.digest(output.artifact().digest());
  }
}
