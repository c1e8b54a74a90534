package dev.colophon.core.run;

import dev.colophon.core.error.ColophonException;
import java.util.Locale;

/** Where a run, or one of its tasks, stands. */
public enum RunState {
  RUNNING,
  COMPLETED,
  /** A step threw, or what it returned could not be stored. */
  FAILED,
  /** A person stopped it. */
  CANCELLED,
  /** The process that ran it vanished without a word. */
  LOST;

  /** Whether nothing will change any more. */
  public boolean isFinal() {
    return this != RUNNING;
  }

  /** Lower case, as shown to people and in JSON. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads what {@link #text} wrote. */
  public static RunState parse(String text) {
    for (RunState state : values()) {
      if (state.text().equals(text)) {
        return state;
      }
    }
    throw new ColophonException.Invalid(
        "state \"%s\": expected running, completed, failed, cancelled or lost".formatted(text));
  }
}
