package dev.colophon.core.run;

import dev.colophon.core.Name;
import dev.colophon.core.error.ColophonException.Invalid;
import java.time.Instant;
import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Tags that a person gives to runs and takes from them.
 *
 * @param by account of the person
 */
public record TagChange(SortedSet<Name> add, SortedSet<Name> remove, Instant at, String by) {
  public TagChange {
    add = Collections.unmodifiableSortedSet(new TreeSet<>(add));
    remove = Collections.unmodifiableSortedSet(new TreeSet<>(remove));
    Set<Name> both = new TreeSet<>(add);
    both.retainAll(remove);
    if (!both.isEmpty()) {
      throw new Invalid(
          "tag %s: both added and removed; expected one of the two"
              .formatted(both.iterator().next()));
    }
  }
}
