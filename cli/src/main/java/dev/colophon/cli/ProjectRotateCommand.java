package dev.colophon.cli;

import dev.colophon.cli.frame.Answer;
import dev.colophon.cli.frame.Frame;
import dev.colophon.core.Name;
import dev.colophon.core.json.Json;
import dev.colophon.core.run.RunLog.ProductionToken;
import dev.colophon.embedded.Colophon;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "rotate",
    header = "Makes another token for the production branch; the one before counts no more.",
    description = {"", "The new token is shown once, on standard error."},
    footer = {"", "Example:", "  colophon project rotate flights"})
final class ProjectRotateCommand implements Callable<Integer> {
  private final Frame frame;

  @Parameters(paramLabel = "NAME", description = "The project.")
  private String name = "";

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description = "The token that counts now. Default: the one that this account showed last.")
  private Optional<String> token = Optional.empty();

  ProjectRotateCommand(Frame frame) {
    this.frame = frame;
  }

  @Override
  public Integer call() {
    Name project = Name.of(name);
    try (Colophon colophon = frame.reading()) {
      ProductionToken before = ProjectShowCommand.token(project, colophon);
      BranchChoice.gate(frame, colophon.runs(), project)
          .rotate(project, token, frame.world().person());
      return frame.answer(
          Answer.of(
              () ->
                  Json.object()
                      .put("project", name)
                      .put("replaced", before.at().toString())
                      .build(),
              screen ->
                  screen.line(
                      "the token of %s, by %s, counts no more"
                          .formatted(screen.time(before.at()), before.by()))));
    }
  }
}
