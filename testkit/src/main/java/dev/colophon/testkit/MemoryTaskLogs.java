package dev.colophon.testkit;

import dev.colophon.core.Subject.InRun;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.Subject.StepId;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.run.LogChunk;
import dev.colophon.core.run.TaskLogs;
import dev.colophon.core.run.TaskRecord;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The logs of a {@link MemoryCatalog}. */
final class MemoryTaskLogs implements TaskLogs {
  private final MemoryRecords records;
  private final NavigableMap<Long, LogChunk> chunks = new TreeMap<>();

  MemoryTaskLogs(MemoryRecords records) {
    this.records = records;
  }

  @Override
  public void append(RunId run, List<LogChunk> added) {
    synchronized (records) {
      MemoryRun own = records.run(run);
      own.checkRunning();
      added.forEach(chunk -> MemoryCommit.checkTask(own, chunk.task()));
      for (LogChunk chunk : added) {
        own.tasks()
            .computeIfAbsent(chunk.task(), absent -> new TreeMap<>())
            .computeIfAbsent(
                chunk.attempt(), attempt -> MemoryRun.begun(chunk.task(), attempt, chunk.at()));
        chunks.put(chunks.isEmpty() ? 1L : chunks.lastKey() + 1, chunk);
        chunks.values().removeIf(old -> isBetween(old, chunk));
      }
    }
  }

  private static boolean isBetween(LogChunk old, LogChunk last) {
    return old.task().equals(last.task())
        && old.attempt() == last.attempt()
        && old.fromByte() >= KEPT_BYTES
        && old.endByte() <= last.endByte() - KEPT_BYTES;
  }

  @Override
  public List<Piece> read(InRun of, long after, int limit) {
    synchronized (records) {
      return chunks.tailMap(after, false).entrySet().stream()
          .flatMap(
              entry ->
                  readers(of, entry.getValue())
                      .map(task -> new Piece(entry.getKey(), task, entry.getValue())))
          .limit(limit)
          .toList();
    }
  }

  /** Tasks that were asked for and to which the chunk belongs: the writer, or who reused it. */
  private Stream<TaskId> readers(InRun of, LogChunk chunk) {
    return Optional.ofNullable(records.runs().get(of.run())).stream()
        .flatMap(run -> run.lastAttempts().stream())
        .filter(task -> task.origin().orElse(task.id()).equals(chunk.task()))
        .map(TaskRecord::id)
        .filter(
            task ->
                switch (of) {
                  case RunId run -> true;
                  case StepId step -> task.stepId().equals(step);
                  case TaskId one -> task.equals(one);
                });
  }
}
