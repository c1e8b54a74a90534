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

  /** Whether it is on the production branch of a project. */
  public boolean isProduction() {
    return project.isPresent() && branch.equals(Optional.of(ProjectBranch.PRODUCTION.text()));
  }

  /**
   * The model that a step means by a name here: outside of a project, and in production, the name
   * itself; elsewhere one of the branch's own, {@code NAME.BRANCH}.
   */
  public Name model(Name name) {
    return project.isEmpty() || isProduction() ? name : Name.of(name + "." + branch.orElseThrow());
  }
}
