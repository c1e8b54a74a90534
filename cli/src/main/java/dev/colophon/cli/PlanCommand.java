package dev.colophon.cli;

import dev.colophon.cli.frame.Answer;
import dev.colophon.cli.frame.Frame;
import dev.colophon.cli.reuse.PlanView;
import dev.colophon.embedded.Colophon;
import picocli.CommandLine.Command;

@Command(
    name = "plan",
    header = "Says what a run would reuse and what it would compute, and why.",
    description = {
      "Takes what run takes. Nothing is executed and nothing is recorded.",
    },
    footer = {"", "Example:", "  colophon plan examples/flights/FlightDelays.java --months 3"})
final class PlanCommand extends RunCommand {
  PlanCommand(Frame frame) {
    super(frame);
  }

  @Override
  public Integer call() {
    try (Colophon colophon = frame.reading()) {
      PlanView view =
          new PlanView(
              new RunSupervisor(frame).preview(colophon).of(target(), options(branch.foreseen())));
      return frame.answer(Answer.of(view::json, view::write));
    }
  }
}
