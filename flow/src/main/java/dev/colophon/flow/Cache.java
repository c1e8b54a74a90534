package dev.colophon.flow;

/** Whether what a step computed may stand for what it would compute again. */
public enum Cache {
  /** A task takes the outcome of an earlier one whose code and inputs are equal. */
  ON,
  /**
   * Each task runs, and no later one takes its outcome: for a step that does not repeat itself,
   * such as one that asks a service. What reads its value is still reused where the value is equal.
   */
  OFF
}
