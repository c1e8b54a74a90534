package dev.colophon.flow.run;

import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.run.LogLine;
import dev.colophon.core.run.Metric;
import dev.colophon.flow.TaskContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The context of a task while its step runs. */
final class RunningTask implements TaskContext {
  private final RunScope scope;
  private final TaskId task;
  private final TaskLog log;
  private final Queue<Metric> metrics = new ConcurrentLinkedQueue<>();

  RunningTask(RunScope scope, TaskId task, TaskLog log) {
    this.scope = scope;
    this.task = task;
    this.log = log;
  }

  @Override
  public void metric(String name, double value) {
    metrics.add(
        new Metric(
            scope.secrets().hidden(name),
            value,
            OptionalLong.empty(),
            Optional.empty(),
            scope.clock().instant()));
  }

  @Override
  public void metric(String name, double value, long step, String unit) {
    metrics.add(
        new Metric(
            scope.secrets().hidden(name),
            value,
            OptionalLong.of(step),
            Optional.of(unit).filter(text -> !text.isEmpty()),
            scope.clock().instant()));
  }

  @Override
  public void progress(long done, long total) {
    scope.listener().taskProgressed(task, done, total);
  }

  @Override
  public void log(String line) {
    log.lines(LogLine.Stream.LOGGER, line);
  }

  @Override
  public Instant asOf() {
    return scope.run().asOf();
  }

  @Override
  public String id() {
    return task.toString();
  }

  @Override
  public Path folder() {
    return folder("own");
  }

  /** A folder of this task, made when first asked for. */
  Path folder(String name) {
    try {
      return Files.createDirectories(root().resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path root() {
    return scope.scratch().resolve("tasks").resolve(task.step().text()).resolve("t" + task.index());
  }

  List<Metric> metrics() {
    return List.copyOf(metrics);
  }

  /** Deletes the task's folders. */
  void cleanUp() throws IOException {
    Scratch.delete(root());
  }
}
