package dev.colophon.core.run;

import dev.colophon.core.Name;

/**
 * Which line of work of a project a run belongs to.
 *
 * @param branch {@code production}, or whatever a person calls it; {@code user.ACCOUNT} by default
 */
public record ProjectBranch(Name project, Name branch) {
  /** The branch that others rely on: writing to it takes a token. */
  public static final Name PRODUCTION = Name.of("production");

  /** The production branch of a project. */
  public static ProjectBranch production(Name project) {
    return new ProjectBranch(project, PRODUCTION);
  }

  /** The branch that a person works on who names none. */
  public static ProjectBranch of(Name project, String account) {
    String safe = account.replaceAll("[^A-Za-z0-9._-]", "_");
    return new ProjectBranch(
        project, Name.of("user." + safe.substring(0, Math.min(safe.length(), 100))));
  }
}
