package dev.colophon.core.run;

import dev.colophon.core.Artifact;
import java.time.Instant;

/**
 * An input from outside the flow, captured before any step saw it.
 *
 * @param name as the author wrote it in {@code @Input}; a glob has one dataset for each file, named
 *     by its path
 * @param artifact the captured content
 * @param location absolute path that it was captured from
 * @param capturedAt when the digest was taken or, for an unchanged file, confirmed
 */
public record Dataset(String name, Artifact artifact, String location, Instant capturedAt) {}
