package dev.colophon.flow.graph;

import dev.colophon.flow.graph.FlowDeclaration.Field;
import dev.colophon.flow.graph.FlowDeclaration.Step;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The steps and parameters of a flow by name, in the order of declaration. */
final class Names {
  private final Map<String, Step> steps = new LinkedHashMap<>();
  private final Map<String, Field> params = new LinkedHashMap<>();

  private Names() {}

  /** Of two steps with one name, the first counts; of a step and a parameter, both do. */
  static Names of(FlowDeclaration flow, Problems problems) {
    var names = new Names();
    for (Field field : flow.fields()) {
      if (field.help().isPresent() && field.owner().equals(flow.className())) {
        names.params.put(field.name(), field);
      }
    }
    Set<String> methods = new HashSet<>();
    for (Step step : flow.steps()) {
      if (step.owner().equals(flow.className())) {
        names.add(step, methods, problems);
      }
    }
    return names;
  }

  private void add(Step step, Set<String> methods, Problems problems) {
    if (!methods.add(step.method())) {
      problems.add(
          step.position(),
          "two steps have a method %s; rename one, since a step is found by its method's name"
              .formatted(step.method()));
    } else if (steps.containsKey(step.name())) {
      problems.add(
          step.position(),
          "two steps are named \"%s\": methods %s and %s; rename one"
              .formatted(step.name(), steps.get(step.name()).method(), step.method()));
    } else if (params.containsKey(step.name())) {
      problems.add(
          step.position(),
          "\"%s\" is a step and a parameter; rename one, since arguments are wired by name"
              .formatted(step.name()));
    }
    steps.putIfAbsent(step.name(), step);
  }

  Collection<Step> steps() {
    return steps.values();
  }

  Collection<Field> params() {
    return params.values();
  }

  Optional<Step> step(String name) {
    return Optional.ofNullable(steps.get(name));
  }

  Optional<Field> param(String name) {
    return Optional.ofNullable(params.get(name));
  }

  /** {@code no step named "trian"; did you mean "train"?}, or which names there are. */
  String unknown(String name) {
    Set<String> known = new LinkedHashSet<>(params.keySet());
    known.addAll(steps.keySet());
    return Suggestion.closest(name, known)
        .map(
            meant ->
                "no %s named \"%s\"; did you mean \"%s\"?"
                    .formatted(steps.containsKey(meant) ? "step" : "parameter", name, meant))
        .orElseGet(
            () ->
                "no step or parameter named \"%s\"; there are: %s"
                    .formatted(name, String.join(", ", known)));
  }
}
