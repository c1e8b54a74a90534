package dev.colophon.cli.status;

import dev.colophon.core.json.Json;
import java.util.Locale;
import java.util.Optional;

/**
 * Why something is not of the newest, or can't be told to be.
 *
 * @param name of the step, the dataset, the run or the version that is newer, or the source
 * @param text what a person reads
 */
public record Reason(
    Kind kind, String name, Optional<String> from, Optional<String> to, String text) {
  /** What is newer. */
  public enum Kind {
    /** The code of a step. */
    CODE,
    /** The content of a dataset. */
    DATA,
    /** A run of the same flow. */
    RUN,
    /** A version of the same model. */
    VERSION,
    /** Nothing is known to be: the flow's source is not there, or does not compile. */
    SOURCE
  }

  /** Whether it makes stale; a source that is not found only leaves it open. */
  boolean isStale() {
    return kind != Kind.SOURCE;
  }

  Json json() {
    return Json.object()
        .put("kind", kind.name().toLowerCase(Locale.ROOT))
        .put("name", name)
        .putIfPresent("from", from)
        .putIfPresent("to", to)
        .build();
  }
}
