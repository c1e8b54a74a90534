package dev.colophon.core.lineage;

import dev.colophon.core.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One reason why a task ran although an earlier one had been at its place (docs/formats/cli.md,
 * "why").
 *
 * @param name of what differs: a method, a jar, an argument, a parameter, or the rule that applied
 * @param from what it was for the earlier task; empty if there was none, or nothing to tell
 * @param to what it is for this one
 */
public record Cause(Kind kind, String name, Optional<String> from, Optional<String> to) {
  /** What differs. The order is that in which causes are told. */
  public enum Kind {
    /** Something of the author's code that the step reaches; from and to are digests. */
    CODE,
    /** A jar that the step reaches; from and to are digests. */
    LIBRARY,
    /** What an argument is given; from and to are {@code PRODUCER DIGEST}. */
    INPUT,
    /** A parameter of the flow, or {@code seed} or {@code asOf} of the run; values as JSON. */
    PARAMETER,
    /** The element of an {@code @Each} argument; from and to are digests. */
    ELEMENT,
    /** The feature version of Java. */
    JDK,
    /** A rule that forbade to reuse, or made more count than the step is known to reach. */
    POLICY,
    /** No earlier run completed a task at this place. */
    FIRST;

    /** As in JSON. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** There is nothing to compare with. */
  public static final Cause NO_EARLIER = of(Kind.FIRST, "no earlier run completed it");

  /** Equal, and yet it could not be taken: what it left behind can't be read any more. */
  public static final Cause OUTCOME_GONE =
      of(Kind.POLICY, "the outcome of the earlier task was not there");

  /** A cause whose name says all. */
  public static Cause of(Kind kind, String name) {
    return new Cause(kind, name, Optional.empty(), Optional.empty());
  }

  /** Has all four members; {@code from} and {@code to} are null where there is nothing to tell. */
  public Json toJson() {
    return Json.object()
        .put("kind", kind.text())
        .put("name", name)
        .put("from", orNull(from))
        .put("to", orNull(to))
        .build();
  }

  /** Several as JSON. */
  public static Json toJson(List<Cause> causes) {
    return Json.of(causes.stream().map(Cause::toJson).toList());
  }

  private static Json orNull(Optional<String> text) {
    return text.<Json>map(Json::of).orElseGet(Json.Null::new);
  }
}
