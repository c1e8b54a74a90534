package dev.colophon.embedded;

import dev.colophon.core.Name;
import dev.colophon.core.error.ColophonException.Invalid;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a person may ask of a run.
 *
 * @param parameters texts as typed, by parameter
 * @param workers most tasks that run at once, 1 or more
 * @param seed from which every task's random generator derives its own
 * @param asOf what the steps take for now; by default the run's start
 * @param verifyInputs whether to read every dataset again, even one that looks unchanged
 * @param refresh what is computed anew
 * @param by account of the person
 * @param commandLine as typed
 * @param branching decides of which branch of its project the run is
 */
public record RunOptions(
    Map<String, String> parameters,
    List<Name> tags,
    int workers,
    long seed,
    Optional<Instant> asOf,
    boolean verifyInputs,
    Refresh refresh,
    String by,
    List<String> commandLine,
    Branching branching) {
  public RunOptions {
    parameters = Map.copyOf(parameters);
    tags = List.copyOf(tags);
    commandLine = List.copyOf(commandLine);
    if (workers < 1) {
      throw new Invalid("--workers %d: expected 1 or more".formatted(workers));
    }
  }

  /** On the person's own branch. */
  public RunOptions(
      Map<String, String> parameters,
      List<Name> tags,
      int workers,
      long seed,
      Optional<Instant> asOf,
      boolean verifyInputs,
      Refresh refresh,
      String by,
      List<String> commandLine) {
    this(
        parameters,
        tags,
        workers,
        seed,
        asOf,
        verifyInputs,
        refresh,
        by,
        commandLine,
        Branching.OWN);
  }
}
