package dev.colophon.cli;

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

/** A step of one run with its tasks, for a person and for a program. */
record StepView(StepId id, List<TaskRecord> tasks) {
  Json json() {
    return Json.object()
        .put("kind", "step")
        .put("run", id.run().toString())
        .put("step", id.step().text())
        .put("tasks", Json.of(tasks.stream().map(RunJson::toJson).toList()))
        .build();
  }

  void write(Screen screen) {
    screen.line(screen.bold(id.toString()) + "   " + Show.count(tasks.size(), "task"));
    if (tasks.isEmpty()) {
      screen.line("No task of it has begun.");
      return;
    }
    Table table = new Table("  ", "TASK", "STATE", ">TRY", ">TOOK", ">SIZE", "DIGEST");
    for (TaskRecord task : tasks) {
      table.add(
          task.state(),
          task.id().index().toString(),
          task.state().text(),
          Integer.toString(task.attempt()),
          task.took().map(Show::took).orElse(""),
          task.output().map(output -> Show.bytes(output.artifact().sizeBytes())).orElse(""),
          task.output()
              .map(StepView::content)
              .or(() -> task.failure().map(Failure::headline))
              .orElse(""));
    }
    table.write(screen);
  }

  private static String content(Output output) {
    return Show.digest(output.artifact().digest());
  }
}
