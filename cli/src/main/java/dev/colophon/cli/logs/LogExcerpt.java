package dev.colophon.cli.logs;

import dev.colophon.core.run.TaskEnd;
import dev.colophon.core.run.TaskLogs.Piece;
import dev.colophon.core.run.TaskRecord;
import dev.colophon.embedded.Colophon;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The end of what a task said.
 *
 * @param text at most {@value #MOST_BYTES} bytes and a mark that more came before
 * @param writtenBytes how much it said in all
 */
public record LogExcerpt(String text, long writtenBytes) {
  /** Most bytes of a log that are shown. */
  static final int MOST_BYTES = 4096;

  private static final int PAGE = 256;

  /** Of the task's last attempt; empty if it said nothing. */
  public static Optional<LogExcerpt> of(TaskRecord task, Colophon colophon) {
    if (task.log().isPresent()) {
      TaskEnd.Log log = task.log().get();
      byte[] content = colophon.artifacts().bytes(log.content().digest());
      return Optional.of(new LogExcerpt(end(content), log.writtenBytes()));
    }
    List<Piece> pieces = new ArrayList<>();
    List<Piece> page = colophon.taskLogs().read(task.id(), 0, PAGE);
    while (!page.isEmpty()) {
      pieces.addAll(page);
      while (kept(pieces) - pieces.getFirst().chunk().textBytes() > MOST_BYTES) {
        pieces.removeFirst();
      }
      page = colophon.taskLogs().read(task.id(), page.getLast().position(), PAGE);
    }
    return pieces.isEmpty() ? Optional.empty() : Optional.of(of(pieces));
  }

  private static long kept(List<Piece> pieces) {
    return pieces.stream().mapToLong(piece -> piece.chunk().textBytes()).sum();
  }

  private static LogExcerpt of(List<Piece> pieces) {
    String text =
        pieces.stream()
            .flatMap(piece -> piece.chunk().lines().stream())
            .map(line -> line.text() + "\n")
            .collect(Collectors.joining());
    return new LogExcerpt(
        end(text.getBytes(StandardCharsets.UTF_8)), pieces.getLast().chunk().endByte());
  }

  private static String end(byte[] utf8) {
    if (utf8.length <= MOST_BYTES) {
      return new String(utf8, StandardCharsets.UTF_8);
    }
    String tail = new String(utf8, utf8.length - MOST_BYTES, MOST_BYTES, StandardCharsets.UTF_8);
    return "…\n" + tail.substring(tail.indexOf('\n') + 1);
  }
}
