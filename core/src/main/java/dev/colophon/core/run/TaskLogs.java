package dev.colophon.core.run;

import dev.colophon.core.Subject.InRun;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.error.ColophonException.Conflict;
import dev.colophon.core.error.ColophonException.Invalid;
import java.util.List;

/**
 * What tasks said, kept in chunks while they say it. All methods may be called from any thread and
 * from several processes.
 */
public interface TaskLogs {
  /** How much text of the beginning, and of the end, of an attempt's log is kept, in bytes. */
  int KEPT_BYTES = 512 * 1024;

  /** Keeps nothing, for tests of what stands above. */
  TaskLogs NONE =
      new TaskLogs() {
        @Override
        public void append(RunId run, List<LogChunk> chunks) {}

        @Override
        public List<Piece> read(InRun of, long after, int limit) {
          return List.of();
        }
      };

  /**
   * A chunk as it was kept.
   *
   * @param position where it stands among all chunks of the catalog, from 1; a later chunk has a
   *     greater one
   * @param task of the run that was asked for; of a reused outcome the chunk's own task is another,
   *     its origin
   */
  record Piece(long position, TaskId task, LogChunk chunk) {
    /** Whether the task took its outcome, and so this, from another. */
    public boolean isReused() {
      return !chunk.task().equals(task);
    }
  }

  /**
   * Keeps what tasks of one run said. A loss of power may take back what came after the last {@link
   * RunLog#commit}, and nothing else. A task that is not recorded yet counts as begun at its first
   * line. Of what an attempt said, whole chunks between its first and its last {@link #KEPT_BYTES}
   * are dropped again.
   *
   * @param chunks of one attempt in the order of their bytes
   * @throws Conflict if the run is not running any more
   * @throws Invalid if a task is of another run, or of a step that the run was started without
   */
  void append(RunId run, List<LogChunk> chunks);

  /**
   * Chunks of a run, of a step or of a task, in the order of their positions; of tasks that reused
   * an outcome, those of its origin. Nothing is found of what does not exist.
   *
   * @param after position of the last one that is known; 0 to begin
   * @param limit at most so many, 1 or more
   */
  List<Piece> read(InRun of, long after, int limit);
}
