package dev.colophon.flow.run;

import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.run.LogChunk;
import dev.colophon.core.run.LogLine.Stream;
import dev.colophon.core.run.TaskLogs;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What an attempt of a task says: split into lines, and held until it is handed over to be kept.
 * Holds little more than twice {@link TaskLogs#KEPT_BYTES}, and nothing of a task that is silent:
 * what would not be kept anyway is left out. Thread-safe.
 */
final class TaskLog {
  /** A longer line is told, and kept, as several; in bytes. */
  static final int LONGEST_LINE = 64 * 1024;

  /** Text of a chunk, in bytes; the last line may exceed it. */
  private static final int CHUNK_BYTES = 64 * 1024;

  private final TaskId task;
  private final int attempt;
  private final Clock clock;
  private final Consumer<String> watcher;
  private final Consumer<TaskLog> hasNews;
  private final GivenSecrets secrets;
  private final Map<Stream, Redaction> redactions = new EnumMap<>(Stream.class);
  private final Map<Stream, Line> unfinished = new EnumMap<>(Stream.class);
  private final List<LogChunk> head = new ArrayList<>();
  private final Deque<LogChunk> tail = new ArrayDeque<>();
  private final ByteArrayOutputStream open = new ByteArrayOutputStream(0);
  private long openFromByte;
  private long writtenBytes;
  private boolean told;

  /** A line whose end was not written yet. */
  private static final class Line extends ByteArrayOutputStream {
    private Instant at = Instant.EPOCH;

    Line() {
      super(128);
    }

    void copyTo(ByteArrayOutputStream other) {
      other.write(buf, 0, count);
    }
  }

  /**
   * A log that nothing was written to.
   *
   * @param secrets neither told nor kept: stars take their place
   * @param watcher told each line that is not empty, as it ends
   * @param hasNews told when there is something to {@link #take}, once until it is taken
   */
  TaskLog(
      TaskId task,
      int attempt,
      Clock clock,
      GivenSecrets secrets,
      Consumer<String> watcher,
      Consumer<TaskLog> hasNews) {
    this.task = task;
    this.attempt = attempt;
    this.clock = clock;
    this.secrets = secrets;
    this.watcher = watcher;
    this.hasNews = hasNews;
  }

  /** Bytes as they come from a stream, of which lines need not end where they do. */
  synchronized void write(Stream stream, byte[] bytes, int offset, int length) {
    redactions
        .computeIfAbsent(stream, absent -> secrets.redaction())
        .next(bytes, offset, length, to(stream));
  }

  private Redaction.Target to(Stream stream) {
    return (bytes, offset, length) -> accept(stream, bytes, offset, length);
  }

  private void accept(Stream stream, byte[] bytes, int offset, int length) {
    Line line = unfinished.computeIfAbsent(stream, absent -> new Line());
    int start = offset;
    for (int i = offset; i < offset + length; i++) {
      if (bytes[i] == '\n') {
        add(stream, line, bytes, start, i - start);
        finish(stream, line);
        start = i + 1;
      }
    }
    add(stream, line, bytes, start, offset + length - start);
  }

  /** Lines by themselves, whatever the streams are in the middle of. */
  synchronized void lines(Stream stream, String text) {
    String told = secrets.hidden(text);
    for (String one : told.isEmpty() ? List.of("") : told.lines().toList()) {
      Line line = new Line();
      byte[] bytes = one.getBytes(StandardCharsets.UTF_8);
      add(stream, line, bytes, 0, bytes.length);
      finish(stream, line);
    }
  }

  /** Ends the lines that no end was written of. */
  synchronized void finishLines() {
    redactions.forEach((stream, redaction) -> redaction.end(to(stream)));
    unfinished.forEach(
        (stream, line) -> {
          if (line.size() > 0) {
            finish(stream, line);
          }
        });
  }

  /** All that was said since the last time, whole lines only. */
  synchronized List<LogChunk> take() {
    closeChunk();
    List<LogChunk> taken = new ArrayList<>(head);
    taken.addAll(tail);
    head.clear();
    tail.clear();
    told = false;
    return taken;
  }

  private void add(Stream stream, Line line, byte[] bytes, int offset, int length) {
    int start = offset;
    while (offset + length - start > LONGEST_LINE - line.size()) {
      int room = LONGEST_LINE - line.size();
      put(line, bytes, start, room);
      finish(stream, line);
      start += room;
    }
    put(line, bytes, start, offset + length - start);
  }

  private void put(Line line, byte[] bytes, int offset, int length) {
    if (line.size() == 0) {
      line.at = clock.instant();
    }
    line.write(bytes, offset, length);
  }

  private void finish(Stream stream, Line line) {
    open.writeBytes(LogChunk.head(stream, line.at));
    line.copyTo(open);
    open.write('\n');
    writtenBytes += line.size() + 1;
    if (line.size() > 0) {
      watcher.accept(line.toString(StandardCharsets.UTF_8));
    }
    line.reset();
    if (writtenBytes - openFromByte >= CHUNK_BYTES) {
      closeChunk();
    }
    if (!told) {
      told = true;
      hasNews.accept(this);
    }
  }

  private void closeChunk() {
    if (open.size() == 0) {
      return;
    }
    LogChunk chunk =
        new LogChunk(task, attempt, openFromByte, writtenBytes - openFromByte, open.toByteArray());
    if (openFromByte < TaskLogs.KEPT_BYTES) {
      head.add(chunk);
    } else {
      tail.add(chunk);
      while (tail.getFirst().endByte() <= writtenBytes - TaskLogs.KEPT_BYTES) {
        tail.removeFirst();
      }
    }
    open.reset();
    openFromByte = writtenBytes;
  }
}
