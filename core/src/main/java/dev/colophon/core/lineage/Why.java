package dev.colophon.core.lineage;

import dev.colophon.core.Digest;
import dev.colophon.core.Name;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.code.Fingerprint;
import dev.colophon.core.lineage.Cause.Kind;
import dev.colophon.core.run.Input;
import dev.colophon.core.run.Outcomes;
import dev.colophon.core.run.RunGraph;
import dev.colophon.core.run.RunLog;
import dev.colophon.core.run.StepRecord;
import dev.colophon.core.run.TaskKey;
import dev.colophon.core.run.TaskRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Explains why tasks ran, from the records alone. However many tasks are asked about, it costs
 * three questions to {@link Outcomes} and one {@link RunLog#getGraph} for each run that they are
 * compared with, at most. Not thread-safe.
 */
public final class Why {
  private final RunLog runs;
  private final Outcomes outcomes;
  private final Graphs graphs;
  private final Function<Digest, byte[]> contents;
  private final Map<Digest, Fingerprint> fingerprints = new HashMap<>();

  /**
   * @param contents reads an artifact whole
   */
  public Why(RunLog runs, Outcomes outcomes, Function<Digest, byte[]> contents) {
    this.runs = runs;
    this.outcomes = outcomes;
    this.graphs = new Graphs(runs);
    this.contents = contents;
  }

  /**
   * Explains tasks of one run. What a task depends on is recorded when it ends: one that has not
   * ended, or was stopped before it could begin, is left out.
   *
   * @param tasks of this graph
   */
  public List<Explanation> explain(RunGraph graph, List<TaskRecord> tasks) {
    List<TaskId> ran =
        tasks.stream().filter(task -> task.origin().isEmpty()).map(TaskRecord::id).toList();
    Map<TaskId, TaskKey> keys = outcomes.findKeys(ran);
    Map<TaskId, Basis> bases = new LinkedHashMap<>();
    for (TaskRecord task : tasks) {
      Optional.ofNullable(keys.get(task.id()))
          .ifPresent(key -> bases.put(task.id(), basis(graph, task, key)));
    }
    Map<TaskId, Difference> differences = compare(bases);
    List<Explanation> explained = new ArrayList<>();
    for (TaskRecord task : tasks) {
      StepRecord step = step(graph, task.id().step());
      Optional<Difference> difference = Optional.ofNullable(differences.get(task.id()));
      if (task.origin().isPresent()) {
        explained.add(new Explanation(task.id(), true, task.origin(), List.of()));
      } else if (difference.isPresent()) {
        explained.add(
            new Explanation(
                task.id(),
                false,
                difference.get().earlier(),
                causes(graph.run().id(), step, difference.get())));
      } else if (task.state().isFinal() && rule(step).isPresent()) {
        explained.add(new Explanation(task.id(), false, Optional.empty(), rules(step)));
      }
    }
    return explained;
  }

  /**
   * What a task has not in common with an earlier one.
   *
   * @param earlier with which it was compared; empty if there is none
   * @param causes none without an earlier one
   */
  public record Difference(Optional<TaskId> earlier, List<Cause> causes) {
    public Difference {
      causes = List.copyOf(causes);
    }
  }

  /** Compares tasks, which need not be recorded, with the earlier ones at their places. */
  public Map<TaskId, Difference> compare(Map<TaskId, Basis> tasks) {
    Map<TaskId, TaskId> earlier = outcomes.findEarlier(tasks.keySet());
    Map<TaskId, TaskKey> keys = outcomes.findKeys(new HashSet<>(earlier.values()));
    Map<TaskId, Difference> differences = new LinkedHashMap<>();
    tasks.forEach(
        (task, now) -> {
          Optional<TaskId> other = Optional.ofNullable(earlier.get(task));
          differences.put(
              task,
              new Difference(
                  other,
                  other.map(id -> Comparison.causes(basis(id, keys), now)).orElseGet(List::of)));
        });
    return differences;
  }

  private List<Cause> causes(RunId run, StepRecord step, Difference difference) {
    List<Cause> causes = new ArrayList<>(difference.causes());
    Optional<Cause> rule =
        step.reuse() == StepRecord.Reuse.REFRESH
            ? Optional.of(Cause.of(Kind.POLICY, refresh(run, step.name())))
            : rule(step);
    rule.ifPresent(causes::add);
    if (causes.isEmpty()) {
      causes.add(difference.earlier().isEmpty() ? Cause.NO_EARLIER : Cause.OUTCOME_GONE);
    }
    return causes;
  }

  private Basis basis(RunGraph graph, TaskRecord task, TaskKey key) {
    return new Basis(key, graph.run().seed(), () -> fingerprint(key.code()), task::inputs);
  }

  private Basis basis(TaskId task, Map<TaskId, TaskKey> keys) {
    TaskKey key = Optional.ofNullable(keys.get(task)).orElseThrow();
    Graphs.Loaded run = graphs.of(task.run());
    return new Basis(
        key,
        run.graph.run().seed(),
        () -> fingerprint(key.code()),
        () -> run.task(task).map(TaskRecord::inputs).orElse(List.<Input>of()));
  }

  private Fingerprint fingerprint(Digest code) {
    return fingerprints.computeIfAbsent(code, digest -> Fingerprint.parse(contents.apply(digest)));
  }

  private static StepRecord step(RunGraph graph, Name name) {
    return graph.steps().stream()
        .filter(step -> step.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("a task of no step: " + name));
  }

  /** The rule, and who is to blame if it applies since all of the author's code counts. */
  private List<Cause> rules(StepRecord step) {
    List<Cause> rules = new ArrayList<>(rule(step).stream().toList());
    if (step.reuse() == StepRecord.Reuse.IMPOSSIBLE) {
      step.code()
          .map(code -> Comparison.undecided(fingerprint(code.digest())))
          .ifPresent(rules::addAll);
    }
    return rules;
  }

  private static Optional<Cause> rule(StepRecord step) {
    return rule(step.reuse(), step.code().isPresent());
  }

  /**
   * The rule by which no outcome of a step is ever reused, if there is one.
   *
   * @param fingerprinted whether the step's code is known
   */
  public static Optional<Cause> rule(StepRecord.Reuse reuse, boolean fingerprinted) {
    return switch (reuse) {
      case ON, REFRESH -> Optional.empty();
      case IMPOSSIBLE -> Optional.of(Cause.of(Kind.POLICY, "asks for its own address"));
      case OFF ->
          Optional.of(
              Cause.of(
                  Kind.POLICY, fingerprinted ? "@Step(cache = OFF)" : "its code is not known"));
    };
  }

  private String refresh(RunId run, Name step) {
    Collection<String> typed = runs.getEnvironment(run).commandLine();
    return typed.contains("--no-cache") ? "--no-cache" : "--refresh " + step;
  }
}
