package dev.colophon.core.run;

import dev.colophon.core.Name;
import java.util.Optional;

/**
 * Where a run stands among others. Derived when it is recorded; nobody types it.
 *
 * @param project name of the project; empty for a flow that belongs to none
 * @param branch of the project; of a flow that belongs to none, that of Git
 * @param commit of Git
 */
public record RunPlace(Optional<Name> project, Optional<String> branch, Optional<String> commit) {
  /** Of a flow without project and without Git. */
  public static final RunPlace NONE =
      new RunPlace(Optional.empty(), Optional.empty(), Optional.empty());
}
