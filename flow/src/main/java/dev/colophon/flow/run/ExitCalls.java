package dev.colophon.flow.run;

import dev.colophon.core.run.Failure;
import java.util.Arrays;

/**
 * Recognises a step that called {@link System#exit}: its thread waits for the end of the process
 * for ever.
 */
public final class ExitCalls {
  static final Failure FAILURE =
      new Failure(
          "",
          "the step called System.exit, which would have ended the whole run; throw an exception instead",
          "");

  private ExitCalls() {}

  /** Whether a thread is in that call. */
  public static boolean isExiting(Thread thread) {
    return Arrays.stream(thread.getStackTrace())
        .anyMatch(
            frame ->
                frame.getClassName().equals(Runtime.class.getName())
                    && frame.getMethodName().equals("exit"));
  }
}
