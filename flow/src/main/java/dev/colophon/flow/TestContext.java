package dev.colophon.flow;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A context for an author's unit tests: it keeps in memory what a step says, and needs no run and
 * no store. May be used from any thread.
 */
public final class TestContext implements TaskContext {
  /** Address that every such task has. */
  public static final String ID = "Test/1/step";

  private final Path folder;
  private final Instant asOf;
  private final List<Metric> metrics = new CopyOnWriteArrayList<>();
  private final List<String> lines = new CopyOnWriteArrayList<>();

  /**
   * A number that a step recorded.
   *
   * @param step 0 unless it is one of a series
   * @param unit may be empty
   */
  public record Metric(String name, double value, long step, String unit) {}

  /**
   * @param folder an empty folder that the test owns, such as JUnit's {@code @TempDir}
   * @param asOf what the step takes for now
   */
  public TestContext(Path folder, Instant asOf) {
    this.folder = folder;
    this.asOf = asOf;
  }

  /** All recorded numbers, in order. */
  public List<Metric> metrics() {
    return List.copyOf(metrics);
  }

  /**
   * The number last recorded under a name.
   *
   * @throws NoSuchElementException if there is none
   */
  public double metric(String name) {
    return metrics.reversed().stream()
        .filter(metric -> metric.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new NoSuchElementException(
                    "metric \"%s\": not recorded; there are: %s"
                        .formatted(name, metrics.stream().map(Metric::name).distinct().toList())))
        .value();
  }

  /** The lines of the task's log, in order. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  @Override
  public void metric(String name, double value) {
    metric(name, value, 0, "");
  }

  @Override
  public void metric(String name, double value, long step, String unit) {
    metrics.add(new Metric(name, value, step, unit));
  }

  @Override
  public void progress(long done, long total) {}

  @Override
  public void log(String line) {
    lines.add(line);
  }

  @Override
  public Instant asOf() {
    return asOf;
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public Path folder() {
    return folder;
  }
}
