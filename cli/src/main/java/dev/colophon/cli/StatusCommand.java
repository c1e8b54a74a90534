package dev.colophon.cli;

import dev.colophon.cli.frame.Frame;
import dev.colophon.cli.status.Standings;
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
      paramLabel = "MODEL",
      description = "Only this model, and the flow that made it.")
  private Optional<String> model = Optional.empty();

  StatusCommand(Frame frame) {
    this.frame = frame;
  }

  @Override
  public Integer call() {
    try (Colophon colophon = frame.reading()) {
      return frame.answer(
          Standings.of(
                  model.map(name -> record(name, colophon)),
                  colophon,
                  new RunSupervisor(frame).launcher(colophon),
                  new PresentData(frame.home(), frame.world().clock()),
                  frame.world().workingFolder())
              .answer());
    }
  }

  private ModelRecord record(String name, Colophon colophon) {
    return colophon
        .registry()
        .findModel(Address.modelName(name, "status"))
        .orElseThrow(
            () ->
                new NotFound(
                    "model \"%s\": no such model%s"
                        .formatted(
                            name,
                            new Address(colophon, frame.world().workingFolder()).meant(name))));
  }
}
