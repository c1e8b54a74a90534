package dev.colophon.core.lineage;

import dev.colophon.core.Digest;
import dev.colophon.core.Subject;
import dev.colophon.core.Subject.AliasId;
import dev.colophon.core.Subject.Content;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.Subject.StepId;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.Subject.VersionId;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.error.ColophonException.NotFound;
import dev.colophon.core.model.Registry;
import dev.colophon.core.run.RunLog;
import dev.colophon.core.run.TaskRecord;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Walks over the records, upstream and downstream. Nothing is kept for it: every record points
 * backwards already. Costs one {@link RunLog#getGraph} for each run that a walk touches. May be
 * called from any thread.
 */
public final class Lineage {
  private static final String DIGEST_PREFIX = "sha256:";
  private static final String HEX = "0123456789abcdef";
  private static final int LEAST_DIGITS = 8;

  /** How many digests are named that begin with the same digits. */
  private static final int MOST_NAMED = 10;

  private final RunLog runs;
  private final Registry registry;

  public Lineage(RunLog runs, Registry registry) {
    this.runs = runs;
    this.registry = registry;
  }

  /**
   * What a text names: as {@link Subject#parse}, or the first 8 or more digits of a digest; an
   * alias is resolved to the version that it names now.
   *
   * @throws Invalid if the text has no such shape, or begins several digests
   * @throws NotFound if no record names such a digest, or there is no such alias
   */
  public Subject find(String text) {
    Optional<String> prefix = digestPrefix(text);
    if (prefix.isPresent()) {
      return new Content(complete(prefix.get()));
    }
    return switch (Subject.parse(text)) {
      case AliasId alias -> versionOf(alias);
      case RunId run -> run;
      case StepId step -> step;
      case TaskId task -> task;
      case VersionId version -> version;
      case Content content -> content;
    };
  }

  /**
   * Version that an alias names now.
   *
   * @throws NotFound if there is no such model or alias
   */
  public VersionId versionOf(AliasId alias) {
    return registry
        .findAlias(alias)
        .orElseThrow(
            () ->
                new NotFound(
                    "alias \"%s\" of model \"%s\": no such alias; it has %s"
                        .formatted(
                            alias.alias(),
                            alias.model(),
                            registry.getModel(alias.model()).aliases().keySet())));
  }

  /**
   * Where a subject came from.
   *
   * @throws NotFound if there is no such thing
   */
  public Trace trace(Subject subject) {
    Subject found = subject instanceof AliasId alias ? versionOf(alias) : subject;
    return new Upstream(runs, registry).trace(found);
  }

  /**
   * What was made from a subject: of content, by whoever read it, in any run; of anything else,
   * from what its own tasks left behind, and from nothing that is merely equal to it. Of a model
   * version neither the version itself nor the task that made it.
   *
   * @throws NotFound if there is no such thing
   */
  public Impact impact(Subject subject) {
    Downstream walk = new Downstream(runs, registry);
    return switch (subject) {
      case Content(Digest digest) -> {
        if (runs.findArtifact(digest).isEmpty()) {
          throw new NotFound(
              "digest %s: no record names it; \"colophon show RUN\" names those of a run"
                  .formatted(digest));
        }
        yield walk.ofContent(subject.toString(), List.of(digest));
      }
      case AliasId alias -> impact(versionOf(alias));
      case VersionId version -> walk.ofVersion(registry.getVersion(version));
      case RunId run ->
          walk.ofTasks(
              subject.toString(),
              runs.getGraph(run).tasks().stream().map(TaskRecord::id).toList(),
              Set.of(run));
      case StepId step -> walk.ofTasks(subject.toString(), tasksOf(step), Set.of());
      case TaskId task -> walk.ofTasks(subject.toString(), List.of(recorded(task)), Set.of());
    };
  }

  /**
   * What was made from all captures of the dataset of this name.
   *
   * @return empty if no run captured such a dataset
   */
  public Optional<Impact> impactOfDataset(String name) {
    List<Digest> captures =
        runs.findDatasets(Optional.empty(), Optional.of(name)).stream()
            .map(captured -> captured.dataset().artifact().digest())
            .distinct()
            .toList();
    return captures.isEmpty()
        ? Optional.empty()
        : Optional.of(new Downstream(runs, registry).ofContent(name, captures));
  }

  private List<TaskId> tasksOf(StepId step) {
    List<TaskId> tasks =
        runs.getGraph(step.run()).tasks().stream()
            .map(TaskRecord::id)
            .filter(task -> task.step().equals(step.step()))
            .toList();
    if (tasks.isEmpty()) {
      throw new NotFound(
          "step %s: no task of it has begun; \"colophon show %s\" lists the steps"
              .formatted(step, step.run()));
    }
    return tasks;
  }

  private TaskId recorded(TaskId task) {
    boolean known =
        runs.getGraph(task.run()).tasks().stream().anyMatch(found -> found.id().equals(task));
    if (!known) {
      throw new NotFound(
          "task %s: no such task has begun; \"colophon show %s\" lists the tasks"
              .formatted(task, task.stepId()));
    }
    return task;
  }

  private Digest complete(String prefix) {
    List<Digest> found = runs.findDigests(prefix, MOST_NAMED + 1);
    if (found.isEmpty()) {
      throw new NotFound(
          "digest %s…: no record names such a digest; \"colophon show RUN\" names those of a run"
              .formatted(prefix));
    }
    if (found.size() > 1) {
      throw new Invalid(
          "digest %s…: expected the beginning of one digest, found %s%s; give more digits"
              .formatted(
                  prefix,
                  found.stream()
                      .limit(MOST_NAMED)
                      .map(Digest::hex)
                      .collect(Collectors.joining(", ")),
                  found.size() > MOST_NAMED ? " and more" : ""));
    }
    return found.getFirst();
  }

  private static Optional<String> digestPrefix(String text) {
    boolean marked = text.startsWith(DIGEST_PREFIX);
    String digits = marked ? text.substring(DIGEST_PREFIX.length()) : text;
    boolean hex = digits.chars().allMatch(c -> HEX.indexOf(c) >= 0);
    if (!hex || digits.length() >= 64) {
      return Optional.empty();
    }
    if (digits.length() >= LEAST_DIGITS) {
      return Optional.of(digits);
    }
    if (marked) {
      throw new Invalid("digest \"%s\": expected at least %d digits".formatted(text, LEAST_DIGITS));
    }
    return Optional.empty();
  }
}
