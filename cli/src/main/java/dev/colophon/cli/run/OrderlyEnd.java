package dev.colophon.cli.run;

import dev.colophon.core.error.ErrorCode;
import dev.colophon.embedded.Colophon;
import dev.colophon.flow.run.ExitCalls;
import dev.colophon.flow.run.LocalRunner;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What happens to a run when its process is told to end, by Ctrl-C, by the system or by a step: it
 * is stopped and recorded, its answer or its error is printed, and only then the process ends.
 * Thread-safe.
 */
public final class OrderlyEnd {
  /** Exit status of a run that was stopped, as shells have it for an interrupt. */
  public static final int CANCELLED = 130;

  /**
   * How long the end of the process waits: for the steps, for the last commit and the end of the
   * run, each of which may wait for the catalog, and for whoever reads the answer.
   */
  static final Duration PATIENCE =
      LocalRunner.GRACE.plus(Colophon.PATIENCE.multipliedBy(2)).plusSeconds(10);

  /** What an end has to do with. */
  public interface Run {
    /**
     * Stops the run and starts nothing any more.
     *
     * @return whether a run was begun
     */
    boolean shutDown();

    /** The next interrupt ends the process at once, which a person may be told. */
    void nextInterruptEnds();

    /** Says that an interrupt ended the process at once. */
    void endedAtOnce();

    /** Says that the flow ended the process before there was a run. */
    void endedByFlow();
  }

  /** The part of a process that ends it. */
  interface Exit {
    void halt(int status);

    /** Has this done at the next interrupt; returns whether it will be. */
    boolean onInterrupt(Runnable action);
  }

  private final Run run;
  private final Exit exit;
  private final Thread command;
  private final CountDownLatch said = new CountDownLatch(1);
  private final AtomicInteger status = new AtomicInteger(1);
  private final Thread hook = new Thread(this::end, "colophon-exit");

  /**
   * @param command the thread that runs the command
   */
  OrderlyEnd(Run run, Exit exit, Thread command) {
    this.run = run;
    this.exit = exit;
    this.command = command;
  }

  /** Watches over a run of this process, which this thread is about to begin. */
  public static OrderlyEnd of(Run run) {
    OrderlyEnd end = new OrderlyEnd(run, ProcessExit.OF_THIS, Thread.currentThread());
    Runtime.getRuntime().addShutdownHook(end.hook);
    return end;
  }

  /** The command has printed all that it has to say, and ends with this status. */
  public void said(int exitStatus) {
    status.set(exitStatus);
    said.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return; // the process is ending, and has waited for this
    }
  }

  /** Ends the process, once there is nothing left to wait for. */
  void end() {
    if (exit.onInterrupt(this::endAtOnce)) {
      run.nextInterruptEnds();
    }
    if (!run.shutDown()) {
      endBeforeTheRun();
      return;
    }
    try {
      boolean all = said.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      exit.halt(all ? status.get() : CANCELLED); // a step's own exit status says nothing
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Nothing was begun, so there is nothing to end. */
  private void endBeforeTheRun() {
    if (ExitCalls.isExiting(command)) {
      run.endedByFlow();
      exit.halt(ErrorCode.INVALID.exitStatus());
    } else {
      exit.halt(CANCELLED);
    }
  }

  private void endAtOnce() {
    run.endedAtOnce();
    exit.halt(CANCELLED);
  }
}
