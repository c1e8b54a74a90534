package dev.colophon.core.run;

import dev.colophon.core.Digest;
import dev.colophon.core.Name;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.json.Json;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A run as the catalog knows it.
 *
 * @param code digest of its code version
 * @param heardAt when its runner last gave a sign of life
 * @param endedAt present exactly if the state is final; of a lost run, when it was declared lost
 * @param failure why it failed, of the first task that did
 * @param place where it stands among others
 */
public record RunRecord(
    RunId id,
    RunState state,
    SortedMap<String, Json> parameters,
    List<Name> tags,
    Digest code,
    long seed,
    Instant asOf,
    Instant startedAt,
    Instant heardAt,
    Optional<Instant> endedAt,
    String by,
    Runner runner,
    Optional<RunFailure> failure,
    RunPlace place) {
  /**
   * What made a run fail.
   *
   * @param task text of the id of the task, or of the step, that failed first
   */
  public record RunFailure(String task, String headline) {}

  public RunRecord {
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    tags = List.copyOf(tags);
  }

  /** A run of which it is not known where it stands among others. */
  public RunRecord(
      RunId id,
      RunState state,
      SortedMap<String, Json> parameters,
      List<Name> tags,
      Digest code,
      long seed,
      Instant asOf,
      Instant startedAt,
      Instant heardAt,
      Optional<Instant> endedAt,
      String by,
      Runner runner,
      Optional<RunFailure> failure) {
    this(
        id,
        state,
        parameters,
        tags,
        code,
        seed,
        asOf,
        startedAt,
        heardAt,
        endedAt,
        by,
        runner,
        failure,
        RunPlace.NONE);
  }
}
