package dev.colophon.flow.fingerprint;

/** Ends code that a mutation made endless. One thread at a time. */
public final class Budget {
  private static final long MOST = 300_000;
  private static long left;

  private Budget() {}

  /** Gives a new budget. */
  static void refill() {
    left = MOST;
  }

  /** Called by instrumented code at each jump and method. */
  public static void tick() {
    if (left-- <= 0) {
      throw new IllegalStateException("endless");
    }
  }
}
