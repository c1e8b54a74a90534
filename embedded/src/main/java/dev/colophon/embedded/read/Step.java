package dev.colophon.embedded.read;

import dev.colophon.core.Subject.StepId;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.error.ColophonException.NotFound;
import dev.colophon.core.run.Metric;
import dev.colophon.core.run.Output;
import dev.colophon.core.run.StepRecord;
import dev.colophon.core.run.TaskRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A step of a run, as it was when the run was read. May be used from any thread. */
public final class Step {
  private final Reader reader;
  private final StepId id;
  private final StepRecord step;
  private final List<Task> tasks;

  private Step(Reader reader, StepId id, StepRecord step, List<Task> tasks) {
    this.reader = reader;
    this.id = id;
    this.step = step;
    this.tasks = List.copyOf(tasks);
  }

  static Step of(
      Reader reader,
      StepId id,
      StepRecord step,
      List<TaskRecord> tasks,
      Map<?, List<Metric>> metrics) {
    return new Step(
        reader,
        id,
        step,
        tasks.stream()
            .map(
                task ->
                    new Task(
                        reader,
                        task,
                        Optional.ofNullable(metrics.get(task.id())).orElse(List.of())))
            .toList());
  }

  public StepId id() {
    return id;
  }

  /** What it is fanned out over, and what it reads. */
  public StepRecord toRecord() {
    return step;
  }

  /** Its tasks that have begun, in index order. */
  public List<Task> tasks() {
    return tasks;
  }

  /**
   * Its task, of which there must be one.
   *
   * @throws NotFound if it has not begun
   * @throws Invalid if there are several
   */
  public Task task() {
    if (tasks.isEmpty()) {
      throw new NotFound(
          "step %s has not begun; \"colophon show %s\" says how far its run came"
              .formatted(id, id.run()));
    }
    if (tasks.size() > 1) {
      throw new Invalid(
          "step %s has %d tasks, expected one; read all of them with tasks() or artifacts(…)"
              .formatted(id, tasks.size()));
    }
    return tasks.getFirst();
  }

  /** The value that its only task left behind, as {@link Task#artifact(Class)}. */
  public <T> T artifact(Class<T> type) {
    return task().artifact(type);
  }

  /** The values that its tasks left behind, in index order; those without one are left out. */
  public <T> List<T> artifacts(Class<T> type) {
    List<TaskRecord> done =
        tasks.stream().map(Task::toRecord).filter(task -> task.output().isPresent()).toList();
    List<Output> outputs = done.stream().flatMap(task -> task.output().stream()).toList();
    Reader together = reader.with(outputs);
    return done.stream()
        .map(task -> together.artifact(task.output().orElseThrow(), task.id().toString()).as(type))
        .toList();
  }

  /** Its address. */
  @Override
  public String toString() {
    return id.toString();
  }
}
