package dev.colophon.core.run;

import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.error.ColophonException.Corrupt;
import dev.colophon.core.error.ColophonException.Invalid;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Some lines of what one attempt of a task said, in the order of their ends. Immutable; any thread
 * may use it.
 *
 * <p>The encoded form is, for each line, the letter of its stream, the nanoseconds since 1970 of
 * its moment in decimal digits, a blank, the text as UTF-8 and a line feed
 * (docs/formats/catalog.md, "log_chunks").
 */
public final class LogChunk {
  private static final long NANOS = 1_000_000_000L;

  private final TaskId task;
  private final int attempt;
  private final long fromByte;
  private final long textBytes;
  private final byte[] encoded;

  /**
   * A chunk as it was encoded.
   *
   * @param attempt number of the try, from 1
   * @param fromByte how much text the attempt had written before these lines, line ends included;
   *     what lies between the end of one chunk and the beginning of the next was left out
   * @param textBytes how much text these lines are, line ends included
   * @param encoded the lines; not to be changed any more by the caller
   */
  public LogChunk(TaskId task, int attempt, long fromByte, long textBytes, byte[] encoded) {
    if (attempt < 1 || fromByte < 0 || textBytes < 1 || encoded.length == 0) {
      throw new Invalid(
          "log of %s: attempt %d, %d bytes from byte %d; expected an attempt from 1 and a line at least"
              .formatted(task, attempt, textBytes, fromByte));
    }
    this.task = task;
    this.attempt = attempt;
    this.fromByte = fromByte;
    this.textBytes = textBytes;
    this.encoded = encoded;
  }

  /** A chunk of these lines. */
  public static LogChunk of(TaskId task, int attempt, long fromByte, List<LogLine> lines) {
    ByteArrayOutputStream encoded = new ByteArrayOutputStream();
    long textBytes = 0;
    for (LogLine line : lines) {
      byte[] text = line.text().getBytes(StandardCharsets.UTF_8);
      encoded.writeBytes(head(line.stream(), line.at()));
      encoded.writeBytes(text);
      encoded.write('\n');
      textBytes += text.length + 1;
    }
    return new LogChunk(task, attempt, fromByte, textBytes, encoded.toByteArray());
  }

  /** What the encoded form has before the text of a line. */
  public static byte[] head(LogLine.Stream stream, Instant at) {
    long nanos = Math.addExact(Math.multiplyExact(at.getEpochSecond(), NANOS), at.getNano());
    return (stream.letter() + Long.toString(nanos) + " ").getBytes(StandardCharsets.US_ASCII);
  }

  public TaskId task() {
    return task;
  }

  /** Number of the try, from 1. */
  public int attempt() {
    return attempt;
  }

  /** How much text the attempt had written before, in bytes. */
  public long fromByte() {
    return fromByte;
  }

  /** How much text these lines are, in bytes. */
  public long textBytes() {
    return textBytes;
  }

  /** How much text the attempt had written after these lines, in bytes. */
  public long endByte() {
    return fromByte + textBytes;
  }

  /**
   * When the first of the lines began.
   *
   * @throws Corrupt if the encoded form is damaged
   */
  public Instant at() {
    int blank = find(' ', 0);
    return line(0, blank, find('\n', blank)).at();
  }

  /** A copy of the encoded lines. */
  public byte[] encoded() {
    return encoded.clone();
  }

  /**
   * The lines.
   *
   * @throws Corrupt if the encoded form is damaged
   */
  public List<LogLine> lines() {
    List<LogLine> lines = new ArrayList<>();
    int start = 0;
    while (start < encoded.length) {
      int blank = find(' ', start);
      int end = find('\n', blank);
      lines.add(line(start, blank, end));
      start = end + 1;
    }
    return lines;
  }

  private LogLine line(int start, int blank, int end) {
    try {
      long nanos =
          Long.parseLong(
              new String(encoded, start + 1, blank - start - 1, StandardCharsets.US_ASCII));
      return new LogLine(
          LogLine.Stream.ofLetter(encoded[start]),
          Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS)),
          new String(encoded, blank + 1, end - blank - 1, StandardCharsets.UTF_8));
    } catch (NumberFormatException | Invalid e) {
      throw damaged(e);
    }
  }

  private int find(char wanted, int from) {
    for (int i = from; i < encoded.length; i++) {
      if (encoded[i] == wanted) {
        return i;
      }
    }
    throw damaged(new Invalid("expected '%c' after byte %d".formatted(wanted, from)));
  }

  private Corrupt damaged(RuntimeException cause) {
    return new Corrupt(
        "log of %s, attempt %d, from byte %d: it can't be read (%s); the other parts of it can"
            .formatted(task, attempt, fromByte, cause.getMessage()),
        cause);
  }
}
