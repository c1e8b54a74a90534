package dev.colophon.flow.graph;

import dev.colophon.core.Nearest;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The name that somebody meant who wrote another: {@link Nearest}, where flows are checked. */
public final class Suggestion {
  private Suggestion() {}

  /** As {@link Nearest#closest(String, Collection)}. */
  public static Optional<String> closest(String written, Collection<String> names) {
    return Nearest.closest(written, names);
  }

  /** As {@link Nearest#closest(String, Collection, int)}. */
  public static List<String> closest(String written, Collection<String> names, int limit) {
    return Nearest.closest(written, names, limit);
  }
}
