package dev.colophon.cli.run;

import dev.colophon.core.Name;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.code.CodeVersion;
import dev.colophon.core.json.Json;
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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
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

  /** Tasks whose failures are told in full; the others are in the record. */
  private static final int MOST_FAILURES = 3;

  private final PrintStream out;
  private final Clock clock;
  private final boolean live;
  private final int columns;
  private final Map<Name, StepLine> lines = new LinkedHashMap<>();
  private final ScheduledExecutorService ticker;
  private int nameWidth;
  private int drawn;
  private boolean stale;

  /**
   * @param live whether {@code out} is a terminal
   * @param columns its width; longer lines are cut on a terminal
   */
  public RunPrinter(PrintStream out, Clock clock, boolean live, int columns) {
    this.out = out;
    this.clock = clock;
    this.live = live;
    this.columns = columns;
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
    String parameters =
        run.parameters().entrySet().stream()
            .map(parameter -> parameter.getKey() + "=" + plain(parameter.getValue()))
            .collect(Collectors.joining(" "));
    out.println(
        "%s run %d   %s   java %s   %s"
            .formatted(
                run.id().flow(),
                run.id().number(),
                code(request.code()),
                request.environment().java().split("[.+ ]", 2)[0],
                parameters)
            .stripTrailing());
    out.flush();
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

  private static String plain(Json value) {
    return value instanceof Json.Str(String text) ? text : value.text();
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
    line(task).taskStarted(clock.instant());
    stale = true;
  }

  @Override
  public synchronized void taskProgressed(TaskId task, long done, long total) {
    line(task).progressed(done, total);
    stale = true;
  }

  @Override
  public synchronized void taskPrinted(TaskId task, String text) {
    String where = task.index().isEmpty() ? task.step().text() : task.step() + "/" + task.index();
    above("  %s │ %s".formatted(where, text));
  }

  @Override
  public synchronized void taskEnded(TaskEnd end, Optional<Output> output) {
    StepLine line = line(end.task());
    line.taskEnded(end, output);
    stale = true;
    if (line.isComplete()) {
      announce(end.task().step());
    }
  }

  private StepLine line(TaskId task) {
    StepLine line = lines.get(task.step());
    if (line == null) {
      throw new IllegalStateException("step " + task.step() + " was not announced");
    }
    return line;
  }

  /** Says once and for all how a step ended, above the lines of those that go on. */
  private void announce(Name step) {
    StepLine line = lines.remove(step);
    if (line != null) {
      above(line.text(nameWidth, clock.instant()));
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
      for (StepLine line : lines.values()) {
        if (line.isRunning()) {
          String text = line.text(nameWidth, clock.instant());
          out.println(text.length() < columns ? text : text.substring(0, columns - 1));
          drawn++;
        }
      }
    }
    stale = false;
    out.flush();
  }

  @Override
  public synchronized void runEnded(RunOutcome outcome) {
    erase();
    lines.clear();
    RunRecord run = outcome.run();
    outcome.tasks().stream()
        .filter(task -> task.state() == RunState.FAILED)
        .limit(MOST_FAILURES)
        .forEach(this::tellFailure);
    long failures =
        outcome.tasks().stream().filter(task -> task.state() == RunState.FAILED).count();
    if (failures > MOST_FAILURES) {
      out.println(
          "… and %,d more failed tasks: colophon show %s"
              .formatted(failures - MOST_FAILURES, run.id()));
    }
    Duration took = Duration.between(run.startedAt(), run.endedAt().orElse(run.startedAt()));
    String cause =
        run.failure().map(failure -> "   " + failure.task() + ": " + failure.headline()).orElse("");
    out.println(
        "%s %s in %s%s".formatted(run.id(), run.state().text(), StepLine.seconds(took), cause));
    out.flush();
  }

  private void tellFailure(RunOutcome.TaskOutcome task) {
    out.println();
    out.println("%s failed:".formatted(task.task()));
    task.failure()
        .ifPresent(failure -> failure.trace().lines().forEach(line -> out.println("  " + line)));
    task.failure()
        .filter(failure -> failure.trace().isEmpty())
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
