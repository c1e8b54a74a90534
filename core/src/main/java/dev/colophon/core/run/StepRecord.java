package dev.colophon.core.run;

import dev.colophon.core.Name;
import java.util.List;

/**
 * A node of a run's graph.
 *
 * @param dimensions names of the lists that the step is fanned out over; empty for a step with one
 *     task
 * @param reads names of the steps, parameters and datasets that its arguments name, in argument
 *     order
 */
public record StepRecord(Name name, List<String> dimensions, List<String> reads) {
  public StepRecord {
    dimensions = List.copyOf(dimensions);
    reads = List.copyOf(reads);
  }
}
