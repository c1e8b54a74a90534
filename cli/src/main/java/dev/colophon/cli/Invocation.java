package dev.colophon.cli;

import dev.colophon.cli.frame.Frame;
import dev.colophon.core.error.ColophonException;
import dev.colophon.core.error.ErrorCode;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** One invocation of the command: parses, executes, and turns what goes wrong into a status. */
final class Invocation {
  /** A defect of Colophon itself, as sysexits.h numbers it. */
  static final int BUG = 70;

  /** Variable that makes a bug report show its whole stack trace. */
  private static final String DEBUG = "COLOPHON_DEBUG";

  private final Frame frame;
  private final List<String> arguments;

  Invocation(Frame frame, List<String> arguments) {
    this.frame = frame;
    this.arguments = arguments;
  }

  int execute() {
    return frame.said(parseAndExecute());
  }

  private int parseAndExecute() {
    try {
      CommandLine line = Commands.line(frame, arguments);
      line.setOut(writer(frame.world().out()));
      line.setErr(writer(frame.world().err()));
      line.setColorScheme(CommandLine.Help.defaultColorScheme(frame.colour() ? Ansi.ON : Ansi.OFF));
      line.setParameterExceptionHandler((e, given) -> misuse(e));
      line.setExecutionExceptionHandler((e, failed, parsed) -> failure(e));
      line.setExecutionStrategy(this::run);
      line.setExpandAtFiles(false);
      line.setDefaultValueProvider(new ConfiguredDefaults(frame.configuration()));
      return line.execute(arguments.toArray(String[]::new));
    } catch (Error e) {
      return failure(e);
    }
  }

  private int run(ParseResult parsed) {
    try {
      return helpOrRun(parsed);
    } catch (ColophonException e) {
      return failure(e);
    }
  }

  private int helpOrRun(ParseResult parsed) {
    for (CommandLine command : parsed.asCommandLineList()) {
      ParseResult own = command.getParseResult();
      boolean flow = command.getCommand() instanceof RunCommand;
      if (!flow && !own.unmatched().isEmpty()) {
        throw new UnmatchedArgumentException(command, own.unmatched()); // even beside --help
      }
      if (own.isUsageHelpRequested()) {
        help(command);
        return 0;
      }
    }
    frame.configuration().check();
    return new CommandLine.RunLast().execute(parsed);
  }

  private void help(CommandLine command) {
    if (command.getCommand() instanceof RunCommand run && run.isFlowNamed()) {
      RunHelp.print(command, frame, run.target(), run.flow());
    } else {
      Help.print(command, frame);
    }
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, stream.charset()), true);
  }

  private int misuse(ParameterException e) {
    CommandLine command = e.getCommandLine();
    frame.tellError(ErrorCode.INVALID.code(), new Misuse(command, arguments).message(e));
    String name = command.getCommandSpec().qualifiedName();
    frame.world().err().println("\"" + name + " --help\" says how it is used");
    return ErrorCode.INVALID.exitStatus();
  }

  private int failure(Throwable thrown) {
    if (thrown instanceof ColophonException expected) {
      frame.tellError(expected.code().code(), expected.text());
      return expected.code().exitStatus();
    }
    String where =
        Arrays.stream(thrown.getStackTrace())
            .filter(element -> element.getClassName().startsWith("dev.colophon."))
            .findFirst()
            .map(element -> " at " + element)
            .orElse("");
    frame.tellError("bug", "this is a bug in Colophon: " + thrown + where);
    if (frame.world().environment().containsKey(DEBUG)) {
      thrown.printStackTrace(frame.world().err());
    } else {
      frame.world().err().println("please report it, with what " + DEBUG + "=1 adds to this");
    }
    return BUG;
  }
}
