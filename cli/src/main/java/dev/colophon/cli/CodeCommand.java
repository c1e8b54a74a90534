package dev.colophon.cli;

import dev.colophon.cli.code.CodeCheckoutCommand;
import dev.colophon.cli.code.CodeDiffCommand;
import dev.colophon.cli.code.CodeShowCommand;
import dev.colophon.cli.code.RunNames;
import dev.colophon.cli.frame.Frame;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;

@Command(
    name = "code",
    header = "Shows, compares and brings back the code of a run.",
    footer = {"", "Example:", "  colophon code diff FlightDelays/11 FlightDelays/12"})
final class CodeCommand {
  /** The commands below this one, by name. */
  static Map<String, Object> parts(Frame frame) {
    RunNames names =
        (text, colophon) -> new Address(colophon, frame.world().workingFolder()).run(text);
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("show", new CodeShowCommand(frame, names));
    parts.put("diff", new CodeDiffCommand(frame, names));
    parts.put("checkout", new CodeCheckoutCommand(frame, names));
    return parts;
  }
}
