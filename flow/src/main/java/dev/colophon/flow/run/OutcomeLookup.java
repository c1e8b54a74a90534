package dev.colophon.flow.run;

import dev.colophon.core.Digest;
import dev.colophon.core.Name;
import dev.colophon.core.run.Outcomes;
import dev.colophon.core.run.Outcomes.Outcome;
import dev.colophon.core.run.RunFilter;
import dev.colophon.core.run.RunLog;
import dev.colophon.core.run.RunRecord;
import dev.colophon.core.run.TaskRecord;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds recorded outcomes that can be read. A long chain of steps asks for one key at a time: from
 * the {@value #PATIENCE}th question on, what the newest run of the flow left is known at once, and
 * most questions need no query. Confined to one thread.
 */
final class OutcomeLookup {
  private static final int PATIENCE = 8;

  private final Name flow;
  private final RunLog runs;
  private final Outcomes outcomes;
  private final RunContents contents;
  private final Map<Digest, Outcome> newest = new HashMap<>();
  private int questions;

  OutcomeLookup(Name flow, RunLog runs, Outcomes outcomes, RunContents contents) {
    this.flow = flow;
    this.runs = runs;
    this.outcomes = outcomes;
    this.contents = contents;
  }

  /** An outcome of each key; a key without one that can be read is absent. */
  Map<Digest, Outcome> find(Collection<Digest> keys) {
    if (++questions == PATIENCE) {
      readNewestRun();
    }
    Map<Digest, Outcome> found = new HashMap<>();
    for (Digest key : keys) {
      Optional.ofNullable(newest.get(key)).ifPresent(outcome -> found.put(key, outcome));
    }
    List<Digest> open = keys.stream().filter(key -> !found.containsKey(key)).toList();
    if (!open.isEmpty()) {
      found.putAll(readable(outcomes.find(open)));
    }
    return found;
  }

  private void readNewestRun() {
    RunFilter last =
        new RunFilter(Optional.of(flow), Optional.empty(), Optional.empty(), 1, Optional.empty());
    for (RunRecord run : runs.listRuns(last).items()) {
      Map<Digest, Outcome> left = new HashMap<>();
      for (TaskRecord task : runs.getGraph(run.id()).tasks()) {
        task.key()
            .ifPresent(
                key -> left.put(key, new Outcome(task.origin().orElse(task.id()), task.output())));
      }
      newest.putAll(readable(left));
    }
  }

  private Map<Digest, Outcome> readable(Map<Digest, Outcome> found) {
    Set<Outcome> unreadable = contents.unreadable(found.values());
    Map<Digest, Outcome> readable = new HashMap<>(found);
    readable.values().removeAll(unreadable);
    return readable;
  }
}
