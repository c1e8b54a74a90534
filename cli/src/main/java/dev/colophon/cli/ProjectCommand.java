package dev.colophon.cli;

import dev.colophon.cli.frame.Frame;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;

@Command(
    name = "project",
    header = "Shows one project; changes the token of its production branch.",
    footer = {"", "Example:", "  colophon project show flights"})
final class ProjectCommand {
  /** The commands below this one, by name. */
  static Map<String, Object> parts(Frame frame) {
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("show", new ProjectShowCommand(frame));
    parts.put("rotate", new ProjectRotateCommand(frame));
    return parts;
  }
}
