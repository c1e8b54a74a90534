package dev.colophon.flow.checks;

import dev.colophon.flow.graph.CheckedFlow;
import dev.colophon.flow.graph.FlowChecker;
import dev.colophon.flow.graph.Problem;
import dev.colophon.flow.processor.FlowProcessor;
import dev.colophon.flow.reflect.ReflectedFlow;
import java.util.List;
import java.util.Optional;

/** The two ways in which a flow reaches the checker. */
enum Reading {
  SOURCE {
    @Override
    List<String> problems(String source) {
      return Compilation.of(
              "lies/Bad.java", source, Optional.of(new FlowProcessor()), List.of("-proc:only"))
          .errors();
    }
  },
  CLASS {
    @Override
    List<String> problems(String source) {
      var compiled =
          Compilation.of(
              "lies/Bad.java", source, Optional.empty(), List.of("-parameters", "-proc:none"));
      return switch (FlowChecker.check(ReflectedFlow.read(compiled.load(compiled.only("Bad"))))) {
        case CheckedFlow.Valid valid -> List.of();
        case CheckedFlow.Refused(List<Problem> problems) ->
            problems.stream().map(Problem::toString).toList();
      };
    }
  };

  /** {@code Bad.java:6 message}, for each problem. */
  abstract List<String> problems(String source);
}
