package dev.colophon.flow.fingerprint;

import dev.colophon.core.Digest;
import dev.colophon.core.code.Fingerprint;
import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * What the engine needs of a step's code to decide whether a task has to be executed. Thread-safe.
 */
public final class StepPrint {
  private final Digest digest;
  private final SortedSet<String> parameters;
  private final boolean asksAsOf;
  private final boolean asksId;
  private final Supplier<Fingerprint> fingerprint;

  /**
   * @param fingerprint gives all parts; called at most once for each call of {@link #fingerprint}
   */
  StepPrint(
      Digest digest,
      SortedSet<String> parameters,
      boolean asksAsOf,
      boolean asksId,
      Supplier<Fingerprint> fingerprint) {
    this.digest = digest;
    this.parameters = Collections.unmodifiableSortedSet(new TreeSet<>(parameters));
    this.asksAsOf = asksAsOf;
    this.asksId = asksId;
    this.fingerprint = fingerprint;
  }

  /** What a fingerprint says. */
  public static StepPrint of(Fingerprint fingerprint) {
    Set<String> asks = fingerprint.names(Fingerprint.Kind.ASKS);
    return new StepPrint(
        fingerprint.digest(),
        fingerprint.names(Fingerprint.Kind.PARAMETER),
        asks.contains(Fingerprint.AS_OF),
        asks.contains(Fingerprint.ID),
        () -> fingerprint);
  }

  /** Digest of the fingerprint's text. */
  public Digest digest() {
    return digest;
  }

  /**
   * Names of the flow's parameters whose fields the code may read, besides those that are arguments
   * of the step. Their values belong in the key.
   */
  public SortedSet<String> parameters() {
    return parameters;
  }

  /** Whether the code may ask for the run's moment, which then belongs in the key. */
  public boolean asksAsOf() {
    return asksAsOf;
  }

  /** Whether the code may ask for the task's address, so that no other task's result will do. */
  public boolean asksId() {
    return asksId;
  }

  /** All parts. May be read from a cache, or found anew. */
  public Fingerprint fingerprint() {
    return fingerprint.get();
  }
}
