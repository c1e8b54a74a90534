package dev.colophon.core.run;

import dev.colophon.core.Name;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.query.Field.Column;
import dev.colophon.core.query.RunOrder;
import dev.colophon.core.query.RunQuery;
import dev.colophon.core.query.Where;
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
  public static final int MOST = RunQuery.MOST;

  /** All runs, 50 a page. */
  public static final RunFilter ALL =
      new RunFilter(Optional.empty(), Optional.empty(), Optional.empty(), 50, Optional.empty());

  public RunFilter {
    if (limit < 1 || limit > MOST) {
      throw new Invalid("--limit %d: expected 1 to %d".formatted(limit, MOST));
    }
  }

  /** The same as a query. */
  public RunQuery query() {
    Where where =
        flow.map(name -> Where.equal(Column.FLOW, name.text()))
            .orElse(Where.everything())
            .and(
                state
                    .map(wanted -> Where.equal(Column.STATE, wanted.text()))
                    .orElse(Where.everything()))
            .and(tag.map(name -> Where.equal(Column.TAG, name.text())).orElse(Where.everything()));
    return new RunQuery(where, RunOrder.NEWEST, limit, after);
  }
}
