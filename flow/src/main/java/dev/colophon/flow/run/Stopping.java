package dev.colophon.flow.run;

import dev.colophon.core.run.Failure;
import dev.colophon.core.run.RunState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The stop of a run: its steps are interrupted and get time to return; what does not return is
 * given up, and ends as what it is. Confined to the deciding thread.
 */
final class Stopping {
  /** How long interrupted steps may take to return. */
  static final Duration GRACE = Duration.ofSeconds(10);

  private static final Failure NO_RETURN =
      new Failure(
          "",
          "cancelled: the step did not return within %d s of being interrupted"
              .formatted(GRACE.toSeconds()),
          "");

  /** A task that ends although its step does not. */
  record GivenUp(TaskNode node, TaskCall.Finished result) {}

  private final Clock clock;
  private @Nullable Instant deadline;
  private boolean begun;

  Stopping(Clock clock) {
    this.clock = clock;
  }

  /** Whether the run is being stopped; then nothing new starts. */
  boolean hasBegun() {
    return begun;
  }

  /** Interrupts the steps. Returns those that will never return; call it once. */
  List<GivenUp> begin(Collection<Execution> running) {
    begun = true;
    deadline = clock.instant().plus(GRACE);
    List<GivenUp> never = new ArrayList<>();
    for (Execution execution : running) {
      if (ExitCalls.isExiting(execution.thread())) {
        never.add(giveUp(execution, RunState.FAILED, ExitCalls.FAILURE));
      } else {
        execution.call().stop();
        execution.thread().interrupt();
      }
    }
    return never;
  }

  /** How long to wait for a step until {@link #overdue} has something to say; empty for ever. */
  Optional<Duration> patience() {
    return Optional.ofNullable(deadline)
        .map(moment -> Duration.between(clock.instant(), moment))
        .map(left -> left.isPositive() ? left : Duration.ZERO);
  }

  /** All that still run once their time is over. */
  List<GivenUp> overdue(Collection<Execution> running) {
    if (deadline == null || clock.instant().isBefore(deadline)) {
      return List.of();
    }
    deadline = null;
    return running.stream()
        .map(execution -> giveUp(execution, RunState.CANCELLED, NO_RETURN))
        .toList();
  }

  private static GivenUp giveUp(Execution execution, RunState state, Failure why) {
    return new GivenUp(
        execution.node(), execution.call().abandoned(execution.startedAt(), state, why));
  }
}
