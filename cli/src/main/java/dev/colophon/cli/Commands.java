package dev.colophon.cli;

import dev.colophon.cli.complete.CompleteCommand;
import dev.colophon.cli.complete.CompletionCommand;
import dev.colophon.cli.frame.Frame;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;

/**
 * All commands by name, in the order of the help. Only the one that was named is built, since
 * reading the annotations of all costs each start more than the command itself.
 */
final class Commands {
  private static final Map<String, Function<Frame, Object>> ALL = all();

  private Commands() {}

  private static Map<String, Function<Frame, Object>> all() {
    Map<String, Function<Frame, Object>> commands = new LinkedHashMap<>();
    commands.put("init", InitCommand::new);
    commands.put("demo", DemoCommand::new);
    commands.put("run", RunCommand::new);
    commands.put("plan", PlanCommand::new);
    commands.put("resume", ResumeCommand::new);
    commands.put("runs", RunsCommand::new);
    commands.put("tag", TagCommand::new);
    commands.put("flows", FlowsCommand::new);
    commands.put("show", ShowCommand::new);
    commands.put("logs", LogsCommand::new);
    commands.put("why", WhyCommand::new);
    commands.put("diff", DiffCommand::new);
    commands.put("get", GetCommand::new);
    commands.put("status", StatusCommand::new);
    commands.put("trace", TraceCommand::new);
    commands.put("impact", ImpactCommand::new);
    commands.put("code", frame -> new CodeCommand());
    commands.put("models", ModelsCommand::new);
    commands.put("config", ConfigCommand::new);
    commands.put("completion", CompletionCommand::new);
    commands.put("complete", Commands::complete);
    commands.put("model", frame -> new ModelCommand());
    commands.put("class-path", ClassPathCommand::new);
    commands.put("project", frame -> new ProjectCommand());
    return commands;
  }

  private static CompleteCommand complete(Frame frame) {
    return new CompleteCommand(
        frame, words -> line(frame, words), flow -> new RunSupervisor(frame).parameters(flow));
  }

  /** The parser for these arguments. */
  static CommandLine line(Frame frame, List<String> arguments) {
    CommandLine line = new CommandLine(frame);
    Function<Frame, Object> named = arguments.isEmpty() ? null : ALL.get(arguments.getFirst());
    if (named == null) {
      ALL.forEach((name, command) -> line.addSubcommand(name, command(command, frame)));
    } else {
      line.addSubcommand(arguments.getFirst(), command(named, frame));
    }
    return line;
  }

  private static CommandLine command(Function<Frame, Object> maker, Frame frame) {
    Object command = maker.apply(frame);
    CommandLine line = new CommandLine(command);
    if (command instanceof ModelCommand) {
      ModelCommand.parts(frame).forEach(line::addSubcommand);
    }
    if (command instanceof ProjectCommand) {
      ProjectCommand.parts(frame).forEach(line::addSubcommand);
    }
    if (command instanceof CodeCommand) {
      CodeCommand.parts(frame).forEach(line::addSubcommand);
    }
    return line;
  }
}
