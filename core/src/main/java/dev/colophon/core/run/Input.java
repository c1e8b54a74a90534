package dev.colophon.core.run;

import dev.colophon.core.Digest;
import dev.colophon.core.Subject.TaskId;

/**
 * An artifact that a task read: the edge that points backwards.
 *
 * @param argument name of the step's argument that received it
 * @param digest of the artifact that was handed over
 * @param source where it came from
 */
public record Input(String argument, Digest digest, Source source) {
  /** Where an input came from. */
  public sealed interface Source {}

  /** Left behind by a task. */
  public record FromTask(TaskId task) implements Source {}

  /**
   * Came from outside the flow.
   *
   * @param name as the author wrote it in {@code @Input}
   */
  public record FromDataset(String name) implements Source {}
}
