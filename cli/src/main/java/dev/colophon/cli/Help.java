package dev.colophon.cli;

import dev.colophon.cli.frame.Frame;
import dev.colophon.cli.run.TerminalSize;
import dev.colophon.core.json.Json;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The help of a command, as text or as a document (docs/formats/cli.md, "help"). */
final class Help {
  /** Columns of a help that goes elsewhere than to a terminal, and most of one that does. */
  static final int WIDTH = 100;

  /** The least that the text is set in. */
  private static final int LEAST_WIDTH = 55;

  private Help() {}

  /** Columns to set a help in. */
  static int width(Frame frame) {
    if (!frame.world().terminal().getAsBoolean()) {
      return WIDTH;
    }
    int columns = TerminalSize.of(frame.world(), true).columns();
    return Math.max(LEAST_WIDTH, Math.min(WIDTH, columns));
  }

  /** Prints the help of a command. */
  static void print(CommandLine command, Frame frame) {
    if (frame.json()) {
      frame.world().out().println(document(command).build().text());
    } else {
      command.setUsageHelpWidth(width(frame));
      Manual.complete(command.getCommandSpec());
      command.usage(command.getOut());
    }
  }

  /** What any command has to say of itself. */
  static Json.Builder document(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    return Json.object()
        .put("command", spec.qualifiedName())
        .put("about", joined(spec.usageMessage().header()))
        .put(
            "arguments",
            Json.of(
                spec.positionalParameters().stream()
                    .map(
                        argument ->
                            Json.object()
                                .put("name", argument.paramLabel())
                                .put("about", joined(argument.description()))
                                .build())
                    .toList()))
        .put("options", Json.of(spec.options().stream().map(Help::option).toList()))
        .put(
            "commands",
            Json.of(
                command.getSubcommands().entrySet().stream()
                    .filter(part -> !part.getValue().getCommandSpec().usageMessage().hidden())
                    .map(
                        part ->
                            Json.object()
                                .put("name", part.getKey())
                                .put(
                                    "about",
                                    joined(
                                        part.getValue().getCommandSpec().usageMessage().header()))
                                .build())
                    .toList()));
  }

  private static Json option(CommandLine.Model.OptionSpec option) {
    Json.Builder json = Json.object().put("names", Json.ofStrings(List.of(option.names())));
    if (option.arity().max() > 0) {
      json.put("value", option.paramLabel());
    }
    return json.put("about", joined(option.description())).build();
  }

  private static String joined(String[] lines) {
    return Arrays.stream(lines).collect(Collectors.joining(" "));
  }
}
