package dev.colophon.cli.complete;

import dev.colophon.cli.frame.Answer;
import dev.colophon.cli.frame.Frame;
import dev.colophon.core.error.ColophonException;
import dev.colophon.core.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** What the shell asks while a person types; never fails, since nobody would see why. */
@Command(
    name = "complete",
    hidden = true,
    header = "Lists what may follow on a command line; for the scripts of \"completion\".",
    footer = {"", "Example:", "  colophon complete -- 'colophon model sh'"})
public final class CompleteCommand implements Callable<Integer> {
  private final Frame frame;
  private final Function<List<String>, CommandLine> commands;
  private final Function<String, List<String>> parameters;

  @Parameters(paramLabel = "LINE", description = "What has been typed so far.")
  private String line = "";

  /**
   * @param commands the parser for some arguments
   * @param parameters names of the parameters of a flow, as it is named on the command line
   */
  public CompleteCommand(
      Frame frame,
      Function<List<String>, CommandLine> commands,
      Function<String, List<String>> parameters) {
    this.frame = frame;
    this.commands = commands;
    this.parameters = parameters;
  }

  @Override
  public Integer call() {
    List<String> candidates = candidates();
    return frame.answer(
        Answer.of(
            () -> Json.object().put("candidates", Json.ofStrings(candidates)).build(),
            screen -> candidates.forEach(screen::line)));
  }

  private List<String> candidates() {
    List<String> words = new ArrayList<>(List.of(line.split(" +", -1)));
    words.removeFirst(); // the program
    if (words.isEmpty()) {
      return List.of();
    }
    String last = words.removeLast();
    try {
      return new Candidates(frame, commands.apply(words), parameters).after(words, last);
    } catch (ColophonException e) {
      return List.of();
    }
  }
}
