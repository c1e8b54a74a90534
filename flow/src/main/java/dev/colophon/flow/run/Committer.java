package dev.colophon.flow.run;

import dev.colophon.core.ArtifactStore;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.error.ColophonException.Unavailable;
import dev.colophon.core.run.Output;
import dev.colophon.core.run.RunLog;
import dev.colophon.core.run.TaskEnd;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Commits finished tasks in groups: whatever finished while the last group was being written makes
 * up the next one. Bytes are made durable first, then the records that name them. Tasks are
 * committed in the order of {@link #submit}, so no consumer is ever recorded before its producer.
 */
final class Committer implements AutoCloseable {
  /** Most tasks in one transaction: keeps other processes' waits short. */
  private static final int MOST_IN_GROUP = 1_024;

  /** Hears what became of submitted tasks, from the committer's thread. */
  interface Receiver {
    void committed(List<Submission> group, List<Optional<Output>> outputs);

    /** Nothing of this group, or of any later one, was recorded. */
    void commitFailed(RuntimeException cause);
  }

  /** A finished task and where it stands in the plan. */
  record Submission(TaskNode node, TaskEnd end, boolean usesStore) {}

  private final RunId run;
  private final RunLog runs;
  private final InstantSource clock;
  private final LogWriter logs;
  private final ArtifactStore store;
  private final Receiver receiver;
  private final BlockingQueue<Submission> waiting = new LinkedBlockingQueue<>();
  private final Thread thread;

  Committer(
      RunId run,
      RunLog runs,
      InstantSource clock,
      LogWriter logs,
      ArtifactStore store,
      Receiver receiver) {
    this.run = run;
    this.runs = runs;
    this.clock = clock;
    this.logs = logs;
    this.store = store;
    this.receiver = receiver;
    this.thread = Thread.ofPlatform().daemon().name("colophon-committer").start(this::commitGroups);
  }

  /** Hands over a finished task; from any thread. Callers bound how many wait. */
  void submit(Submission submission) {
    waiting.add(submission);
  }

  private void commitGroups() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        List<Submission> group = new ArrayList<>();
        group.add(waiting.take());
        waiting.drainTo(group, MOST_IN_GROUP - 1);
        if (group.stream().anyMatch(Submission::usesStore)) {
          store.sync();
        }
        logs.flush(); // whose tasks are recorded, their logs are kept as safely
        List<Optional<Output>> outputs =
            runs.commit(run, group.stream().map(Submission::end).toList(), clock);
        receiver.committed(group, outputs);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    } catch (RuntimeException e) {
      receiver.commitFailed(e);
    } catch (Error e) {
      receiver.commitFailed(new Unavailable("finished tasks can't be recorded: " + e, e));
    }
  }

  /** Stops the thread. What still waits, after a failed commit, is not recorded. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
