package dev.colophon.cli;

import dev.colophon.cli.frame.Frame;
import dev.colophon.cli.status.Standings;
import dev.colophon.core.Name;
import dev.colophon.core.error.ColophonException.NotFound;
import dev.colophon.core.model.ModelRecord;
import dev.colophon.embedded.Colophon;
import dev.colophon.embedded.PresentData;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "status",
    header = "Says which models, and which newest runs, are not of the newest code and data.",
    description = {
      "",
      "Compares what was recorded with the files and the sources that there are now. Looked at are the"
          + " newest completed run of each flow, and of each model the newest version and those"
          + " with an alias."
    },
    footer = {"", "Example:", "  colophon status flight-delays"})
final class StatusCommand implements Callable<Integer> {
  private final Frame frame;

  @Parameters(
      arity = "0..1",
      paramLabel = "MODEL|FLOW",
      description = "Only this model and the flow that made it, or only this flow.")
  private Optional<String> subject = Optional.empty();

  StatusCommand(Frame frame) {
    this.frame = frame;
  }

  @Override
  public Integer call() {
    try (Colophon colophon = frame.reading()) {
      return frame.answer(standings(colophon).answer());
    }
  }

  private Standings standings(Colophon colophon) {
    Standings standings =
        new Standings(
            colophon,
            new RunSupervisor(frame).launcher(colophon),
            new PresentData(frame.home(), frame.world().clock()),
            frame.world().workingFolder());
    if (subject.isEmpty()) {
      return standings.addAll();
    }
    String name = subject.get().replaceFirst("@.*", ""); // of a version, its model
    Optional<ModelRecord> model =
        Name.isValid(name) ? colophon.registry().findModel(Name.of(name)) : Optional.empty();
    if (model.isPresent()) {
      return standings.add(model.get());
    }
    if (Name.isValid(name) && standings.add(Name.of(name))) {
      return standings;
    }
    throw new NotFound(
        "\"%s\": no model and no flow of which a run completed has that name%s"
            .formatted(
                subject.get(), new Address(colophon, frame.world().workingFolder()).meant(name)));
  }
}
