package dev.colophon.core.run;

import dev.colophon.core.Subject.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A task as the catalog knows it, its last attempt on top.
 *
 * @param endedAt present exactly if the state is final
 * @param inputs what it read, in argument order
 */
public record TaskRecord(
    TaskId id,
    RunState state,
    int attempt,
    Instant startedAt,
    Optional<Instant> endedAt,
    List<Input> inputs,
    Optional<Output> output,
    Optional<Failure> failure,
    Optional<TaskEnd.Log> log) {
  public TaskRecord {
    inputs = List.copyOf(inputs);
  }

  /** From start to end, by the runner's clock; empty while it runs. */
  public Optional<Duration> took() {
    return endedAt.map(end -> Duration.between(startedAt, end));
  }
}
