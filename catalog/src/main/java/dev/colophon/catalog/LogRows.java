package dev.colophon.catalog;

import dev.colophon.core.IndexPath;
import dev.colophon.core.Subject.InRun;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.Subject.StepId;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.error.ColophonException.Corrupt;
import dev.colophon.core.run.LogChunk;
import dev.colophon.core.run.RunLog.Begun;
import dev.colophon.core.run.TaskLogs;
import java.io.ByteArrayOutputStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** The rows of what tasks said. */
final class LogRows {
  private static final String ADD =
      """
      INSERT INTO log_chunks (task_id, attempt, from_byte, text_bytes, coding, lines)
      VALUES (?, ?, ?, ?, ?, ?)\
      """;
  private static final String DROP =
      """
      DELETE FROM log_chunks
      WHERE task_id = ? AND attempt = ? AND from_byte >= ? AND from_byte + text_bytes <= ?\
      """;
  private static final String PAGE =
      """
      SELECT c.id AS position, s.name AS own_step, t.index_path AS own_index
      FROM runs r JOIN steps s ON s.run_id = r.id JOIN tasks t ON t.step_id = s.id
        JOIN log_chunks c ON c.task_id = coalesce(t.origin_task_id, t.id)
      WHERE r.flow = ? AND r.number = ? AND c.id > ?%s
      ORDER BY c.id, s.position, t.id LIMIT ?\
      """;
  private static final String PAGE_OF_RUN = PAGE.formatted("");
  private static final String PAGE_OF_STEP = PAGE.formatted(" AND s.name = ?");
  private static final String PAGE_OF_TASK = PAGE.formatted(" AND s.name = ? AND t.index_path = ?");
  private static final String READ =
      """
      SELECT c.attempt, c.from_byte, c.text_bytes, c.coding, c.lines,
        n.flow, n.number, n.step, n.index_path
      FROM log_chunks c JOIN task_names n ON n.id = c.task_id WHERE c.id = ?\
      """;

  private static final String PLAIN = "plain";
  private static final String DEFLATE = "deflate";

  /** Smaller ones would hardly become smaller still, in bytes. */
  private static final int WORTH_PACKING = 512;

  private LogRows() {}

  /** A chunk as a row has it. */
  record Packed(LogChunk chunk, String coding, List<byte[]> lines) {
    /** Packed where that pays; outside of any transaction, since it takes time. */
    static Packed of(LogChunk chunk) {
      byte[] plain = chunk.encoded();
      if (plain.length < WORTH_PACKING) {
        return new Packed(chunk, PLAIN, List.of(plain));
      }
      Deflater deflater = new Deflater(Deflater.BEST_SPEED);
      try {
        deflater.setInput(plain);
        deflater.finish();
        ByteArrayOutputStream packed = new ByteArrayOutputStream(plain.length / 4);
        byte[] part = new byte[8192];
        while (!deflater.finished()) {
          packed.write(part, 0, deflater.deflate(part));
        }
        return packed.size() < plain.length
            ? new Packed(chunk, DEFLATE, List.of(packed.toByteArray()))
            : new Packed(chunk, PLAIN, List.of(plain));
      } finally {
        deflater.end();
      }
    }
  }

  static void append(Session session, RunId run, List<Packed> chunks) throws SQLException {
    long runId = RunMoves.running(session, run);
    TaskRows tasks = new TaskRows(session, run, runId);
    Map<TaskId, Begun> begun = new LinkedHashMap<>();
    for (Packed packed : chunks) {
      LogChunk chunk = packed.chunk();
      begun.putIfAbsent(chunk.task(), new Begun(chunk.task(), chunk.attempt(), chunk.at()));
    }
    tasks.begin(begun.values());
    for (Packed packed : chunks) {
      LogChunk chunk = packed.chunk();
      session.later(
          ADD,
          tasks.id(chunk.task()),
          chunk.attempt(),
          chunk.fromByte(),
          chunk.textBytes(),
          packed.coding(),
          packed.lines().getFirst());
    }
    session.flush(ADD);
    for (Packed packed : chunks) {
      drop(session, tasks.id(packed.chunk().task()), packed.chunk());
    }
  }

  /** What lies between head and tail, now that this is the last chunk. */
  private static void drop(Session session, long taskId, LogChunk last) throws SQLException {
    long tail = last.endByte() - TaskLogs.KEPT_BYTES;
    if (tail > TaskLogs.KEPT_BYTES) {
      session.update(DROP, taskId, last.attempt(), TaskLogs.KEPT_BYTES, tail);
    }
  }

  static List<TaskLogs.Piece> read(Session session, InRun of, long after, int limit)
      throws SQLException {
    List<TaskLogs.Piece> pieces = new ArrayList<>();
    for (Place place : places(session, of, after, limit)) {
      LogChunk chunk =
          session
              .first(READ, LogRows::chunk, place.position())
              .orElseThrow(() -> new IllegalStateException("no chunk " + place.position()));
      pieces.add(new TaskLogs.Piece(place.position(), place.task(), chunk));
    }
    return pieces;
  }

  /** Where a chunk stands, and for which task it is read. */
  private record Place(long position, TaskId task) {}

  /** Chunks themselves are left out of the sorting. */
  private static List<Place> places(Session session, InRun of, long after, int limit)
      throws SQLException {
    RunId run = of.run();
    Session.Reader<Place> reader =
        row ->
            new Place(
                row.number("position"),
                run.step(row.name("own_step")).task(IndexPath.parse(row.text("own_index"))));
    return switch (of) {
      case RunId all -> session.list(PAGE_OF_RUN, reader, run.flow(), run.number(), after, limit);
      case StepId step ->
          session.list(PAGE_OF_STEP, reader, run.flow(), run.number(), after, step.step(), limit);
      case TaskId task ->
          session.list(
              PAGE_OF_TASK,
              reader,
              run.flow(),
              run.number(),
              after,
              task.step(),
              task.index().toString(),
              limit);
    };
  }

  private static LogChunk chunk(Row row) throws SQLException {
    TaskId writer = row.task();
    byte[] lines = row.bytes("lines");
    return new LogChunk(
        writer,
        row.smallNumber("attempt"),
        row.number("from_byte"),
        row.number("text_bytes"),
        row.text("coding").equals(PLAIN) ? lines : unpacked(lines, writer));
  }

  private static byte[] unpacked(byte[] packed, TaskId task) {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(packed);
      ByteArrayOutputStream plain = new ByteArrayOutputStream(packed.length * 4);
      byte[] part = new byte[8192];
      while (!inflater.finished()) {
        int count = inflater.inflate(part);
        if (count == 0 && !inflater.finished()) {
          throw new DataFormatException("it ends early");
        }
        plain.write(part, 0, count);
      }
      return plain.toByteArray();
    } catch (DataFormatException e) {
      throw new Corrupt(
          "log of %s: a chunk of it is damaged (%s); keep a copy of the catalog and look at the disk"
              .formatted(task, e.getMessage()),
          e);
    } finally {
      inflater.end();
    }
  }
}
