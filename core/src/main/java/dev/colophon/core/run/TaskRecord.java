package dev.colophon.core.run;

import dev.colophon.core.Digest;
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
 * @param log what it printed; of a reused outcome, what its origin did
 * @param key digest of its {@link TaskKey}; present exactly if it completed and can be reused
 * @param origin the task that computed the outcome, if this one reused it
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
    Optional<TaskEnd.Log> log,
    Optional<Digest> key,
    Optional<TaskId> origin) {
  public TaskRecord {
    inputs = List.copyOf(inputs);
  }

  /** From start to end, by the runner's clock; empty while it runs. */
  public Optional<Duration> took() {
    return endedAt.map(end -> Duration.between(startedAt, end));
  }
}
