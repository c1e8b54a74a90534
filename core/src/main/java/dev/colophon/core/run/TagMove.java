package dev.colophon.core.run;

import dev.colophon.core.Name;
import dev.colophon.core.Subject.RunId;
import java.time.Instant;

/**
 * A tag that a person gave to a run after its start, or took from it.
 *
 * @param added whether it was given
 */
public record TagMove(RunId run, Name tag, boolean added, Instant at, String by) {}
