package dev.colophon.core.lineage;

import dev.colophon.core.code.Fingerprint;
import dev.colophon.core.run.Input;
import dev.colophon.core.run.TaskKey;
import java.util.List;
import java.util.function.Supplier;

/**
 * What a task's outcome depends on, with what it takes to say it to a person.
 *
 * @param seed of the run, from which that of the task is derived
 * @param code all parts behind {@link TaskKey#code}; asked for only where code differs
 * @param inputs what the arguments were given, and by whom; asked for only where inputs differ
 */
public record Basis(
    TaskKey key, long seed, Supplier<Fingerprint> code, Supplier<List<Input>> inputs) {}
