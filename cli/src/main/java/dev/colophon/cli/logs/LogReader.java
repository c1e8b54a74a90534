package dev.colophon.cli.logs;

import dev.colophon.core.Subject.InRun;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.Subject.StepId;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.run.LogChunk;
import dev.colophon.core.run.LogLine;
import dev.colophon.core.run.RunGraph;
import dev.colophon.core.run.TaskLogs.Piece;
import dev.colophon.core.run.TaskRecord;
import dev.colophon.embedded.Colophon;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads the logs of a run, a step or a task, as far as they are written, and then what was added.
 * Lines of one task come in their order, those of different tasks by their times as far as they
 * were written together. Holds a few megabytes at a time. Not thread-safe.
 */
public final class LogReader {
  /** Chunks that are read at once; each holds little more than 64 KiB. */
  private static final int PAGE = 64;

  private final Colophon colophon;
  private final InRun of;
  private final Map<Attempt, Long> ends = new HashMap<>();
  private final Set<TaskId> reused = new HashSet<>();
  private long position;

  private record Attempt(TaskId task, int attempt) {}

  private record Timed(Instant at, LogEntry entry) {}

  public LogReader(Colophon colophon, InRun of) {
    this.colophon = colophon;
    this.of = of;
  }

  /** Logs of tasks that ran before logs were kept in chunks; once, at the beginning. */
  public void readOld(RunGraph graph, Consumer<LogEntry> entries) {
    for (TaskRecord task : graph.tasks()) {
      if (task.log().isPresent() && isAskedFor(task.id())) {
        byte[] text = colophon.artifacts().bytes(task.log().get().content().digest());
        new String(text, StandardCharsets.UTF_8)
            .lines()
            .forEach(line -> entries.accept(new LogEntry.Untimed(task.id(), line)));
      }
    }
  }

  private boolean isAskedFor(TaskId task) {
    return switch (of) {
      case RunId run -> true;
      case StepId step -> task.stepId().equals(step);
      case TaskId one -> task.equals(one);
    };
  }

  /** All that was written since the last time. */
  public void readNew(Consumer<LogEntry> entries) {
    List<Piece> page = page(position);
    while (!page.isEmpty()) {
      merged(page).forEach(entries);
      page.stream().filter(Piece::isReused).forEach(piece -> reused.add(piece.task()));
      position = page.getLast().position();
      page = page(position);
    }
  }

  /**
   * Logs of outcomes that were taken from earlier tasks since those of their run were read for the
   * first time: they lie further back.
   */
  public void readReused(Consumer<LogEntry> entries) {
    List<Piece> page = page(0);
    while (!page.isEmpty()) {
      merged(
              page.stream()
                  .filter(piece -> piece.isReused() && !reused.contains(piece.task()))
                  .toList())
          .forEach(entries);
      page = page(page.getLast().position());
    }
  }

  /** A chunk that several tasks of a run reuse counts once for each: none may be cut off. */
  private List<Piece> page(long after) {
    int limit = PAGE;
    List<Piece> page = colophon.taskLogs().read(of, after, limit);
    while (page.size() == limit && page.getFirst().position() == page.getLast().position()) {
      limit *= 2;
      page = colophon.taskLogs().read(of, after, limit);
    }
    if (page.size() < limit) {
      return page;
    }
    long cut = page.getLast().position();
    return page.stream().filter(piece -> piece.position() < cut).toList();
  }

  private List<LogEntry> merged(List<Piece> page) {
    List<Timed> timed = new ArrayList<>();
    Map<TaskId, Instant> latest = new HashMap<>();
    for (Piece piece : page) {
      LogChunk chunk = piece.chunk();
      Attempt attempt = new Attempt(piece.task(), chunk.attempt());
      long end = ends.getOrDefault(attempt, 0L);
      if (chunk.fromByte() > end) {
        timed.add(
            new Timed(
                later(latest, piece.task(), chunk.at()),
                new LogEntry.LeftOut(piece.task(), chunk.attempt(), chunk.fromByte() - end)));
      }
      ends.put(attempt, chunk.endByte());
      for (LogLine line : chunk.lines()) {
        timed.add(
            new Timed(
                later(latest, piece.task(), line.at()),
                new LogEntry.Said(piece.task(), chunk.attempt(), line)));
      }
    }
    return timed.stream().sorted(Comparator.comparing(Timed::at)).map(Timed::entry).toList();
  }

  /** The moment by which a line is sorted in: never before the one above it. */
  private static Instant later(Map<TaskId, Instant> latest, TaskId task, Instant at) {
    return latest.merge(task, at, (known, next) -> next.isAfter(known) ? next : known);
  }
}
