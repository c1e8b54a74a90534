package dev.colophon.core.lineage;

import dev.colophon.core.Digest;
import dev.colophon.core.Name;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.code.CodeVersion;
import dev.colophon.core.json.Json;
import dev.colophon.core.run.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One thing in a {@link Trace}, with what it came from below it. A thing that several came from
 * stands in full once and is {@link Elsewhere} in all other places.
 */
public sealed interface Node {
  /** What a node can be. */
  enum Kind {
    MODEL_VERSION("model-version"),
    RUN("run"),
    STEP("step"),
    TASK("task"),
    ARTIFACT("artifact"),
    DATASET("dataset");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    /** As in JSON. */
    public String text() {
      return text;
    }
  }

  Kind kind();

  /**
   * Text that names it: of a dataset its name, of an artifact its digest, else as {@link
   * dev.colophon.core.Subject} writes it.
   */
  String id();

  /** Content: of a task what it left behind; empty for a run, and for a task that left nothing. */
  Optional<Digest> digest();

  /** The node in full. */
  record Full(
      Kind kind,
      String id,
      Optional<Digest> digest,
      Optional<Facts> facts,
      Optional<Source> source,
      List<Data> datasets,
      List<Node> parents)
      implements Node {
    public Full {
      datasets = List.copyOf(datasets);
      parents = List.copyOf(parents);
    }
  }

  /** A node that stands in full elsewhere in the same trace. */
  record Elsewhere(Kind kind, String id, Optional<Digest> digest) implements Node {}

  /**
   * When, where and by whom a thing was made.
   *
   * @param at of a task, when it ended or, while it runs, started; of a dataset, when captured
   * @param run empty for an artifact
   * @param step of a task, a step and a model version
   * @param state of a task and a run
   * @param took of a task that has ended
   * @param origin of a task that took another's outcome: the one that computed it
   */
  record Facts(
      Instant at,
      String by,
      RunId run,
      Optional<Name> step,
      Optional<RunState> state,
      Optional<Duration> took,
      Optional<TaskId> origin) {
    /** Of what is no reused task. */
    Facts(
        Instant at,
        String by,
        RunId run,
        Optional<Name> step,
        Optional<RunState> state,
        Optional<Duration> took) {
      this(at, by, run, step, state, took, Optional.empty());
    }
  }

  /**
   * Exact code and parameters of a run: borne by each model version, and by the first run, step or
   * task of each run in a trace. There {@link Full#datasets} are all captures of that run that it
   * came from, at other tasks only those that the task itself read.
   */
  record Source(CodeVersion code, SortedMap<String, Json> parameters) {
    public Source {
      parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    }
  }

  /**
   * A captured dataset.
   *
   * @param sizeBytes empty if the run did not record the capture
   */
  record Data(String name, Digest digest, OptionalLong sizeBytes) {}
}
