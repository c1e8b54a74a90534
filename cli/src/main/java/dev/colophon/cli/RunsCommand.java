package dev.colophon.cli;

import dev.colophon.cli.frame.Answer;
import dev.colophon.cli.frame.Frame;
import dev.colophon.cli.frame.Screen;
import dev.colophon.cli.frame.Show;
import dev.colophon.cli.frame.Table;
import dev.colophon.core.Name;
import dev.colophon.core.Page;
import dev.colophon.core.run.RunFilter;
import dev.colophon.core.run.RunJson;
import dev.colophon.core.run.RunRecord;
import dev.colophon.core.run.RunState;
import dev.colophon.embedded.Colophon;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "runs",
    header = "Lists runs, newest first.",
    footer = {"", "Example:", "  colophon runs --flow FlightDelays --state failed"})
final class RunsCommand implements Callable<Integer> {
  private final Frame frame;

  @Option(names = "--flow", paramLabel = "FLOW", description = "Only runs of this flow.")
  private Optional<String> flow = Optional.empty();

  @Option(
      names = "--state",
      paramLabel = "STATE",
      description = "Only runs in this state: running, completed, failed, cancelled or lost.")
  private Optional<String> state = Optional.empty();

  @Option(names = "--tag", paramLabel = "TAG", description = "Only runs with this tag.")
  private Optional<String> tag = Optional.empty();

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "At most this many runs, 1 to 1000. Default: ${DEFAULT-VALUE}.")
  private int limit;

  @Option(
      names = "--after",
      paramLabel = "CURSOR",
      description = "Go on after a page; the page before says how.")
  private Optional<String> after = Optional.empty();

  RunsCommand(Frame frame) {
    this.frame = frame;
  }

  @Override
  public Integer call() {
    RunFilter filter =
        new RunFilter(
            flow.map(Name::of), state.map(RunState::parse), tag.map(Name::of), limit, after);
    try (Colophon colophon = frame.reading()) {
      Page<RunRecord> page = colophon.runs().listRuns(filter);
      return frame.answer(
          Answer.of(() -> RunJson.page(page.items(), page.next()), screen -> write(page, screen)));
    }
  }

  private void write(Page<RunRecord> page, Screen screen) {
    if (page.items().isEmpty()) {
      screen.line(
          flow.isPresent() || state.isPresent() || tag.isPresent() || after.isPresent()
              ? "No such runs. Without options, \"colophon runs\" lists all."
              : "No runs yet in %s. Start one: colophon run FLOW.java".formatted(frame.home()));
      return;
    }
    Table table = new Table("", "RUN", "STATE", "STARTED", ">TOOK", "PARAMETERS");
    for (RunRecord run : page.items()) {
      table.add(
          run.state(),
          run.id().toString(),
          run.state().text(),
          screen.time(run.startedAt()),
          Show.took(took(run, frame.now())),
          about(run));
    }
    table.write(screen);
    page.next()
        .ifPresent(next -> screen.line(screen.dim("older runs: " + frame.again("--after", next))));
  }

  /** From its start to its end or, while it runs, to now. */
  static Duration took(RunRecord run, Instant now) {
    Duration took = Duration.between(run.startedAt(), run.endedAt().orElse(now));
    return took.isNegative() ? Duration.ZERO : took;
  }

  private static String about(RunRecord run) {
    String tags = run.tags().stream().map(tag -> "#" + tag + " ").collect(Collectors.joining());
    return tags + Show.parameters(run.parameters());
  }
}
