package dev.colophon.core.run;

import dev.colophon.core.Name;
import dev.colophon.core.error.ColophonException.Invalid;
import java.util.Optional;

/**
 * Which runs to list, newest first.
 *
 * @param limit most runs on a page, 1 to {@value #MOST}
 * @param after {@code next} of the page before
 */
public record RunFilter(
    Optional<Name> flow,
    Optional<RunState> state,
    Optional<Name> tag,
    int limit,
    Optional<String> after) {
  /** Most runs that one page can hold. */
  public static final int MOST = 1_000;

  /** All runs, 50 a page. */
  public static final RunFilter ALL =
      new RunFilter(Optional.empty(), Optional.empty(), Optional.empty(), 50, Optional.empty());

  public RunFilter {
    if (limit < 1 || limit > MOST) {
      throw new Invalid("limit %d: expected 1 to %d".formatted(limit, MOST));
    }
  }
}
