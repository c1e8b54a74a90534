package dev.colophon.cli.run;

import dev.colophon.cli.frame.Screen;
import dev.colophon.cli.frame.Show;
import dev.colophon.core.Name;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.code.CodeVersion;
import dev.colophon.core.run.Failure;
import dev.colophon.core.run.Output;
import dev.colophon.core.run.RunRecord;
import dev.colophon.core.run.RunState;
import dev.colophon.core.run.TaskEnd;
import dev.colophon.flow.graph.FlowGraph;
import dev.colophon.flow.run.RunListener;
import dev.colophon.flow.run.RunOutcome;
import dev.colophon.flow.run.RunRequest;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Tells a person how a run goes: on a terminal a block of lines, one a step, drawn anew as things
 * happen; elsewhere one plain line for each step that is done. Thread-safe.
 */
public final class RunPrinter implements RunListener, AutoCloseable {
  private static final Duration REDRAW = Duration.ofMillis(150);

  /** Different failures that are told in full; the others are in the record. */
  private static final int MOST_FAILURES = 3;

  private final PrintStream out;
  private final Clock clock;
  private final boolean live;
  private final TerminalSize size;
  private final Screen screen;
  private final Map<Name, StepLine> lines = new LinkedHashMap<>();
  private final ScheduledExecutorService ticker;
  private Optional<RunId> continued = Optional.empty();
  private int nameWidth = 1;
  private int drawn;
  private boolean stale;
  private boolean nextInterruptEnds;

