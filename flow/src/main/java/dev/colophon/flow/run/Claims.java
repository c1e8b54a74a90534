package dev.colophon.flow.run;

import dev.colophon.core.Digest;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.run.Outcomes;
import dev.colophon.core.run.Outcomes.Claim;
import dev.colophon.core.run.Outcomes.Granted;
import dev.colophon.core.run.Outcomes.Held;
import dev.colophon.core.run.Outcomes.Outcome;
import dev.colophon.core.run.Outcomes.Recorded;
import dev.colophon.core.run.StepRecord.Reuse;
import dev.colophon.core.run.TaskKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/**
 * Decides for tasks that are ready whether they run, take an outcome that is recorded, or wait for
 * somebody else who computes it: another run, or a task of this one with an equal key. Confined to
 * the thread of the {@link RunSession}.
 */
final class Claims {
  /** Most tasks that are decided about in one go: keeps other processes' waits short. */
  private static final int MOST_AT_ONCE = 2_048;

  /** A task and all that it needs to begin. */
  record Prepared(TaskNode node, List<Handover> handovers, Optional<TaskKey> key) {}

  /** A task that takes an outcome. */
  record Reusable(Prepared task, TaskKey key, Outcome outcome) {}

  private final RunScope scope;
  private final RunPlan plan;
  private final Outcomes outcomes;
  private final TaskKeys keys;
  private final Queue<TaskNode> ready = new ArrayDeque<>();
  private final Queue<Prepared> startable = new ArrayDeque<>();
  private final Queue<Reusable> reusable = new ArrayDeque<>();
  private final Map<Digest, List<TaskNode>> computing = new HashMap<>();
  private final Map<TaskNode, RunId> held = new LinkedHashMap<>();
  private final Map<TaskNode, RunId> waited = new HashMap<>();
  private final Set<RunId> takenOver = new HashSet<>();

  Claims(RunScope scope, RunPlan plan, Outcomes outcomes) {
    this.scope = scope;
    this.plan = plan;
    this.outcomes = outcomes;
    this.keys = new TaskKeys(scope);
  }

  /** Whatever these tasks wait for is there. */
  void add(List<TaskNode> nodes) {
    ready.addAll(nodes);
  }

  /** The next task that takes an outcome, if one is known. */
  Optional<Reusable> nextReusable() {
    decide();
    return Optional.ofNullable(reusable.poll());
  }

  /** The next task that is to run, if there is one. */
  Optional<Prepared> nextToRun() {
    decide();
    return Optional.ofNullable(startable.poll());
  }

  /** A task with this key has ended and is recorded: those with the same key may go on. */
  void recorded(TaskKey key) {
    List<TaskNode> twins = computing.remove(key.digest());
    if (twins != null) {
      ready.addAll(twins);
    }
  }

  /** Runs that compute what tasks of this one wait for. */
  Set<RunId> holders() {
    return new LinkedHashSet<>(held.values());
  }

  /** Asks again for what others hold. */
  void askAgain() {
    ready.addAll(held.keySet());
    waited.putAll(held);
    held.clear();
  }

  /** Nothing is going to begin any more. */
  void clear() {
    ready.clear();
    startable.clear();
    reusable.clear();
    held.clear();
  }

  private void decide() {
    while (startable.isEmpty() && reusable.isEmpty() && !ready.isEmpty()) {
      Map<TaskId, Prepared> asking = new LinkedHashMap<>();
      for (int i = 0; i < MOST_AT_ONCE && !ready.isEmpty(); i++) {
        prepare(ready.remove(), asking);
      }
      if (!asking.isEmpty()) {
        ask(asking);
      }
    }
  }

  private void prepare(TaskNode node, Map<TaskId, Prepared> asking) {
    List<Handover> handovers = plan.handovers(node);
    Prepared task = new Prepared(node, handovers, keys.key(node, handovers));
    if (task.key().isEmpty()) {
      startable.add(task);
      return;
    }
    Digest key = task.key().get().digest();
    List<TaskNode> twins = computing.get(key);
    if (twins != null) {
      twins.add(node);
    } else if (reuse(node) == Reuse.REFRESH) {
      computing.put(key, new ArrayList<>());
      startable.add(task);
    } else {
      computing.put(key, new ArrayList<>());
      asking.put(node.id(), task);
    }
  }

  private Reuse reuse(TaskNode node) {
    return Optional.ofNullable(scope.codes().get(node.id().step()))
        .map(StepCode::reuse)
        .orElse(Reuse.OFF);
  }

  private void tellIfTakenOver(TaskNode node) {
    RunId holder = waited.remove(node);
    if (holder != null && takenOver.add(holder)) {
      scope.listener().runTakesOver(holder);
    }
  }

  private void ask(Map<TaskId, Prepared> asking) {
    Map<TaskId, Digest> wanted = new HashMap<>();
    asking.forEach((id, task) -> wanted.put(id, task.key().orElseThrow().digest()));
    Map<TaskId, Claim> answers = outcomes.claim(scope.run().id(), wanted);
    Set<Outcome> unreadable = scope.contents().unreadable(recorded(answers.values()));
    for (Prepared task : asking.values()) {
      TaskKey key = task.key().orElseThrow();
      switch (Optional.ofNullable(answers.get(task.node().id())).orElseThrow()) {
        case Granted() -> {
          startable.add(task);
          tellIfTakenOver(task.node());
        }
        case Recorded(Outcome outcome) -> {
          if (unreadable.contains(outcome)) {
            startable.add(task);
          } else {
            reusable.add(new Reusable(task, key, outcome));
          }
        }
        case Held(RunId by) -> {
          held.put(task.node(), by);
          recorded(key);
        }
      }
    }
  }

  private static List<Outcome> recorded(Collection<Claim> answers) {
    List<Outcome> outcomes = new ArrayList<>();
    for (Claim answer : answers) {
      if (answer instanceof Recorded(Outcome outcome)) {
        outcomes.add(outcome);
      }
    }
    return outcomes;
  }
}
