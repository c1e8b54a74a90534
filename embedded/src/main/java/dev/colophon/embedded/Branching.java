package dev.colophon.embedded;

import dev.colophon.core.Name;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.run.ProjectBranch;
import java.util.Optional;

/** Decides of which branch of its project a run is, once its flow is known. */
@FunctionalInterface
public interface Branching {
  /** The person's own branch. */
  Branching OWN = (flow, project, by) -> project.map(name -> ProjectBranch.of(name, by));

  /**
   * The branch; empty for a flow that belongs to no project.
   *
   * @param project that the flow belongs to
   * @param by account of the person
   * @throws Invalid if the person asked for what this flow can't have
   */
  Optional<ProjectBranch> of(Name flow, Optional<Name> project, String by);
}
