package dev.colophon.flow.run;

import dev.colophon.core.ArtifactStore;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.error.ColophonException;
import dev.colophon.core.error.ColophonException.Conflict;
import dev.colophon.core.run.Failure;
import dev.colophon.core.run.Outcomes;
import dev.colophon.core.run.Output;
import dev.colophon.core.run.RunLog;
import dev.colophon.core.run.RunRecord;
import dev.colophon.core.run.RunState;
import dev.colophon.core.run.TaskEnd;
import dev.colophon.flow.codec.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One run from its start to its end. A single thread decides; tasks run in virtual threads and tell
 * it by events. A task whose value is stored lets its consumers start at once, and gives its worker
 * back; it is reported done when its commit is durable.
 *
 * <p>A failed task does not stop its siblings, nor anything else that does not depend on it.
 */
final class RunSession implements Committer.Receiver {
  /** Finished tasks that may wait for their commit before no more are started. */
  private static final int MOST_UNCOMMITTED = 2_048;

  /** What the deciding thread is told. */
  private sealed interface Event {}

  private record Finished(TaskNode node, TaskCall.Finished result) implements Event {}

  private record Committed(List<Committer.Submission> group, List<Optional<Output>> outputs)
      implements Event {}

  private record Broken(RuntimeException cause) implements Event {}

  private record Stop() implements Event {}

  private final RunScope scope;
  private final RunLog runs;
  private final int workers;
  private final RunPlan plan;
  private final LogWriter logs;
  private final Committer committer;
  private final Heartbeat heartbeat;
  private final Stopping stopping;
  private final Waiting waiting;
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final Claims claims;
  private final Map<TaskNode, Execution> running = new LinkedHashMap<>();
  private final List<RunOutcome.TaskOutcome> outcomes = new ArrayList<>();
  private final List<RunOutcome.ModelOutcome> models = new ArrayList<>();
  private int uncommitted;
  private boolean interrupted;
  private @Nullable RuntimeException broken;
  private RunRecord.@Nullable RunFailure failure;

  /**
   * @param gone judges whether the runner of another run, whose outcome is waited for, is gone
   */
  RunSession(
      RunScope scope,
      RunLog runs,
      Outcomes outcomes,
      ArtifactStore store,
      int workers,
      Predicate<RunRecord> gone) {
    this.scope = scope;
    this.runs = runs;
    this.workers = workers;
    this.plan = new RunPlan(scope);
    this.claims = new Claims(scope, plan, outcomes);
    this.waiting = new Waiting(scope, runs, gone);
    this.stopping = new Stopping(scope.clock());
    this.logs = scope.logs();
    this.committer = new Committer(scope.run().id(), runs, scope.clock(), logs, store, this);
    this.heartbeat =
        new Heartbeat(scope.run().id(), runs, scope.clock(), e -> events.add(new Broken(e)));
  }

  /** Asks the run to stop, from another thread: steps are interrupted, nothing new starts. */
  void stop() {
    events.add(new Stop());
  }

  @Override
  public void committed(List<Committer.Submission> group, List<Optional<Output>> outputs) {
    events.add(new Committed(group, outputs));
  }

  @Override
  public void commitFailed(RuntimeException cause) {
    events.add(new Broken(cause));
  }

