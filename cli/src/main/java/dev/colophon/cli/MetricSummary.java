package dev.colophon.cli;

import dev.colophon.cli.frame.Show;
import dev.colophon.cli.frame.Table;
import dev.colophon.core.Name;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.run.Metric;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A metric of a step in one line.
 *
 * @param last of each task that measured it, the value measured last
 */
record MetricSummary(Name step, String name, String unit, List<Double> last) {
  private record Key(Name step, String name, String unit) {}

  static List<MetricSummary> of(Map<TaskId, List<Metric>> metrics) {
    Map<Key, Map<TaskId, Double>> values = new LinkedHashMap<>();
    metrics.forEach(
        (task, list) ->
            list.forEach(
                metric ->
                    values
                        .computeIfAbsent(
                            new Key(task.step(), metric.name(), metric.unit().orElse("")),
                            key -> new LinkedHashMap<>())
                        .put(task, metric.value())));
    List<MetricSummary> summaries = new ArrayList<>();
    values.forEach(
        (key, last) ->
            summaries.add(
                new MetricSummary(key.step(), key.name(), key.unit(), List.copyOf(last.values()))));
    return summaries;
  }

  void addTo(Table table) {
    DoubleSummaryStatistics all =
        last.stream().mapToDouble(Double::doubleValue).summaryStatistics();
    String value = Show.number(all.getAverage()) + (unit.isEmpty() ? "" : " " + unit);
    String range =
        last.size() == 1
            ? ""
            : "mean of %s, %s to %s"
                .formatted(
                    Show.count(last.size()), Show.number(all.getMin()), Show.number(all.getMax()));
    table.add(step.text(), name, value, range);
  }
}
