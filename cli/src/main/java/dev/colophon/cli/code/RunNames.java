package dev.colophon.cli.code;

import dev.colophon.core.Subject.RunId;
import dev.colophon.embedded.Colophon;

/** Finds the run that a person's words name: a run, what is in one, or a model version it made. */
@FunctionalInterface
public interface RunNames {
  /** How the help tells what is taken. */
  String SHAPES = "RUN, such as FlightDelays/12, or MODEL@VERSION: the run that made it.";

  /**
   * The run.
   *
   * @throws dev.colophon.core.error.ColophonException if there is none
   */
  RunId find(String text, Colophon colophon);
}
