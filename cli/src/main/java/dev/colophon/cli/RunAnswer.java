package dev.colophon.cli;

import dev.colophon.cli.frame.Answer;
import dev.colophon.cli.frame.Screen;
import dev.colophon.core.json.Json;
import dev.colophon.core.run.RunJson;
import dev.colophon.core.run.RunRecord;
import dev.colophon.flow.run.RunOutcome;
import dev.colophon.flow.run.RunOutcome.ModelOutcome;
import dev.colophon.flow.run.RunOutcome.TaskOutcome;
import java.time.Duration;

/** What {@code colophon run} has to say at the end (docs/formats/cli.md, "run"). */
final class RunAnswer {
  private RunAnswer() {}

  static Answer of(RunOutcome outcome, int status) {
    return new Answer(() -> json(outcome), screen -> next(outcome, screen), status);
  }

  private static Json json(RunOutcome outcome) {
    RunRecord run = outcome.run();
    Json.Builder json =
        Json.object()
            .put("run", run.id().toString())
            .put("flow", run.id().flow().text())
            .put("number", run.id().number())
            .put("state", run.state().text())
            .put("startedAt", run.startedAt().toString())
            .put("seconds", took(run))
            .put("parameters", RunJson.parameters(run.parameters()))
            .put("codeDigest", run.code().hex())
            .put("tasks", Json.of(outcome.tasks().stream().map(RunAnswer::task).toList()))
            .put("models", Json.of(outcome.models().stream().map(RunAnswer::model).toList()));
    run.failure().ifPresent(failure -> json.put("failure", RunJson.toJson(failure)));
    return json.build();
  }

  private static Json model(ModelOutcome model) {
    return Json.object()
        .put("name", model.version().model().text())
        .put("version", model.version().number())
        .put("reused", model.origin().isPresent())
        .build();
  }

  private static Json task(TaskOutcome task) {
    Json.Builder json =
        Json.object()
            .put("step", task.task().step().text())
            .put(
                "index",
                Json.of(
                    task.task().index().indexes().stream().map(index -> Json.of(index)).toList()))
            .put("state", task.state().text())
            .put("reused", task.origin().isPresent())
            .put(
                "origin",
                task.origin()
                    .<Json>map(origin -> Json.of(origin.toString()))
                    .orElse(new Json.Null()))
            .put("seconds", RunJson.seconds(task.took()));
    task.failure().ifPresent(failure -> json.put("failure", failure.headline()));
    return json.build();
  }

  private static double took(RunRecord run) {
    return RunJson.seconds(
        Duration.between(run.startedAt(), run.endedAt().orElse(run.startedAt())));
  }

  /** The next command to type. */
  private static void next(RunOutcome outcome, Screen screen) {
    outcome
        .models()
        .forEach(
            model ->
                screen.line(
                    screen.dim("how it was made:  ") + "colophon trace " + model.version()));
    if (outcome.models().isEmpty()) {
      screen.line(screen.dim("more:  ") + "colophon show " + outcome.run().id());
    }
  }
}
