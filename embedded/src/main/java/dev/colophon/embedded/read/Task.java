package dev.colophon.embedded.read;

import dev.colophon.core.error.ColophonException.NotFound;
import dev.colophon.core.run.Metric;
import dev.colophon.core.run.TaskRecord;
import java.util.List;
import java.util.Optional;

/** A task of a run, as it was when the run was read. May be used from any thread. */
public final class Task {
  private final Reader reader;
  private final TaskRecord task;
  private final List<Metric> metrics;

  Task(Reader reader, TaskRecord task, List<Metric> metrics) {
    this.reader = reader;
    this.task = task;
    this.metrics = List.copyOf(metrics);
  }

  /** State, times, what it read, why it failed. */
  public TaskRecord toRecord() {
    return task;
  }

  /** Its metrics, in the order of measuring. */
  public List<Metric> metrics() {
    return metrics;
  }

  /** What it left behind; empty for a step that returns nothing, and if it has not completed. */
  public Optional<StoredArtifact> findArtifact() {
    return task.output().map(output -> reader.artifact(output, task.id().toString()));
  }

  /**
   * What it left behind.
   *
   * @throws NotFound if that is nothing
   */
  public StoredArtifact artifact() {
    return findArtifact()
        .orElseThrow(
            () ->
                new NotFound(
                    "task %s is %s and left no artifact; \"colophon show %s\" says more"
                        .formatted(task.id(), task.state().text(), task.id())));
  }

  /** The value that it left behind, as {@link StoredArtifact#as(Class)}. */
  public <T> T artifact(Class<T> type) {
    return artifact().as(type);
  }

  /** Its address. */
  @Override
  public String toString() {
    return task.id().toString();
  }
}
