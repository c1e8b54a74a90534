package dev.colophon.flow.graph;

import java.util.List;

/** What the checker says of a flow. */
public sealed interface CheckedFlow {
  /** It keeps all rules. */
  record Valid(FlowGraph graph) implements CheckedFlow {}

  /**
   * It breaks some.
   *
   * @param problems one or more, in the order of their positions
   */
  record Refused(List<Problem> problems) implements CheckedFlow {
    public Refused {
      problems = List.copyOf(problems);
      if (problems.isEmpty()) {
        throw new IllegalArgumentException("refused without a problem");
      }
    }
  }
}
