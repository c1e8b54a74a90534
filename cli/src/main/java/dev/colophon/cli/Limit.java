package dev.colophon.cli;

import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.run.RunFilter;

/** How many things a listing may be asked for. */
final class Limit {
  private Limit() {}

  static void check(int limit) {
    if (limit < 1 || limit > RunFilter.MOST) {
      throw new Invalid("--limit %d: expected 1 to %d".formatted(limit, RunFilter.MOST));
    }
  }
}
