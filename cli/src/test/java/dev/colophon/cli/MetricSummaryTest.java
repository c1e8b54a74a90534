package dev.colophon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colophon.core.IndexPath;
import dev.colophon.core.Name;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.run.Metric;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class MetricSummaryTest {
  private static final RunId RUN = new RunId(Name.of("Fan"), 1);

  private final Map<TaskId, List<Metric>> metrics = new LinkedHashMap<>();

  private void measured(int task, OptionalLong step, double value, String unit) {
    metrics
        .computeIfAbsent(
            RUN.step(Name.of("fit")).task(new IndexPath(List.of(task))), id -> new ArrayList<>())
        .add(
            new Metric(
                "loss", value, step, Optional.of(unit).filter(u -> !u.isEmpty()), Instant.EPOCH));
  }

  private String shown() {
    MetricSummary summary = MetricSummary.of(metrics).getFirst();
    return summary.value() + "|" + summary.note();
  }

  @Test
  void aSingleMeasurementIsItsValue() {
    measured(0, OptionalLong.empty(), 0.7, "");
    assertThat(shown()).isEqualTo("0.7|");
  }

  @Test
  void aSeriesIsItsLastValueAndSaysSo() {
    measured(0, OptionalLong.of(0), 0.9, "");
    measured(0, OptionalLong.of(1), 0.5, "");
    measured(0, OptionalLong.of(2), 0.4, "");
    assertThat(shown()).isEqualTo("0.4|last of 3, at 2");
  }

  @Test
  void severalTasksAreTheirMean() {
    measured(0, OptionalLong.empty(), 1, "ms");
    measured(1, OptionalLong.empty(), 3, "ms");
    assertThat(shown()).isEqualTo("2|ms   mean of 2, 1 to 3");
  }

  @Test
  void seriesOfSeveralTasksAreTheMeanOfTheirLastValuesAndSaySo() {
    measured(0, OptionalLong.of(0), 9, "");
    measured(0, OptionalLong.of(1), 1, "");
    measured(1, OptionalLong.of(0), 9, "");
    measured(1, OptionalLong.of(1), 3, "");
    assertThat(shown()).isEqualTo("2|mean of the last of each of 2, 1 to 3");
  }
}
