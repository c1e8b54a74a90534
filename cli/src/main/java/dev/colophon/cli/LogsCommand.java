package dev.colophon.cli;

import dev.colophon.cli.frame.Frame;
import dev.colophon.cli.frame.Screen;
import dev.colophon.cli.frame.World;
import dev.colophon.cli.logs.LogEntry;
import dev.colophon.cli.logs.LogPrinter;
import dev.colophon.cli.logs.LogReader;
import dev.colophon.core.Subject.InRun;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.Subject.StepId;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.error.ColophonException.OutcomeUnknown;
import dev.colophon.core.error.ColophonException.Unavailable;
import dev.colophon.core.json.Json;
import dev.colophon.core.run.RunGraph;
import dev.colophon.embedded.Colophon;
import dev.colophon.embedded.Machine;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "logs",
    header = "Shows what tasks printed and logged, also while they run.",
    description = {
      "",
      "Each line has its time and where it was written to: out, err, or log for loggers and"
          + " TaskContext.log. Of a very long log the beginning and the end are kept. A reused task"
          + " has the log of the one that it was reused from."
    },
    footer = {
      "",
      "Examples:",
      "  colophon logs FlightDelays/12 --follow",
      "  colophon logs FlightDelays/12/fit/3 --tail 20"
    })
final class LogsCommand implements Callable<Integer> {
  private static final Duration EVERY = Duration.ofMillis(300);

  private final Frame frame;

  @Parameters(paramLabel = "RUN[/STEP[/TASK]]", description = "Such as FlightDelays/12/fit/3.")
  private String what = "";

  @Option(
      names = {"-f", "--follow"},
      description = "Go on until the run ends. With --json, one document a line.")
  private boolean follow;

  @Option(names = "--head", paramLabel = "N", description = "Only the first N lines.")
  private Optional<Integer> head = Optional.empty();

  @Option(names = "--tail", paramLabel = "N", description = "Only the last N lines so far.")
  private Optional<Integer> tail = Optional.empty();

  LogsCommand(Frame frame) {
    this.frame = frame;
  }

  @Override
  public Integer call() throws InterruptedException {
    check();
    try (Colophon colophon = frame.reading()) {
      InRun of = new Address(colophon, frame.world().workingFolder()).inRun(what);
      RunGraph graph = colophon.runs().getGraph(of.run());
      checkIsThere(graph, of);
      LogReader reader = new LogReader(colophon, of);
      if (follow) {
        Consumer<LogEntry> out = frame.json() ? this::printDocument : lines(of);
        print(reader, graph, out);
        if (!graph.run().state().isFinal()) {
          goOn(reader, of.run(), colophon, out);
        }
      } else if (frame.json()) {
        document(reader, graph, of);
      } else {
        print(reader, graph, lines(of));
      }
      return 0;
    }
  }

  private void check() {
    if (head.isPresent() && (tail.isPresent() || follow)) {
      throw new Invalid(
          "--head %d: it can't be together with --tail or --follow; leave one out"
              .formatted(head.get()));
    }
    for (Optional<Integer> lines : List.of(head, tail)) {
      if (lines.isPresent() && lines.get() < 0) {
        throw new Invalid("%d lines: expected 0 or more".formatted(lines.get()));
      }
    }
  }

  private static void checkIsThere(RunGraph graph, InRun of) {
    switch (of) {
      case RunId run -> {}
      case StepId step -> ShowCommand.tasksOf(graph, step);
      case TaskId task -> ShowCommand.taskIn(graph, task);
    }
  }

  private Consumer<LogEntry> lines(InRun of) {
    World world = frame.world();
    return new LogPrinter(new Screen(world.out(), world.colour(), world.zone()), of)::write;
  }

  private void printDocument(LogEntry entry) {
    frame.world().out().print(entry.json().text() + "\n");
  }

  /** Written as it is read, since it may be larger than memory. */
  private void document(LogReader reader, RunGraph graph, InRun of) {
    World world = frame.world();
    world.out().print("{\"of\":" + Json.of(of.toString()).text() + ",\"lines\":[");
    List<String> separator = new ArrayList<>(List.of(""));
    print(
        reader,
        graph,
        entry -> {
          world.out().print(separator.getFirst() + entry.json().text());
          separator.set(0, ",");
        });
    world.out().print("]}\n");
  }

  /** What there is now, as much of it as was asked for. */
  private void print(LogReader reader, RunGraph graph, Consumer<LogEntry> out) {
    Deque<LogEntry> last = new ArrayDeque<>();
    int[] left = {head.orElse(Integer.MAX_VALUE)};
    Consumer<LogEntry> entries =
        entry -> {
          if (tail.isPresent()) {
            last.add(entry);
            if (last.size() > tail.get()) {
              last.remove();
            }
          } else if (left[0] > 0) {
            left[0]--;
            out.accept(entry);
          }
        };
    reader.readOld(graph, entries);
    reader.readNew(entries);
    last.forEach(out);
    frame.world().out().flush();
  }

  private void goOn(LogReader reader, RunId run, Colophon colophon, Consumer<LogEntry> out)
      throws InterruptedException {
    boolean over = false;
    while (!over && !frame.world().out().checkError()) {
      Thread.sleep(EVERY);
      over = isOver(run, colophon); // before reading: what is written until then is read
      reader.readNew(out);
    }
    reader.readReused(out);
    frame.world().out().flush();
  }

  private boolean isOver(RunId run, Colophon colophon) {
    try {
      colophon.declareLost(Machine.current(), frame.now());
    } catch (Unavailable | OutcomeUnknown e) {
      // whoever can write to the home will declare it
    }
    return colophon.runs().getRun(run).state().isFinal();
  }
}
