package dev.colophon.cli;

import dev.colophon.cli.frame.Answer;
import dev.colophon.cli.frame.Frame;
import dev.colophon.cli.frame.Screen;
import dev.colophon.cli.frame.Show;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.error.ColophonException.NotFound;
import dev.colophon.core.lineage.Impact;
import dev.colophon.core.lineage.Impact.Reached;
import dev.colophon.core.lineage.Lineage;
import dev.colophon.embedded.Colophon;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "impact",
    header = "Tells what was made from something: tasks, runs and model versions.",
    footer = {
      "",
      "Examples:",
      "  colophon impact data/flights.csv.zip",
      "  colophon impact 9f3c1a2b4d5e",
      "  colophon impact FlightDelays/12/fit"
    })
final class ImpactCommand implements Callable<Integer> {
  private final Frame frame;

  @Parameters(
      paramLabel = "WHAT",
      description =
          "The name of a dataset, a digest or its first 8 digits, RUN, RUN/STEP, RUN/STEP/TASK,"
              + " MODEL@VERSION or MODEL@ALIAS.")
  private String what = "";

  ImpactCommand(Frame frame) {
    this.frame = frame;
  }

  @Override
  public Integer call() {
    try (Colophon colophon = frame.reading()) {
      Lineage lineage = colophon.lineage();
      Impact impact = lineage.impactOfDataset(what).orElseGet(() -> ofSubject(lineage));
      return frame.answer(Answer.of(impact::toJson, screen -> write(impact, screen)));
    }
  }

  private Impact ofSubject(Lineage lineage) {
    try {
      return lineage.impact(lineage.find(what));
    } catch (Invalid e) {
      if (isDigits(what)) {
        throw e;
      }
      throw new NotFound(
          "dataset \"%s\": no run captured one of this name; \"colophon show RUN\" lists those of a run"
              .formatted(what));
    }
  }

  private static boolean isDigits(String text) {
    return text.startsWith("sha256:") || text.chars().allMatch(c -> Character.digit(c, 16) >= 0);
  }

  private static void write(Impact impact, Screen screen) {
    screen.cut(
        screen.bold(impact.of())
            + (impact.digests().size() == 1 && !impact.of().startsWith("sha256:")
                ? "   " + Show.digest(impact.digests().getFirst())
                : ""));
    if (impact.tasks() == 0 && impact.versions().isEmpty()) {
      screen.line("Nothing was made from it.");
      return;
    }
    int distance = 1;
    for (List<Reached> level : impact.levels()) {
      screen.cut("%3d  %s".formatted(distance++, steps(level)));
    }
    screen.line(
        "%s in %s, %s"
            .formatted(
                Show.count(impact.tasks(), "task"),
                Show.count(impact.runs().size(), "run"),
                Show.count(impact.versions().size(), "model version")));
    if (!impact.runs().isEmpty()) {
      screen.cut(
          "     " + impact.runs().stream().map(Object::toString).collect(Collectors.joining(", ")));
    }
    for (Impact.Version version : impact.versions()) {
      screen.line(
          "     "
              + version.id()
              + version.aliases().stream()
                  .map(alias -> "   " + alias)
                  .collect(Collectors.joining()));
    }
  }

  private static String steps(List<Reached> level) {
    Map<String, Long> tasks =
        level.stream()
            .map(Reached::task)
            .collect(
                Collectors.groupingBy(
                    task -> task.run().flow() + " " + task.step(),
                    LinkedHashMap::new,
                    Collectors.counting()));
    return tasks.entrySet().stream()
        .map(
            step ->
                step.getKey() + (step.getValue() == 1 ? "" : " ×" + Show.count(step.getValue())))
        .collect(Collectors.joining("   "));
  }
}
