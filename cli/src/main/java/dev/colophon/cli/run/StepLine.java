package dev.colophon.cli.run;

import dev.colophon.core.Name;
import dev.colophon.core.run.Metric;
import dev.colophon.core.run.Output;
import dev.colophon.core.run.RunState;
import dev.colophon.core.run.TaskEnd;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is known of a step while its run goes on, as one line. Not thread-safe. */
final class StepLine {
  /** Metrics shown of a step; all of them are recorded. */
  private static final int MOST_METRICS = 2;

  private final Name step;
  private final int tasks;
  private final Map<String, DoubleSummaryStatistics> metrics = new LinkedHashMap<>();
  private final List<String> versions = new ArrayList<>();
  private @Nullable Instant startedAt;
  private @Nullable Instant endedAt;
  private int running;
  private int ended;
  private int failed;
  private int cancelled;
  private double fraction = -1;

  StepLine(Name step, int tasks) {
    this.step = step;
    this.tasks = tasks;
  }

  void taskStarted(Instant at) {
    running++;
    startedAt = startedAt == null ? at : startedAt;
  }

  void progressed(long done, long total) {
    fraction = total > 0 ? (double) done / total : -1;
  }

  void taskEnded(TaskEnd end, Optional<Output> output) {
    running--;
    ended++;
    failed += end.state() == RunState.FAILED ? 1 : 0;
    cancelled += end.state() == RunState.CANCELLED ? 1 : 0;
    endedAt = end.endedAt();
    fraction = -1;
    for (Metric metric : end.metrics()) {
      if (metric.step().isEmpty()) {
        metrics
            .computeIfAbsent(metric.name(), name -> new DoubleSummaryStatistics())
            .accept(metric.value());
      }
    }
    output
        .flatMap(Output::version)
        .ifPresent(version -> versions.add(version.model() + " version " + version.number()));
  }

  boolean isComplete() {
    return ended == tasks;
  }

  boolean isRunning() {
    return running > 0;
  }

  int nameWidth() {
    return step.text().length();
  }

  /** The line, its name padded to a width. */
  String text(int nameWidth, Instant now) {
    List<String> parts = new ArrayList<>();
    parts.add(("%-" + nameWidth + "s").formatted(step));
    parts.add("%-7s".formatted(state()));
    if (tasks != 1) {
      parts.add("%,d/%,d".formatted(ended - failed - cancelled, tasks));
    }
    if (startedAt != null) {
      parts.add(
          seconds(Duration.between(startedAt, endedAt != null && isComplete() ? endedAt : now)));
    }
    if (isRunning() && fraction >= 0) {
      parts.add("%.0f %%".formatted(100 * fraction));
    }
    parts.addAll(versions);
    metrics.entrySet().stream()
        .limit(MOST_METRICS)
        .forEach(metric -> parts.add(metric(metric.getKey(), metric.getValue())));
    return "  " + parts.stream().collect(Collectors.joining("   "));
  }

  private String state() {
    if (!isComplete()) {
      return isRunning() ? "running" : "waiting";
    }
    return failed > 0 ? "failed" : cancelled > 0 ? "stopped" : "done";
  }

  private static String metric(String name, DoubleSummaryStatistics values) {
    NumberFormat format = NumberFormat.getNumberInstance(Locale.ROOT);
    format.setMaximumFractionDigits(Math.abs(values.getAverage()) < 10 ? 3 : 1);
    String mean = values.getCount() > 1 ? "mean " : "";
    return mean + name + " " + format.format(values.getAverage());
  }

  static String seconds(Duration took) {
    double seconds = took.toMillis() / 1000.0;
    return seconds < 60
        ? "%.1f s".formatted(seconds)
        : "%d min %02d s".formatted((long) seconds / 60, (long) seconds % 60);
  }
}
