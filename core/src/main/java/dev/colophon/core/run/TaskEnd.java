package dev.colophon.core.run;

import dev.colophon.core.Artifact;
import dev.colophon.core.Digest;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.model.VersionDraft;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that one finished task leaves, committed together or not at all. Its bytes are in the store
 * already, but for the small ones that travel along.
 *
 * @param state completed, failed or cancelled
 * @param attempt number of the try, from 1
 * @param result what it left behind; present exactly if it completed and returned something
 * @param inline content of at most {@link #INLINE_LIMIT_BYTES} bytes that the catalog itself keeps,
 *     by digest
 * @param log what it printed
 * @param key what its outcome depends on; empty if that outcome must not be reused
 */
public record TaskEnd(
    TaskId task,
    RunState state,
    int attempt,
    Instant startedAt,
    Instant endedAt,
    List<Input> inputs,
    Optional<Result> result,
    Map<Digest, byte[]> inline,
    List<Metric> metrics,
    Optional<Failure> failure,
    Optional<Log> log,
    Optional<TaskKey> key) {
  /** Largest content that lives inside a catalog record rather than in the store, in bytes. */
  public static final int INLINE_LIMIT_BYTES = 16 * 1024;

  /** What a task left behind. */
  public sealed interface Result {}

  /** A value. */
  public record Value(Artifact artifact, String codec, Optional<String> fileName)
      implements Result {}

  /** A model version, whose number the commit gives. */
  public record Registration(VersionDraft draft) implements Result {}

  /**
   * What an earlier task of the same key left behind, a model version included; metrics and log are
   * that task's too.
   *
   * @param origin the task that computed it
   */
  public record Reused(TaskId origin) implements Result {}

  /**
   * What a task printed.
   *
   * @param content the text as UTF-8; of a long one, head and tail with a marker between them
   * @param writtenBytes how much was printed in all
   */
  public record Log(Artifact.Blob content, long writtenBytes) {}

  public TaskEnd {
    inputs = List.copyOf(inputs);
    inline = Map.copyOf(inline);
    metrics = List.copyOf(metrics);
    if (!state.isFinal()) {
      throw new Invalid("task %s: state %s, expected a final one".formatted(task, state.text()));
    }
    if (state != RunState.COMPLETED && result.isPresent()) {
      throw new Invalid("task %s: %s, expected no result".formatted(task, state.text()));
    }
    if (key.isEmpty() && result.orElse(null) instanceof Reused) {
      throw new Invalid("task %s: reuses an outcome, expected a key".formatted(task));
    }
  }

  /** The end of a task whose outcome is not to be reused. */
  public TaskEnd(
      TaskId task,
      RunState state,
      int attempt,
      Instant startedAt,
      Instant endedAt,
      List<Input> inputs,
      Optional<Result> result,
      Map<Digest, byte[]> inline,
      List<Metric> metrics,
      Optional<Failure> failure,
      Optional<Log> log) {
    this(
        task,
        state,
        attempt,
        startedAt,
        endedAt,
        inputs,
        result,
        inline,
        metrics,
        failure,
        log,
        Optional.empty());
  }

  /** The same end, of a task whose outcome depends on this and nothing else. */
  public TaskEnd withKey(TaskKey dependsOn) {
    return new TaskEnd(
        task,
        state,
        attempt,
        startedAt,
        endedAt,
        inputs,
        result,
        inline,
        metrics,
        failure,
        log,
        Optional.of(dependsOn));
  }
}
