package dev.colophon.core.run;

import dev.colophon.core.Artifact;
import dev.colophon.core.Name;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A node of a run's graph.
 *
 * @param dimensions names of the lists that the step is fanned out over; empty for a step with one
 *     task
 * @param reads names of the steps, parameters and datasets that its arguments name, in argument
 *     order
 * @param code fingerprint of its code, which is kept as content; empty if none was taken
 * @param reuse whether earlier outcomes were looked for
 */
public record StepRecord(
    Name name,
    List<String> dimensions,
    List<String> reads,
    Optional<Artifact.Blob> code,
    Reuse reuse) {
  /** Whether earlier outcomes are looked for. */
  public enum Reuse {
    /** An outcome of an equal key is taken. */
    ON,
    /** The step declares that it does not repeat itself: it always runs and is never reused. */
    OFF,
    /** The person wants nothing of this run to be reused, or this step to run anew. */
    REFRESH,
    /** The step asks for something that no other run has, such as its own address. */
    IMPOSSIBLE;

    /** Lower case, as records and JSON have it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Reads {@link #text}. */
    public static Reuse parse(String text) {
      return valueOf(text.toUpperCase(Locale.ROOT));
    }
  }

  public StepRecord {
    dimensions = List.copyOf(dimensions);
    reads = List.copyOf(reads);
  }

  /** A step whose outcomes are not reused. */
  public StepRecord(Name name, List<String> dimensions, List<String> reads) {
    this(name, dimensions, reads, Optional.empty(), Reuse.OFF);
  }
}
