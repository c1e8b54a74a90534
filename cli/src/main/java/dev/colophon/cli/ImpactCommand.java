package dev.colophon.cli;

import dev.colophon.cli.frame.Answer;
import dev.colophon.cli.frame.Frame;
import dev.colophon.cli.frame.Screen;
import dev.colophon.cli.frame.Show;
import dev.colophon.core.Subject;
import dev.colophon.core.Subject.Content;
import dev.colophon.core.error.ColophonException.NotFound;
import dev.colophon.core.lineage.Impact;
import dev.colophon.core.lineage.Impact.Reached;
import dev.colophon.core.lineage.Lineage;
import dev.colophon.embedded.Colophon;
import java.io.File;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "impact",
    header = "Tells what was made from something: tasks, runs and model versions.",
    description = {
      "",
      "Of a digest, a file or a dataset: whoever read that content, in any run. Of a run, a step, a"
          + " task or a model version: what came from that very one, not what read equal content"
          + " elsewhere."
    },
    footer = {
      "",
      "Examples:",
      "  colophon impact data/flights.csv.zip",
      "  colophon impact 9f3c1a2b4d5e",
      "  colophon impact FlightDelays/12/fit"
    })
final class ImpactCommand implements Callable<Integer> {
  private final Frame frame;

  @Parameters(paramLabel = "WHAT", description = "The name of a dataset, " + Address.SHAPES)
  private String what = "";

  ImpactCommand(Frame frame) {
    this.frame = frame;
  }

  @Override
  public Integer call() {
    try (Colophon colophon = frame.reading()) {
      Address address = new Address(colophon, frame.world().workingFolder());
      Impact impact = ofDataset(colophon.lineage()).orElseGet(() -> ofSubject(address));
      return frame.answer(Answer.of(impact::toJson, screen -> write(impact, screen)));
    }
  }

  /** By the name in {@code @Input}, however its path was spelt. */
  private Optional<Impact> ofDataset(Lineage lineage) {
    return spellings().stream().flatMap(name -> lineage.impactOfDataset(name).stream()).findFirst();
  }

  private List<String> spellings() {
    try {
      String plain = Path.of(what).normalize().toString().replace(File.separatorChar, '/');
      return List.of(what, plain, "./" + plain, plain + "/");
    } catch (InvalidPathException e) {
      return List.of(what);
    }
  }

  private Impact ofSubject(Address address) {
    Subject subject = address.tryFind(what).orElseThrow(() -> noDataset("", address.meant(what)));
    boolean ofFile = subject instanceof Content && address.file(what).isPresent();
    if (ofFile && address.colophon().runs().findArtifact(((Content) subject).digest()).isEmpty()) {
      throw noDataset(", nor what the file of this name holds now", "");
    }
    return address.colophon().lineage().impact(subject);
  }

  private NotFound noDataset(String nor, String meant) {
    return new NotFound(
        "dataset \"%s\": no run captured one of this name%s%s"
            .formatted(
                what,
                nor,
                meant.isEmpty() ? "; \"colophon show RUN\" lists those of a run" : meant));
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
