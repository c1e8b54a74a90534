package dev.colophon.flow.graph;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The problems found so far. Confined to one check. */
final class Problems {
  private final List<Problem> found = new ArrayList<>();

  void add(Position position, String message) {
    found.add(new Problem(position, message));
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  List<Problem> inOrder() {
    return found.stream().sorted(Comparator.comparing(Problem::position)).toList();
  }
}
