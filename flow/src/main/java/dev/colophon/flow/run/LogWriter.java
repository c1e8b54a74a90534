package dev.colophon.flow.run;

import dev.colophon.core.Subject.RunId;
import dev.colophon.core.run.LogChunk;
import dev.colophon.core.run.TaskLogs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps what the tasks of a run say while they say it: in groups, from a thread of its own, which
 * begins with the first line. What can't be kept is left out, and shows as such: a log must not
 * hide, or hinder, what it tells of. Thread-safe.
 */
final class LogWriter implements AutoCloseable {
  /** How long a line may wait for others. */
  static final Duration EVERY = Duration.ofMillis(500);

  private final RunId run;
  private final TaskLogs logs;
  private final Queue<TaskLog> news = new ConcurrentLinkedQueue<>();
  private final Semaphore wake = new Semaphore(0);
  private final AtomicBoolean begun = new AtomicBoolean();
  private final CountDownLatch over = new CountDownLatch(1);
  private final ReentrantLock writing = new ReentrantLock();

  LogWriter(RunId run, TaskLogs logs) {
    this.run = run;
    this.logs = logs;
  }

  /** There is something to take from this log. */
  void hasNews(TaskLog log) {
    news.add(log);
    wake.release();
    if (begun.compareAndSet(false, true)) {
      Thread.ofPlatform().daemon().name("colophon-logs").start(this::goOn);
    }
  }

  private void goOn() {
    try {
      boolean ended = false;
      while (!ended) {
        wake.acquire();
        ended = over.await(EVERY.toMillis(), TimeUnit.MILLISECONDS);
        wake.drainPermits();
        flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Keeps all that was said until now; returns when it was. */
  void flush() {
    writing.lock();
    try {
      List<LogChunk> chunks = new ArrayList<>();
      for (TaskLog log = news.poll(); log != null; log = news.poll()) {
        chunks.addAll(log.take());
      }
      if (!chunks.isEmpty()) {
        append(chunks);
      }
    } finally {
      writing.unlock();
    }
  }

  private void append(List<LogChunk> chunks) {
    try {
      logs.append(run, chunks);
    } catch (RuntimeException e) { // of whatever family: the thread has more to keep
      // the numbers of their bytes are missing: whoever reads is told how many
    }
  }

  /** Keeps what is left; the thread ends by itself. */
  @Override
  public void close() {
    over.countDown();
    wake.release();
    flush();
  }
}
