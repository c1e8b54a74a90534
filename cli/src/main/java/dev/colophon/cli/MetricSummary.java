package dev.colophon.cli;

import dev.colophon.cli.frame.Show;
import dev.colophon.core.Name;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.run.Metric;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A metric of a step in one line.
 *
 * @param last of each task that measured it, what it measured last
 * @param measured how often all tasks together did
 */
record MetricSummary(Name step, String name, String unit, List<Metric> last, int measured) {
  private record Key(Name step, String name, String unit) {}

  private record Series(Map<TaskId, Metric> last, AtomicInteger measured) {}

  static List<MetricSummary> of(Map<TaskId, List<Metric>> metrics) {
    Map<Key, Series> values = new LinkedHashMap<>();
    metrics.forEach(
        (task, list) ->
            list.forEach(
                metric -> {
                  Series series =
                      values.computeIfAbsent(
                          new Key(task.step(), metric.name(), metric.unit().orElse("")),
                          key -> new Series(new LinkedHashMap<>(), new AtomicInteger()));
                  series.last().put(task, metric);
                  series.measured().incrementAndGet();
                }));
    List<MetricSummary> summaries = new ArrayList<>();
    values.forEach(
        (key, series) ->
            summaries.add(
                new MetricSummary(
                    key.step(),
                    key.name(),
                    key.unit(),
                    List.copyOf(series.last().values()),
                    series.measured().get())));
    return summaries;
  }

  /** Its last value or, of several tasks, the mean of their last values. */
  String value() {
    return Show.number(range().getAverage());
  }

  /**
   * Its unit, and what the value is: {@code last of 30, at 29}; {@code ms mean of 3, 0.6 to 0.8}.
   */
  String note() {
    return Stream.of(unit, last.size() > 1 ? spread() : place())
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining("   "));
  }

  private String spread() {
    DoubleSummaryStatistics range = range();
    return "mean of %s%s, %s to %s"
        .formatted(
            measured == last.size() ? "" : "the last of each of ",
            Show.count(last.size()),
            Show.number(range.getMin()),
            Show.number(range.getMax()));
  }

  private String place() {
    OptionalLong at = last.getFirst().step();
    String where = at.isPresent() ? "at " + at.getAsLong() : "";
    String which = measured == 1 ? "" : "last of " + Show.count(measured);
    return which + (which.isEmpty() || where.isEmpty() ? "" : ", ") + where;
  }

  private DoubleSummaryStatistics range() {
    return last.stream().mapToDouble(Metric::value).summaryStatistics();
  }
}
