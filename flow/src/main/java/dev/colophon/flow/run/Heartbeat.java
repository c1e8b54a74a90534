package dev.colophon.flow.run;

import dev.colophon.core.Subject.RunId;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.error.ColophonException;
import dev.colophon.core.error.ColophonException.Conflict;
import dev.colophon.core.run.RunLog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Gives signs of life of a run, from a thread of its own: however long the store or the catalog
 * keeps anybody else waiting, a run that lives is heard of. Thread-safe.
 */
public final class Heartbeat implements AutoCloseable {
  /** How often; a run is taken for lost after several missing ones. */
  public static final Duration EVERY = Duration.ofSeconds(2);

  private final RunId run;
  private final RunLog runs;
  private final Clock clock;
  private final Consumer<RuntimeException> broken;
  private final Map<TaskId, Instant> begun = new LinkedHashMap<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread thread;

  /**
   * Begins.
   *
   * @param broken told, from the thread of the signs, that no more can be given, such as of a run
   *     that was declared lost
   */
  public Heartbeat(RunId run, RunLog runs, Clock clock, Consumer<RuntimeException> broken) {
    this.run = run;
    this.runs = runs;
    this.clock = clock;
    this.broken = broken;
    this.thread = Thread.ofPlatform().daemon().name("colophon-heartbeat").start(this::goOn);
  }

  /** The next sign tells of this task. */
  public void began(TaskId task, Instant at) {
    synchronized (begun) {
      begun.put(task, at);
    }
  }

  /** The task is recorded: no need to tell any more that it began. */
  public void recorded(TaskId task) {
    synchronized (begun) {
      begun.remove(task);
    }
  }

  private void goOn() {
    try {
      while (!over.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
        beat();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      if (over.getCount() > 0) {
        broken.accept(e);
      }
    }
  }

  private void beat() {
    Map<TaskId, Instant> news;
    synchronized (begun) {
      news = new LinkedHashMap<>(begun);
    }
    List<RunLog.Begun> tasks =
        news.entrySet().stream()
            .map(task -> new RunLog.Begun(task.getKey(), 1, task.getValue()))
            .toList();
    try {
      runs.beat(run, clock, tasks);
    } catch (Conflict e) {
      throw e;
    } catch (ColophonException e) {
      return; // made up for by the next sign; what matters shows at the next commit
    }
    synchronized (begun) {
      begun.keySet().removeAll(news.keySet());
    }
  }

  /** Gives no further sign. One that is being given may still arrive. */
  public void stop() {
    over.countDown();
  }

  /** {@link #stop}, and waits for the sign that is being given. */
  @Override
  public void close() {
    stop();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
