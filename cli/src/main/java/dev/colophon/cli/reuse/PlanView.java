package dev.colophon.cli.reuse;

import dev.colophon.cli.frame.Screen;
import dev.colophon.cli.frame.Show;
import dev.colophon.core.Name;
import dev.colophon.core.json.Json;
import dev.colophon.embedded.FlowPreview.Preview;
import dev.colophon.flow.run.StepForecast;
import dev.colophon.flow.run.StepForecast.Verdict;
import java.util.ArrayList;
import java.util.List;

/** What a run would do, for a person and for a program. */
public record PlanView(Preview preview) {
  private static final int MOST_NAME = 24;

  /** As docs/formats/cli.md says, "plan". */
  public Json json() {
    return Json.object()
        .put("flow", preview.flow().text())
        .put("steps", Json.of(preview.steps().stream().map(StepForecast::toJson).toList()))
        .build();
  }

  /** Writes the text: a line for each step, below it why it runs. */
  public void write(Screen screen) {
    screen.cut(screen.bold(preview.flow().text()) + "   " + summary());
    int width =
        Math.min(
            MOST_NAME,
            preview.steps().stream().mapToInt(s -> s.step().text().length()).max().orElse(1));
    for (StepForecast step : preview.steps()) {
      screen.cut("  " + Show.pad(step.step().text(), width) + "   " + told(step));
      CauseTable.write("      ", step.causes(), step.toRun() == 1, screen);
    }
  }

  private String summary() {
    List<String> parts = new ArrayList<>();
    add(parts, count(Verdict.REUSE), "reused");
    add(parts, count(Verdict.RUN), "to run");
    add(parts, count(Verdict.DEPENDS), "to be seen");
    return Show.count(preview.steps().size(), "step") + ": " + String.join(", ", parts);
  }

  private long count(Verdict verdict) {
    return preview.steps().stream().filter(step -> step.verdict() == verdict).count();
  }

  private static void add(List<String> parts, long number, String what) {
    if (number > 0) {
      parts.add(Show.count(number) + " " + what);
    }
  }

  private static String told(StepForecast step) {
    return switch (step.verdict()) {
      case REUSE -> "reuse" + tasks(step, step.reused());
      case RUN -> "run" + tasks(step, step.toRun());
      case DEPENDS ->
          "depends on %s's output".formatted(step.dependsOn().map(Name::text).orElse(""));
    };
  }

  private static String tasks(StepForecast step, int some) {
    int all = step.tasks().orElse(1);
    return all == 1 ? "" : "   %s/%s".formatted(Show.count(some), Show.count(all));
  }
}
