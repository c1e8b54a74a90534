package dev.colophon.core.query;

import dev.colophon.core.error.ColophonException.Invalid;
import java.util.Optional;

/**
 * Which runs to list, and how.
 *
 * @param limit most runs on a page, 1 to {@value #MOST}
 * @param after {@code next} of the page before: the id of its last run
 */
public record RunQuery(Where where, RunOrder order, int limit, Optional<String> after) {
  /** Most runs that one page can hold. */
  public static final int MOST = 1_000;

  public RunQuery {
    if (limit < 1 || limit > MOST) {
      throw new Invalid("--limit %d: expected 1 to %d".formatted(limit, MOST));
    }
  }
}
