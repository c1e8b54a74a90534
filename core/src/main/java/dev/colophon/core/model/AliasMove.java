package dev.colophon.core.model;

import dev.colophon.core.Subject.AliasId;
import java.time.Instant;
import java.util.OptionalInt;

/**
 * One move of an alias, appended when it happened.
 *
 * @param from version that it named before; empty at its first move
 * @param why in the mover's words; may be empty
 */
public record AliasMove(
    AliasId alias, OptionalInt from, int to, Instant at, String by, String why) {}
