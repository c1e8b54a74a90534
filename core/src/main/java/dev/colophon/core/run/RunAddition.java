package dev.colophon.core.run;

import dev.colophon.core.Name;
import dev.colophon.core.error.ColophonException.Conflict;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.json.Json;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a run turns out to have beside what it started with: a program that tracks itself does not
 * know at its start what it is going to read and make.
 *
 * @param parameters value of each parameter, as canonical JSON
 * @param steps after those that the run has, in order
 * @param datasets after those that the run has
 */
public record RunAddition(
    SortedMap<String, Json> parameters, List<StepRecord> steps, List<Dataset> datasets) {
  public RunAddition {
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    steps = List.copyOf(steps);
    datasets = List.copyOf(datasets);
  }

  /**
   * Checks that it takes back nothing of what the run has.
   *
   * @throws Conflict if a parameter has another value already
   * @throws Invalid if there is such a step already
   */
  public void check(Map<String, Json> parametersBefore, Collection<Name> stepsBefore) {
    parameters.forEach(
        (name, value) -> {
          Json before = parametersBefore.get(name);
          if (before != null && !before.canonical().equals(value.canonical())) {
            throw new Conflict(
                "parameter %s: %s, but the run has %s; a parameter has one value, give another name"
                    .formatted(name, value.canonical(), before.canonical()));
          }
        });
    Set<Name> known = new HashSet<>(stepsBefore);
    for (StepRecord step : steps) {
      if (!known.add(step.name())) {
        throw new Invalid(
            "step %s: the run has one of this name; give another".formatted(step.name()));
      }
    }
  }
}
