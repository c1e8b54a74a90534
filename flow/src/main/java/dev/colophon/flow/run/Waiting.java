package dev.colophon.flow.run;

import dev.colophon.core.Subject.RunId;
import dev.colophon.core.run.RunLog;
import dev.colophon.core.run.RunRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The wait for outcomes that other runs compute: from time to time it is looked whether they have
 * them, and whether they live. Confined to the deciding thread.
 */
final class Waiting {
  /** How often it is looked. */
  static final Duration EVERY = Duration.ofMillis(200);

  private final RunScope scope;
  private final RunLog runs;
  private final Predicate<RunRecord> gone;
  private final Set<RunId> told = new HashSet<>();
  private Instant next = Instant.MIN;

  Waiting(RunScope scope, RunLog runs, Predicate<RunRecord> gone) {
    this.scope = scope;
    this.runs = runs;
    this.gone = gone;
  }

  /** Whether it is time to ask again for what these runs hold. */
  boolean isOver(Set<RunId> holders) {
    Instant now = scope.clock().instant();
    if (holders.isEmpty() || now.isBefore(next)) {
      return false;
    }
    next = now.plus(EVERY);
    for (RunId holder : holders) {
      if (told.add(holder)) {
        scope.listener().runWaits(holder);
      }
    }
    runs.declareLost(run -> holders.contains(run.id()) && gone.test(run), now);
    return true;
  }
}
