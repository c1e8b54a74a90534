package dev.colophon.flow.run;

import dev.colophon.core.IndexPath;
import dev.colophon.core.error.ColophonException.Invalid;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the places of a fanned-out step: one for each combination of indexes of its dimensions, in
 * order. The length of a dimension may depend on the place in the dimensions before it.
 */
final class Expansion {
  /** Most tasks of one step: beyond it a fan-out is taken for a mistake. */
  static final int MOST_TASKS = 1_000_000;

  /** Tells how long a dimension's list is. */
  @FunctionalInterface
  interface Lengths {
    /**
     * The length of the list at one place.
     *
     * @param outer place in the dimensions before this one
     */
    int lengthOf(String dimension, List<Integer> outer);
  }

  private final String step;
  private final List<String> dimensions;
  private final Lengths lengths;
  private final List<IndexPath> places = new ArrayList<>();

  private Expansion(String step, List<String> dimensions, Lengths lengths) {
    this.step = step;
    this.dimensions = dimensions;
    this.lengths = lengths;
  }

  /**
   * @throws Invalid if the step would have more than {@value #MOST_TASKS} tasks
   */
  static List<IndexPath> places(String step, List<String> dimensions, Lengths lengths) {
    Expansion expansion = new Expansion(step, dimensions, lengths);
    expansion.extend(List.of());
    return expansion.places;
  }

  private void extend(List<Integer> outer) {
    if (outer.size() == dimensions.size()) {
      if (places.size() == MOST_TASKS) {
        throw new Invalid(
            "step \"%s\": more than %,d tasks over %s; use fewer elements, or let one task handle several"
                .formatted(step, MOST_TASKS, dimensions));
      }
      places.add(outer.isEmpty() ? IndexPath.NONE : new IndexPath(outer));
      return;
    }
    int length = lengths.lengthOf(dimensions.get(outer.size()), outer);
    for (int i = 0; i < length; i++) {
      List<Integer> inner = new ArrayList<>(outer);
      inner.add(i);
      extend(inner);
    }
  }
}
