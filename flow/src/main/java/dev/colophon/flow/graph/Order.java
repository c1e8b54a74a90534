package dev.colophon.flow.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An order in which steps can run, and the circles that allow none. */
final class Order {
  private final Map<String, BoundStep> waiting = new LinkedHashMap<>();

  private Order() {}

  /**
   * The steps such that none comes before one that it reads; among equals, in the order given. Left
   * out are those that belong to a circle or wait for one; each circle is a problem.
   */
  static List<BoundStep> of(List<BoundStep> steps, Problems problems) {
    var order = new Order();
    steps.forEach(step -> order.waiting.put(step.step().name(), step));
    List<BoundStep> ready = new ArrayList<>();
    for (var next = order.next(); !next.isEmpty(); next = order.next()) {
      ready.add(next.getFirst());
      order.waiting.remove(next.getFirst().step().name());
    }
    order.reportCircles(problems);
    return ready;
  }

  /** The first step that waits for no other, if any. */
  private List<BoundStep> next() {
    return waiting.values().stream()
        .filter(step -> step.reads().noneMatch(waiting::containsKey))
        .limit(1)
        .toList();
  }

  private void reportCircles(Problems problems) {
    Set<String> told = new HashSet<>();
    for (BoundStep step : waiting.values()) {
      var name = step.step().name();
      var circle = told.contains(name) ? List.<String>of() : circle(name);
      if (!circle.isEmpty()) {
        told.addAll(circle);
        problems.add(
            step.step().position(),
            "steps wait for each other: %s; remove one of these arguments"
                .formatted(String.join(" → ", circle)));
      }
    }
  }

  private List<String> readsOf(String reader) {
    return Optional.ofNullable(waiting.get(reader)).stream()
        .flatMap(BoundStep::reads)
        .filter(waiting::containsKey)
        .toList();
  }

  /** The shortest way from a step over what it reads back to itself, both ends included. */
  private List<String> circle(String start) {
    Map<String, String> readBy = new HashMap<>();
    Deque<String> edge = new ArrayDeque<>(List.of(start));
    while (!edge.isEmpty() && !readBy.containsKey(start)) {
      var reader = edge.remove();
      for (String read : readsOf(reader)) {
        if (readBy.putIfAbsent(read, reader) == null) {
          edge.add(read);
        }
      }
    }
    List<String> way = new ArrayList<>();
    for (var at = readBy.get(start); at != null; at = at.equals(start) ? null : readBy.get(at)) {
      way.add(at);
    }
    if (way.isEmpty()) {
      return way;
    }
    Collections.reverse(way);
    way.add(start);
    return way;
  }
}