  /**
   * Runs everything and ends the run.
   *
   * @param announce tells the watcher that the run has started
   * @throws ColophonException if the record could not be kept, such as on a full disk, or when the
   *     run was declared lost
   */
  RunOutcome execute(Consumer<RunRecord> announce) {
    try (logs;
        committer;
        heartbeat) {
      guarded(() -> announce.accept(scope.run()));
      guarded(this::advance);
      while (goesOn()) {
        Optional<Event> event = nextEvent();
        guarded(() -> goOn(event));
      }
      return end();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private boolean goesOn() {
    return !running.isEmpty()
        || (uncommitted > 0 && broken == null)
        || (!claims.holders().isEmpty() && !stopping.hasBegun());
  }

  /** Whatever goes wrong here, the run is stopped and ended in order. */
  private void guarded(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      breakOff(e);
    }
  }

  private void goOn(Optional<Event> first) {
    for (Event event = first.orElse(null); event != null; event = events.poll()) {
      handle(event);
    }
    stopping.overdue(running.values()).forEach(this::giveUp);
    if (waiting.isOver(claims.holders())) {
      claims.askAgain();
    }
    advance();
  }

  /**
   * What happened next; none if nothing did until steps that were interrupted are overdue, or it is
   * time to ask again for what other runs hold.
   */
  private Optional<Event> nextEvent() {
    try {
      Optional<Duration> patience =
          stopping.hasBegun() || claims.holders().isEmpty()
              ? stopping.patience()
              : Optional.of(Waiting.EVERY);
      return patience.isEmpty()
          ? Optional.of(events.take())
          : Optional.ofNullable(events.poll(patience.get().toMillis() + 1, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      interrupted = true;
      return Optional.of(new Stop());
    }
  }

  private void handle(Event event) {
    switch (event) {
      case Finished(TaskNode node, TaskCall.Finished result) -> finished(node, result);
      case Committed(var group, var outputs) -> reportCommitted(group, outputs);
      case Broken(RuntimeException cause) -> breakOff(cause);
      case Stop() -> stopRunning();
    }
  }

  private void advance() {
    if (stopping.hasBegun()) {
      return;
    }
    try {
      for (StepTasks step : plan.expandWhatCanBe()) {
        scope.listener().stepExpanded(step.node().name(), step.tasks().size());
        claims.add(step.tasks().stream().filter(TaskNode::isReady).toList());
      }
    } catch (ColophonException e) {
      failure = new RunRecord.RunFailure(scope.run().id().toString(), e.text());
      stopRunning();
      return;
    }
    boolean moved = true;
    while (moved && uncommitted < MOST_UNCOMMITTED) {
      Optional<Claims.Reusable> reusable = claims.nextReusable();
      Optional<Claims.Prepared> next =
          reusable.isEmpty() && running.size() < workers ? claims.nextToRun() : Optional.empty();
      reusable.ifPresent(this::reuse);
      next.ifPresent(this::start);
      moved = reusable.isPresent() || next.isPresent();
    }
  }

  private void reuse(Claims.Reusable reusable) {
    TaskNode node = reusable.task().node();
    Instant now = scope.clock().instant();
    TaskEnd end =
        new TaskEnd(
            node.id(),
            RunState.COMPLETED,
            1,
            now,
            now,
            Handover.inputs(reusable.task().handovers()),
            Optional.of(new TaskEnd.Reused(reusable.outcome().origin())),
            Map.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(reusable.key()));
    uncommitted++;
    committer.submit(new Committer.Submission(node, end, false));
    produced(node, reusable.outcome().output().map(RunSession::stored));
  }

  private static Stored stored(Output output) {
    return new Stored(output.artifact(), output.codec(), output.fileName());
  }

  private void start(Claims.Prepared task) {
    TaskNode node = task.node();
    TaskCall call = new TaskCall(scope, task);
    Thread thread =
        Thread.ofVirtual()
            .name(node.id().toString())
            .unstarted(() -> events.add(new Finished(node, end(call))));
    thread.setContextClassLoader(scope.program().type().getClassLoader());
    Instant now = scope.clock().instant();
    running.put(node, new Execution(node, call, thread, now));
    heartbeat.began(node.id(), now);
    scope.listener().taskStarted(node.id());
    thread.start();
  }

  /** A thread always tells how its task ended, even where there is no memory left to tell why. */
  private static TaskCall.Finished end(TaskCall call) {
    try {
      return call.call();
    } catch (Throwable e) {
      return call.endedBy(e);
    }
  }

  private void finished(TaskNode node, TaskCall.Finished result) {
    if (running.remove(node) == null) {
      return; // given up earlier
    }
    TaskEnd end = result.end();
    scope.contents().addUncommitted(end.inline());
    uncommitted++;
    committer.submit(new Committer.Submission(node, end, result.usesStore()));
    if (end.state() != RunState.COMPLETED) {
      node.ended(end.state());
    } else if (result.stored().isPresent() || end.result().isEmpty()) {
      produced(node, result.stored());
    }
  }

  private void produced(TaskNode node, Optional<Stored> stored) {
    List<TaskNode> nowReady = new ArrayList<>();
    node.produced(stored, nowReady);
    node.step().countProduced();
    claims.add(nowReady);
  }

  private void reportCommitted(List<Committer.Submission> group, List<Optional<Output>> outputs) {
    scope
        .contents()
        .committed(group.stream().map(submission -> submission.end().inline()).toList());
    for (int i = 0; i < group.size(); i++) {
      TaskNode node = group.get(i).node();
      TaskEnd end = group.get(i).end();
      Optional<Output> output = outputs.get(i);
      uncommitted--;
      heartbeat.recorded(end.task());
      Optional<TaskId> origin =
          end.result().orElse(null) instanceof TaskEnd.Reused(TaskId task)
              ? Optional.of(task)
              : Optional.empty();
      output
          .flatMap(Output::version)
          .ifPresent(version -> models.add(new RunOutcome.ModelOutcome(version, origin)));
      if (end.result().orElse(null) instanceof TaskEnd.Registration) {
        produced(node, output.map(RunSession::stored));
      }
      end.key().ifPresent(claims::recorded);
      if (end.state() == RunState.FAILED && failure == null) {
        failure =
            new RunRecord.RunFailure(
                end.task().toString(), end.failure().map(Failure::headline).orElse(""));
      }
      Duration took = Duration.between(end.startedAt(), end.endedAt());
      outcomes.add(
          new RunOutcome.TaskOutcome(end.task(), end.state(), took, end.failure(), origin));
      scope.listener().taskEnded(end, output);
    }
  }

  private void stopRunning() {
    if (stopping.hasBegun()) {
      return;
    }
    claims.clear();
    List<Stopping.GivenUp> never = stopping.begin(running.values());
    never.forEach(this::giveUp);
    if (!never.isEmpty() && running.isEmpty()) {
      return; // a step ended the process: nobody has to wait, and no person did it
    }
    try {
      scope
          .listener()
          .runStopping(running.keySet().stream().map(TaskNode::id).toList(), Stopping.GRACE);
    } catch (RuntimeException e) {
      broken = broken == null ? e : broken;
    }
  }

  private void giveUp(Stopping.GivenUp task) {
    finished(task.node(), task.result());
  }

  private void breakOff(RuntimeException cause) {
    if (broken == null) {
      broken = cause;
      stopRunning();
    }
  }

  private RunOutcome end() {
    heartbeat.stop();
    logs.flush();
    RuntimeException cause = broken;
    if (cause instanceof Conflict) {
      throw cause; // the run is somebody else's to end by now
    }
    if (cause != null) {
      throw endBroken(cause);
    }
    boolean complete = plan.steps().stream().allMatch(StepTasks::isComplete);
    RunState state =
        failure != null ? RunState.FAILED : complete ? RunState.COMPLETED : RunState.CANCELLED;
    RunRecord ended =
        runs.end(scope.run().id(), state, scope.clock().instant(), Optional.ofNullable(failure));
    RunOutcome outcome = new RunOutcome(ended, inGraphOrder(), models);
    scope.listener().runEnded(outcome);
    return outcome;
  }

  private RuntimeException endBroken(RuntimeException cause) {
    try {
      runs.end(
          scope.run().id(),
          RunState.FAILED,
          scope.clock().instant(),
          Optional.of(
              new RunRecord.RunFailure(
                  scope.run().id().toString(), String.valueOf(cause.getMessage()))));
    } catch (ColophonException e) {
      cause.addSuppressed(e); // it will show as lost
    }
    return cause;
  }

  private List<RunOutcome.TaskOutcome> inGraphOrder() {
    Map<String, Integer> order = new HashMap<>();
    plan.steps().forEach(step -> order.put(step.node().name().text(), order.size()));
    outcomes.sort(
        Comparator.comparing(
                (RunOutcome.TaskOutcome outcome) ->
                    order.getOrDefault(outcome.task().step().text(), 0))
            .thenComparing(outcome -> outcome.task().index()));
    return outcomes;
  }
}
