package dev.colophon.flow.run;

import dev.colophon.core.ArtifactStore;
import dev.colophon.core.error.ColophonException.Unavailable;
import dev.colophon.core.run.Dataset;
import dev.colophon.core.run.NewRun;
import dev.colophon.core.run.Outcomes;
import dev.colophon.core.run.RunLog;
import dev.colophon.core.run.RunRecord;
import dev.colophon.core.run.Runner;
import dev.colophon.core.run.StepRecord;
import dev.colophon.core.run.TaskLogs;
import dev.colophon.flow.codec.Codecs;
import dev.colophon.flow.graph.FlowGraph;
import dev.colophon.flow.graph.FlowGraph.Argument;
import dev.colophon.flow.graph.FlowGraph.ContextArgument;
import dev.colophon.flow.graph.FlowGraph.DatasetArgument;
import dev.colophon.flow.graph.FlowGraph.ElementArgument;
import dev.colophon.flow.graph.FlowGraph.ParamArgument;
import dev.colophon.flow.graph.FlowGraph.RandomArgument;
import dev.colophon.flow.graph.FlowGraph.SecretArgument;
import dev.colophon.flow.graph.FlowGraph.StepArgument;
import dev.colophon.flow.graph.FlowGraph.StepNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Executes flows in this process, one run at a time. {@link #stop} and {@link #shutDown} may be
 * called from any thread, everything else from one.
 */
public final class LocalRunner {
  /** How often a run gives a sign of life. */
  public static final Duration BEAT = Heartbeat.EVERY;

  /** How long the steps of a run that is stopped may take to return. */
  public static final Duration GRACE = Stopping.GRACE;

  private final RunLog runs;
  private final Outcomes outcomes;
  private final TaskLogs logs;
  private final ArtifactStore store;
  private final Codecs codecs;
  private final Clock clock;
  private final Runner identity;
  private final Predicate<RunRecord> gone;
  private final Path scratchRoot;
  private final ReentrantLock starting = new ReentrantLock();
  private @Nullable RunSession current;
  private boolean shutDown;

  /**
   * @param identity this process, by which others judge whether its runs are alive
   * @param gone judges whether the runner of another run is gone
   * @param scratchRoot folder for files that live no longer than a run; made when needed
   */
  public LocalRunner(
      RunLog runs,
      Outcomes outcomes,
      TaskLogs logs,
      ArtifactStore store,
      Codecs codecs,
      Clock clock,
      Runner identity,
      Predicate<RunRecord> gone,
      Path scratchRoot) {
    this.runs = runs;
    this.outcomes = outcomes;
    this.logs = logs;
    this.gone = gone;
    this.store = store;
    this.codecs = codecs;
    this.clock = clock;
    this.identity = identity;
    this.scratchRoot = scratchRoot;
  }

  /**
   * Runs a flow to its end; a failed step is an outcome, not an exception. If the calling thread is
   * interrupted the run is cancelled, and the thread stays interrupted.
   *
   * @throws dev.colophon.core.error.ColophonException if the run could not be recorded
   */
  public RunOutcome run(FlowProgram program, RunRequest request, RunListener listener) {
    forget();
    Path scratch = scratch();
    try {
      Fingerprinted codes = Fingerprinted.of(request.codes().values(), runs, store);
      store.sync(); // the code version and the datasets are about to be named
      Map<String, List<RunScope.CapturedFile>> copies = copies(request.datasets(), scratch);
      return start(
              newRun(program.graph(), request, codes),
              request.workers(),
              run ->
                  new RunScope(
                      run,
                      program,
                      request.parameters(),
                      new RunContents(runs, store, codecs),
                      listener,
                      clock,
                      scratch,
                      copies,
                      request.codes(),
                      new LogWriter(run.id(), logs),
                      request.secrets()))
          .execute(run -> listener.runStarted(run, program.graph(), request));
    } finally {
      Scratch.deleteQuietly(scratch);
    }
  }

  /** Records the start; from then on there is somebody to stop. */
  private RunSession start(NewRun wanted, int workers, Function<RunRecord, RunScope> scope) {
    starting.lock();
    try {
      if (shutDown) {
        throw new Unavailable("flow " + wanted.flow() + " was stopped before its run began");
      }
      RunSession session =
          new RunSession(scope.apply(runs.start(wanted)), runs, outcomes, store, workers, gone);
      current = session;
      return session;
    } finally {
      starting.unlock();
    }
  }

  /** An ended run stays the current one, so that who stops it late learns that it began. */
  private void forget() {
    starting.lock();
    try {
      current = null;
    } finally {
      starting.unlock();
    }
  }

  /**
   * Stops the run that is going on, if there is one: its state becomes {@code cancelled}. Returns
   * at once; does nothing to a run that has ended.
   */
  public void stop() {
    starting.lock();
    try {
      if (current != null) {
        current.stop();
      }
    } finally {
      starting.unlock();
    }
  }

  /**
   * {@link #stop}, and starts nothing any more: what has not begun by now is never recorded.
   *
   * @return whether a run was begun: its end is recorded, or going to be
   */
  public boolean shutDown() {
    starting.lock();
    try {
      shutDown = true;
      stop();
      return current != null;
    } finally {
      starting.unlock();
    }
  }

  private NewRun newRun(FlowGraph graph, RunRequest request, Fingerprinted codes) {
    Instant now = clock.instant();
    return new NewRun(
        graph.flow(),
        request.parameters().recorded(),
        request.tags(),
        request.code(),
        request.environment(),
        request.seed(),
        request.asOf().orElse(now),
        now,
        request.by(),
        identity,
        graph.steps().stream().map(step -> record(step, request, codes)).toList(),
        request.datasets().values().stream().flatMap(List::stream).distinct().toList(),
        codes.inline(),
        request.project());
  }

  private static StepRecord record(StepNode step, RunRequest request, Fingerprinted codes) {
    Optional<StepCode> code = Optional.ofNullable(request.codes().get(step.name()));
    return new StepRecord(
        step.name(),
        step.dimensions(),
        step.arguments().stream().map(LocalRunner::read).toList(),
        code.map(codes::artifact),
        code.map(StepCode::reuse).orElse(StepRecord.Reuse.OFF));
  }

  private static String read(Argument argument) {
    return switch (argument) {
      case ElementArgument element -> element.source();
      case DatasetArgument dataset -> dataset.pattern();
      case ParamArgument parameter -> parameter.name();
      case StepArgument step -> step.name();
      case SecretArgument secret -> secret.name();
      case ContextArgument context -> context.name();
      case RandomArgument random -> random.name();
    };
  }

  private Map<String, List<RunScope.CapturedFile>> copies(
      Map<String, List<Dataset>> datasets, Path scratch) {
    Map<String, List<RunScope.CapturedFile>> copies = new HashMap<>();
    datasets.forEach(
        (pattern, captured) -> {
          List<RunScope.CapturedFile> files = new ArrayList<>();
          for (Dataset dataset : captured) {
            Path folder = scratch.resolve("datasets").resolve(copies.size() + "-" + files.size());
            files.add(
                new RunScope.CapturedFile(dataset, DatasetCopy.place(dataset, store, folder)));
          }
          copies.put(pattern, files);
        });
    return copies;
  }

  private Path scratch() {
    try {
      Files.createDirectories(scratchRoot);
      return Files.createTempDirectory(scratchRoot, "run-");
    } catch (IOException e) {
      throw new Unavailable(
          "folder %s can't be written (%s); choose another home with --home"
              .formatted(scratchRoot, e),
          e);
    }
  }
}
