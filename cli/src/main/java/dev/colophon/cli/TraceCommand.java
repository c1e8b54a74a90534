package dev.colophon.cli;

import dev.colophon.cli.frame.Answer;
import dev.colophon.cli.frame.Frame;
import dev.colophon.core.lineage.Lineage;
import dev.colophon.core.lineage.Trace;
import dev.colophon.embedded.Colophon;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "trace",
    header = "Tells where something came from: back to code, data and parameters.",
    footer = {
      "",
      "Examples:",
      "  colophon trace flight-delays@champion",
      "  colophon trace FlightDelays/12/fit/3",
      "  colophon trace 9f3c1a2b4d5e"
    })
final class TraceCommand implements Callable<Integer> {
  private final Frame frame;

  @Parameters(paramLabel = "WHAT", description = Address.SHAPES)
  private String what = "";

  TraceCommand(Frame frame) {
    this.frame = frame;
  }

  @Override
  public Integer call() {
    try (Colophon colophon = frame.reading()) {
      Lineage lineage = colophon.lineage();
      Trace trace = lineage.trace(new Address(colophon, frame.world().workingFolder()).find(what));
      return frame.answer(Answer.of(trace::toJson, screen -> new TraceText(screen).write(trace)));
    }
  }
}
