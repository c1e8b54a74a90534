package dev.colophon.cli;

import dev.colophon.cli.frame.Frame;
import dev.colophon.core.error.ColophonException;
import dev.colophon.core.json.Json;
import dev.colophon.embedded.Colophon;
import dev.colophon.embedded.FlowLauncher;
import dev.colophon.embedded.FlowTarget;
import dev.colophon.embedded.LoadedFlow;
import dev.colophon.flow.graph.FlowGraph.ParamNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;

/** Adds the parameters of a flow to the help of {@code colophon run FLOW --help}. */
final class RunHelp {
  private RunHelp() {}

  /** Does nothing unless these arguments ask for the help of a flow. */
  static void describe(CommandLine command, Frame frame, List<String> arguments) {
    boolean asked = arguments.contains("--help") || arguments.contains("-h");
    boolean named = arguments.size() > 1 && !arguments.get(1).startsWith("-");
    if (!asked || !named || !(command.getCommand() instanceof RunCommand)) {
      return;
    }
    FlowTarget target =
        frame
            .loaded()
            .<FlowTarget>map(FlowTarget.LoadedClass::new)
            .orElseGet(() -> RunCommand.target(arguments.get(1), classPath(arguments)));
    try (Colophon colophon = frame.ports().open(frame.home())) {
      FlowLauncher launcher = new RunSupervisor(frame).launcher(colophon);
      LoadedFlow flow = launcher.load(target);
      command
          .getCommandSpec()
          .usageMessage()
          .footer(lines(flow, launcher.parameters(flow.program()).defaults()));
    } catch (ColophonException e) {
      frame
          .world()
          .err()
          .println("error: " + e.text()); // the help of the command itself still helps
    }
  }

  /** The help is made before the arguments are parsed. */
  private static String classPath(List<String> arguments) {
    for (int i = 0; i < arguments.size(); i++) {
      String word = arguments.get(i);
      boolean named = word.equals("--class-path") || word.equals("-cp");
      if (named && i + 1 < arguments.size()) {
        return arguments.get(i + 1);
      }
      if (word.startsWith("--class-path=") || word.startsWith("-cp=")) {
        return word.substring(word.indexOf('=') + 1);
      }
    }
    return "";
  }

  private static String[] lines(LoadedFlow flow, Map<String, Json> defaults) {
    List<ParamNode> params = flow.program().graph().params();
    List<String> lines = new ArrayList<>();
    lines.add("");
    String name = flow.program().graph().flow().text();
    lines.add(params.isEmpty() ? name + " has no parameters." : "Parameters of " + name + ":");
    int width = params.stream().mapToInt(param -> usage(param).length()).max().orElse(0);
    for (ParamNode param : params) {
      String initial =
          Optional.ofNullable(defaults.get(param.name()))
              .map(
                  value ->
                      "Default: " + (value instanceof Json.Str(String text) ? text : value.text()))
              .orElse("Required.");
      String help = param.help().isEmpty() ? "" : param.help() + ". ";
      lines.add(escaped(("  %-" + width + "s  %s%s").formatted(usage(param), help, initial)));
    }
    return lines.toArray(String[]::new);
  }

  private static String usage(ParamNode param) {
    return "--" + param.name() + " " + param.type().display();
  }

  /** The help's text is a format. */
  private static String escaped(String text) {
    return text.replace("%", "%%");
  }
}