  /**
   * @param live whether {@code out} is a terminal
   * @param size of the terminal: lines that will be drawn anew are cut, and left out, to fit it
   * @param colour whether to colour the states that steps and run end in
   */
  public RunPrinter(PrintStream out, Clock clock, boolean live, TerminalSize size, boolean colour) {
    this.out = out;
    this.clock = clock;
    this.live = live;
    this.size = size;
    this.screen = new Screen(out, colour, OptionalInt.empty(), ZoneOffset.UTC);
    this.ticker =
        Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().daemon().name("colophon-progress").unstarted(task));
    if (live) {
      long every = REDRAW.toMillis();
      var unused = ticker.scheduleWithFixedDelay(this::redraw, every, every, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public synchronized void runStarted(RunRecord run, FlowGraph graph, RunRequest request) {
    nameWidth =
        Math.min(
            24,
            graph.steps().stream().mapToInt(step -> step.name().text().length()).max().orElse(1));
    String parameters = run.parameters().isEmpty() ? "" : Show.parameters(run.parameters());
    out.println(
        "%s run %d   %s   java %s   %s"
            .formatted(
                run.id().flow(),
                run.id().number(),
                code(request.code()),
                request.environment().java().split("[.+ ]", 2)[0],
                parameters)
            .stripTrailing());
    continued.ifPresent(
        earlier ->
            out.println(
                "  continues run %d with the code as it is now: finished tasks are reused, what was edited runs again"
                    .formatted(earlier.number())));
    out.flush();
  }

  /** The run that is about to start continues an earlier one. */
  public synchronized void continues(RunId earlier) {
    continued = Optional.of(earlier);
  }

  /** Such as {@code main@3f2c1a9 + 1 changed file}. */
  static String code(CodeVersion code) {
    if (code.git().isEmpty()) {
      return "code " + code.snapshot().digest().abbreviated();
    }
    CodeVersion.GitState git = code.git().get();
    String commit = git.commit().map(id -> id.substring(0, 7)).orElse("no commit yet");
    int changed = git.changed().size();
    return git.branch().map(branch -> branch + "@").orElse("")
        + commit
        + (changed == 0 ? "" : " + %,d changed file%s".formatted(changed, changed == 1 ? "" : "s"));
  }

  @Override
  public synchronized void runWaits(RunId holder) {
    above("  waiting for %s, which computes the same".formatted(holder));
  }

  @Override
  public synchronized void runTakesOver(RunId holder) {
    above("  %s ended without it: computing it here".formatted(holder));
  }

  @Override
  public synchronized void stepExpanded(Name step, int tasks) {
    lines.put(step, new StepLine(step, tasks));
    if (tasks == 0) {
      announce(step);
    }
    stale = true;
  }

  @Override
  public synchronized void taskStarted(TaskId task) {
    line(task).ifPresent(line -> line.taskStarted(clock.instant()));
    stale = true;
  }

  @Override
  public synchronized void taskProgressed(TaskId task, long done, long total) {
    line(task).ifPresent(line -> line.progressed(task.index(), done, total));
    stale = true;
  }

  @Override
  public synchronized void taskPrinted(TaskId task, String text) {
    above("  %s │ %s".formatted(where(task), text));
  }

  @Override
  public synchronized void taskEnded(TaskEnd end, Optional<Output> output) {
    Optional<StepLine> line = line(end.task());
    line.ifPresent(found -> found.taskEnded(end, output));
    stale = true;
    if (line.filter(StepLine::isComplete).isPresent()) {
      announce(end.task().step());
    }
  }

  /** None for a step that was given up: its thread may go on talking. */
  private Optional<StepLine> line(TaskId task) {
    return Optional.ofNullable(lines.get(task.step()));
  }

  /** Says once and for all how a step ended, above the lines of those that go on. */
  private void announce(Name step) {
    StepLine line = lines.remove(step);
    if (line != null) {
      above(line.lastText(nameWidth, clock.instant(), screen));
    }
  }

  private void above(String text) {
    erase();
    out.println(text);
    draw();
  }

  private synchronized void redraw() {
    if (stale || lines.values().stream().anyMatch(StepLine::isRunning)) {
      erase();
      draw();
    }
  }

  private void erase() {
    if (drawn > 0) {
      out.print("\033[" + drawn + "A\033[J");
      drawn = 0;
    }
  }

  private void draw() {
    if (live) {
      List<StepLine> running =
          lines.values().stream().filter(StepLine::isRunning).limit(size.rows() - 1).toList();
      for (StepLine line : running) {
        out.println(Columns.cut(line.text(nameWidth, clock.instant()), size.columns() - 1));
        drawn++;
      }
    }
    stale = false;
    out.flush();
  }

  /** From now on, a further interrupt ends the process at once. */
  public synchronized void nextInterruptEnds() {
    nextInterruptEnds = true;
  }

  @Override
  public synchronized void runStopping(List<TaskId> waitedFor, Duration grace) {
    String waiting =
        waitedFor.isEmpty()
            ? "stopping: what is done is being recorded"
            : "stopping: waiting up to %d s for %s to return"
                .formatted(grace.toSeconds(), some(waitedFor));
    above(waiting + (nextInterruptEnds ? "; Ctrl-C again ends at once" : ""));
  }

  private static String some(List<TaskId> tasks) {
    String first = tasks.stream().limit(3).map(RunPrinter::where).collect(Collectors.joining(", "));
    return tasks.size() > 3 ? "%s and %,d more".formatted(first, tasks.size() - 3) : first;
  }

  /** The task within its run. */
  private static String where(TaskId task) {
    return task.index().isEmpty() ? task.step().text() : task.step() + "/" + task.index();
  }

  @Override
  public synchronized void runEnded(RunOutcome outcome) {
    erase();
    List.copyOf(lines.values()).stream()
        .filter(StepLine::hasBegun)
        .forEach(line -> announce(line.step()));
    lines.clear();
    RunRecord run = outcome.run();
    Map<Optional<Failure>, List<TaskId>> alike = new LinkedHashMap<>();
    outcome.tasks().stream()
        .filter(task -> task.state() == RunState.FAILED)
        .forEach(
            task ->
                alike
                    .computeIfAbsent(task.failure(), absent -> new ArrayList<>())
                    .add(task.task()));
    alike.entrySet().stream()
        .limit(MOST_FAILURES)
        .forEach(failed -> tellFailure(failed.getKey(), failed.getValue()));
    long failures = alike.values().stream().mapToLong(List::size).sum();
    long untold = alike.values().stream().skip(MOST_FAILURES).mapToLong(List::size).sum();
    if (untold > 0) {
      out.println("… and %,d more failed tasks: colophon show %s".formatted(untold, run.id()));
    }
    Duration took = Duration.between(run.startedAt(), run.endedAt().orElse(run.startedAt()));
    String cause =
        run.failure()
            .filter(failure -> failures == 0) // else it was told above
            .map(failure -> "   " + failure.task() + ": " + failure.headline())
            .orElse("");
    out.println(
        "%s %s in %s%s"
            .formatted(run.id(), screen.state(run.state()), StepLine.seconds(took), cause));
    out.flush();
  }

  /** What several tasks failed of in the same way is told once. */
  private void tellFailure(Optional<Failure> why, List<TaskId> tasks) {
    out.println();
    String others =
        tasks.size() == 1 ? "" : ", and %,d more tasks alike".formatted(tasks.size() - 1);
    out.println("%s failed%s:".formatted(tasks.getFirst(), others));
    why.ifPresent(failure -> failure.trace().lines().forEach(line -> out.println("  " + line)));
    why.filter(failure -> failure.trace().isEmpty())
        .ifPresent(failure -> out.println("  " + failure.headline()));
    out.println();
  }

  @Override
  public synchronized void close() {
    ticker.shutdownNow();
    erase();
    out.flush();
  }
}
