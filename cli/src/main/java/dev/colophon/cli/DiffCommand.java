package dev.colophon.cli;

import dev.colophon.cli.compare.Comparison;
import dev.colophon.cli.compare.Comparison.Compared;
import dev.colophon.cli.frame.Frame;
import dev.colophon.core.Subject.AliasId;
import dev.colophon.core.Subject.Content;
import dev.colophon.core.Subject.InRun;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.Subject.VersionId;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.model.VersionRecord;
import dev.colophon.embedded.Colophon;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "diff",
    header = "Says what differs between two runs, or two versions of models.",
    description = {
      "",
      "Of versions the runs that made them are compared, and what is recorded of the versions"
          + " themselves. What is equal is counted."
    },
    footer = {
      "",
      "Examples:",
      "  colophon diff FlightDelays/11 FlightDelays/12",
      "  colophon diff flight-delays@3 flight-delays@champion"
    })
final class DiffCommand implements Callable<Integer> {
  private final Frame frame;

  @Parameters(index = "0", paramLabel = "A", description = "RUN, MODEL@VERSION or MODEL@ALIAS.")
  private String first = "";

  @Parameters(index = "1", paramLabel = "B", description = "Another, to compare it with.")
  private String second = "";

  DiffCommand(Frame frame) {
    this.frame = frame;
  }

  @Override
  public Integer call() {
    try (Colophon colophon = frame.reading()) {
      Address address = new Address(colophon, frame.world().workingFolder());
      Comparison comparison =
          Comparison.of(compared(first, address), compared(second, address), colophon);
      return frame.answer(comparison.answer());
    }
  }

  private static Compared compared(String text, Address address) {
    return switch (address.find(text)) {
      case VersionId id -> compared(id, address.colophon());
      case AliasId alias ->
          compared(address.colophon().lineage().versionOf(alias), address.colophon());
      case RunId run -> new Compared(run.toString(), run, Optional.empty());
      case InRun part ->
          throw new Invalid(
              "\"%s\": runs are compared as a whole; name run %s".formatted(text, part.run()));
      case Content content ->
          throw new Invalid(
              "\"%s\" is content; name a run or a model version; \"colophon trace %s\" says which it came from"
                  .formatted(text, text));
    };
  }

  private static Compared compared(VersionId id, Colophon colophon) {
    VersionRecord version = colophon.registry().getVersion(id);
    return new Compared(id.toString(), version.madeBy().run(), Optional.of(version));
  }
}
