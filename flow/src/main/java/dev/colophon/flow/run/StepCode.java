package dev.colophon.flow.run;

import dev.colophon.core.run.StepRecord.Reuse;
import dev.colophon.flow.fingerprint.StepPrint;

/**
 * What of a step's code enters the keys of its tasks.
 *
 * @param print of all that it reaches
 * @param reuse whether earlier outcomes are looked for
 */
public record StepCode(StepPrint print, Reuse reuse) {
  /**
   * Code that asks for its own address can't be reused, whatever is wanted.
   *
   * @param wanted by the author and the person
   */
  public static StepCode of(StepPrint print, Reuse wanted) {
    return new StepCode(print, print.asksId() && wanted != Reuse.OFF ? Reuse.IMPOSSIBLE : wanted);
  }

  /** Whether outcomes of its tasks can be reused, now or later. */
  boolean hasKeys() {
    return reuse == Reuse.ON || reuse == Reuse.REFRESH;
  }
}
