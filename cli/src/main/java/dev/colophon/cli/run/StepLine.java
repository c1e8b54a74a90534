package dev.colophon.cli.run;

import dev.colophon.cli.frame.Screen;
import dev.colophon.core.IndexPath;
import dev.colophon.core.Name;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.Subject.VersionId;
import dev.colophon.core.run.Metric;
import dev.colophon.core.run.Output;
import dev.colophon.core.run.RunState;
import dev.colophon.core.run.TaskEnd;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
  private int reused;
  private final Set<RunId> origins = new LinkedHashSet<>();
  private final Map<IndexPath, Double> fractions = new HashMap<>();
  private boolean measured;

  StepLine(Name step, int tasks) {
    this.step = step;
    this.tasks = tasks;
  }

  void taskStarted(Instant at) {
    running++;
    startedAt = startedAt == null ? at : startedAt;
  }

  Name step() {
    return step;
  }

  /** A task tells how far it is. What it says never takes it back. */
  void progressed(IndexPath task, long done, long total) {
    if (total > 0) {
      measured = true;
      fractions.merge(task, Math.clamp((double) done / total, 0, 1), Math::max);
    }
  }

  /** How much of the step is done, by its tasks; they count the same. */
  private double fraction() {
    double part = fractions.values().stream().mapToDouble(Double::doubleValue).sum();
    return (ended + part) / tasks;
  }

  void taskEnded(TaskEnd end, Optional<Output> output) {
    Optional<TaskId> origin =
        end.result().orElse(null) instanceof TaskEnd.Reused(TaskId task)
            ? Optional.of(task)
            : Optional.empty();
    origin.map(TaskId::run).ifPresent(origins::add);
    reused += origin.isPresent() ? 1 : 0;
    running -= origin.isPresent() ? 0 : 1;
    ended++;
    failed += end.state() == RunState.FAILED ? 1 : 0;
    cancelled += end.state() == RunState.CANCELLED ? 1 : 0;
    endedAt = end.endedAt();
    fractions.remove(end.task().index());
    for (Metric metric : end.metrics()) {
      if (metric.step().isEmpty()) {
        metrics
            .computeIfAbsent(metric.name(), name -> new DoubleSummaryStatistics())
            .accept(metric.value());
      }
    }
    output.flatMap(Output::version).ifPresent(version -> versions.add(told(version, origin)));
  }

  private static String told(VersionId version, Optional<TaskId> origin) {
    return version.model()
        + " version "
        + version.number()
        + origin.map(task -> " (from run " + task.run().number() + ")").orElse("");
  }

  boolean isComplete() {
    return ended == tasks;
  }

  boolean hasBegun() {
    return startedAt != null || ended > 0;
  }

  boolean isRunning() {
    return running > 0;
  }

  /** The line of a step that goes on, its name padded to a width. */
  String text(int nameWidth, Instant now) {
    return text(nameWidth, now, padded(isRunning() ? "running" : "waiting"));
  }

  /** The line of a step of which nothing more will come. */
  String lastText(int nameWidth, Instant now, Screen screen) {
    RunState ending = ending();
    String word =
        ending != RunState.COMPLETED
            ? ending.text()
            : reused > 0 && reused == tasks ? "reused" : "done";
    return text(nameWidth, now, screen.paint(padded(word), ending));
  }

  private static String padded(String state) {
    return "%-7s".formatted(state);
  }

  private String text(int nameWidth, Instant now, String state) {
    List<String> parts = new ArrayList<>();
    parts.add(("%-" + nameWidth + "s").formatted(step));
    parts.add(state);
    if (tasks != 1) {
      parts.add("%,d/%,d".formatted(ended - failed - cancelled, tasks));
    }
    if (reused > 0) {
      parts.add(reused());
    }
    if (startedAt != null) {
      parts.add(
          seconds(Duration.between(startedAt, endedAt != null && isComplete() ? endedAt : now)));
    }
    if (isRunning() && measured) {
      parts.add("%d %%".formatted((int) (100 * fraction())));
    }
    parts.addAll(versions);
    metrics.entrySet().stream()
        .limit(MOST_METRICS)
        .forEach(metric -> parts.add(metric(metric.getKey(), metric.getValue())));
    return "  " + parts.stream().collect(Collectors.joining("   "));
  }

  /** Such as {@code from run 1} and {@code 3 reused from runs 1, 2}. */
  private String reused() {
    String runs =
        origins.stream().limit(3).map(run -> "" + run.number()).collect(Collectors.joining(", "));
    String from =
        "from run" + (origins.size() == 1 ? " " : "s ") + runs + (origins.size() > 3 ? ", …" : "");
    return reused == tasks ? from : "%,d reused %s".formatted(reused, from);
  }

  /** What the step ended as, or, incomplete as it is, will have ended as with the run. */
  private RunState ending() {
    return failed > 0
        ? RunState.FAILED
        : isComplete() && cancelled == 0 ? RunState.COMPLETED : RunState.CANCELLED;
  }

  private static String metric(String name, DoubleSummaryStatistics values) {
    NumberFormat format = NumberFormat.getNumberInstance(Locale.ROOT);
    format.setMaximumFractionDigits(Math.abs(values.getAverage()) < 10 ? 3 : 1);
    String mean = values.getCount() > 1 && !name.startsWith("mean") ? "mean " : "";
    return mean + name + " " + format.format(values.getAverage());
  }

  static String seconds(Duration took) {
    double seconds = took.toMillis() / 1000.0;
    return seconds < 60
        ? "%.1f s".formatted(seconds)
        : "%d min %02d s".formatted((long) seconds / 60, (long) seconds % 60);
  }
}
