package dev.colophon.cli;

import dev.colophon.cli.frame.Frame;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;

@Command(
    name = "model",
    header = "Shows one model; moves its aliases.",
    footer = {"", "Example:", "  colophon model show flight-delays"})
final class ModelCommand {
  /** The commands below this one, by name. */
  static Map<String, Object> parts(Frame frame) {
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("show", new ModelShowCommand(frame));
    parts.put("alias", new ModelAliasCommand(frame));
    parts.put("history", new ModelHistoryCommand(frame));
    return parts;
  }
}
