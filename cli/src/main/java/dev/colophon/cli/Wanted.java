package dev.colophon.cli;

import dev.colophon.core.Artifact;
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
import dev.colophon.core.model.VersionRecord;
import dev.colophon.core.run.Output;
import dev.colophon.core.run.RunGraph;
import dev.colophon.core.run.RunState;
import dev.colophon.core.run.TaskRecord;
import dev.colophon.embedded.Colophon;
import dev.colophon.flow.codec.Stored;
import java.util.List;
import java.util.Optional;

/**
 * A stored value that a person names, and which part of it.
 *
 * @param component path of the part, such as {@code distance}; empty for the whole
 */
record Wanted(Stored stored, Optional<String> component) {
  /** How content is said to be written of which only the digest is known. */
  private static final String UNKNOWN_CODEC = "bytes";

  /**
   * Finds what the text names.
   *
   * @throws Invalid if it is none of the shapes of the help, or a step with several tasks
   * @throws NotFound if there is no such thing, or it left nothing behind
   */
  static Wanted find(String text, Address address) {
    Colophon colophon = address.colophon();
    String[] parts = text.split("/", 4);
    if (parts.length < 3 || text.indexOf('@') >= 0) {
      return whole(address.find(text), colophon);
    }
    RunId run = RunId.parse(parts[0] + "/" + parts[1]);
    RunGraph graph = colophon.runs().getGraph(run);
    String last = parts[parts.length - 1];
    int end = parts.length == 4 ? start(last, 0) : endOfStep(last, graph);
    Optional<String> component =
        end == last.length() ? Optional.empty() : Optional.of(path(last.substring(end)));
    String place = text.substring(0, text.length() - last.length() + end);
    return new Wanted(stored(task(Subject.parse(place), graph)), component);
  }

  /** Where the name of a step ends and a component begins. The name may itself hold dots. */
  private static int endOfStep(String text, RunGraph graph) {
    List<String> steps = graph.steps().stream().map(step -> step.name().text()).toList();
    int longest = -1;
    for (int end = start(text, 0); end < text.length(); end = start(text, end + 1)) {
      longest = steps.contains(text.substring(0, end)) ? end : longest;
    }
    if (steps.contains(text)) {
      return text.length();
    }
    return longest < 0 ? start(text, 0) : longest;
  }

  /** Where the next dot or bracket is; the end if there is none. */
  private static int start(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      if (text.charAt(i) == '.' || text.charAt(i) == '[') {
        return i;
      }
    }
    return text.length();
  }

  private static String path(String component) {
    return component.startsWith(".") ? component.substring(1) : component;
  }

  private static Wanted whole(Subject subject, Colophon colophon) {
    return switch (subject) {
      case VersionId version -> ofVersion(colophon.registry().getVersion(version));
      case AliasId alias ->
          ofVersion(colophon.registry().getVersion(colophon.lineage().versionOf(alias)));
      case Content(Digest digest) -> new Wanted(ofContent(digest, colophon), Optional.empty());
      case RunId run ->
          throw new Invalid(
              "run %s: expected a step of it, %s/STEP; \"colophon show %s\" lists them"
                  .formatted(run, run, run));
      case StepId step -> throw new IllegalStateException("step " + step);
      case TaskId task -> throw new IllegalStateException("task " + task);
    };
  }

  private static Wanted ofVersion(VersionRecord version) {
    return new Wanted(
        new Stored(version.artifact(), version.codec(), Optional.empty()), Optional.empty());
  }

  private static Stored ofContent(Digest digest, Colophon colophon) {
    Artifact artifact =
        colophon
            .runs()
            .findArtifact(digest)
            .orElseThrow(
                () ->
                    new NotFound(
                        "digest %s: no record names it; \"colophon show RUN\" names those of a run"
                            .formatted(digest)));
    return new Stored(artifact, UNKNOWN_CODEC, Optional.empty());
  }

  private static TaskRecord task(Subject subject, RunGraph graph) {
    if (subject instanceof TaskId task) {
      return ShowCommand.taskIn(graph, task);
    }
    StepId step = (StepId) subject;
    List<TaskRecord> tasks = ShowCommand.tasksOf(graph, step);
    if (tasks.size() > 1) {
      throw new Invalid(
          "step %s: %d tasks, expected one of them, such as %s; \"colophon show %s\" lists them"
              .formatted(step, tasks.size(), tasks.getFirst().id(), step));
    }
    return tasks.stream()
        .findFirst()
        .orElseThrow(
            () ->
                new NotFound(
                    "step %s: no task of it has begun; \"colophon show %s\" says how far the run came"
                        .formatted(step, step.run())));
  }

  private static Stored stored(TaskRecord task) {
    Output output =
        task.output()
            .orElseThrow(
                () ->
                    new NotFound(
                        task.state() == RunState.COMPLETED
                            ? "task %s: its step returns nothing, so there is nothing to get; \"colophon show %s\" shows its log and metrics"
                                .formatted(task.id(), task.id())
                            : "task %s: %s, it left nothing behind; \"colophon show %s\" says more"
                                .formatted(task.id(), task.state().text(), task.id())));
    return new Stored(output.artifact(), output.codec(), output.fileName());
  }
}
