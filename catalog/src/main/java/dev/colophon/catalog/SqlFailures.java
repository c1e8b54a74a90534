package dev.colophon.catalog;

import dev.colophon.core.error.ColophonException;
import dev.colophon.core.error.ColophonException.Corrupt;
import dev.colophon.core.error.ColophonException.Unavailable;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * What SQLite refuses, in the words of our family.
 *
 * @param file the catalog's
 * @param patience how long a lock was waited for
 */
record SqlFailures(Path file, Duration patience) {
  /** The error to raise; a mistake in our own SQL comes out as a bug. */
  RuntimeException of(SQLException cause) {
    return switch (isShortOfRoomToRead(cause) ? SQLiteErrorCode.SQLITE_FULL : primary(cause)) {
      case SQLITE_FULL ->
          unavailable(
              "the disk is full and nothing was written", "free some space and try again", cause);
      case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH ->
          unavailable(
              "it can only be read",
              "make the file and its folder writable, or choose another home",
              cause);
      case SQLITE_CANTOPEN ->
          unavailable(
              "it can't be opened",
              "see that its folder exists and may be written to, or choose another home",
              cause);
      case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL ->
          unavailable(
              "another process kept it locked for more than %d ms".formatted(patience.toMillis()),
              "try again, and look for a process that hangs",
              cause);
      case SQLITE_NOTADB ->
          corrupt("it is not a SQLite database", "move it away or choose another home", cause);
      case SQLITE_CORRUPT ->
          corrupt(
              "its pages contradict each other",
              "keep a copy and recover what can be with \"sqlite3 FILE .recover\"",
              cause);
      case SQLITE_IOERR ->
          unavailable("the medium failed", "check the disk, then try again", cause);
      case SQLITE_NOMEM -> unavailable("memory is short", "give the process more", cause);
      default -> new IllegalStateException("catalog %s".formatted(file), cause);
    };
  }

  /** Whether another process holds a lock that will go away. */
  static boolean isBusy(SQLException cause) {
    SQLiteErrorCode code = primary(cause);
    return code == SQLiteErrorCode.SQLITE_BUSY || code == SQLiteErrorCode.SQLITE_LOCKED;
  }

  /** Whether the medium refuses to be written to. */
  static boolean isReadOnly(SQLException cause) {
    SQLiteErrorCode code = primary(cause);
    return code == SQLiteErrorCode.SQLITE_READONLY || code == SQLiteErrorCode.SQLITE_CANTOPEN;
  }

  /**
   * Whether the disk has no room for the memory that processes share while they use the file: some
   * 32 KiB that even a reader needs (https://sqlite.org/wal.html#read_only_databases).
   */
  static boolean isShortOfRoomToRead(SQLException cause) {
    return cause instanceof SQLiteException refusal
        && refusal.getResultCode() == SQLiteErrorCode.SQLITE_IOERR_SHMSIZE;
  }

  /** Whether the medium failed in the middle of something. */
  static boolean isMedium(SQLException cause) {
    return primary(cause) == SQLiteErrorCode.SQLITE_IOERR;
  }

  /** Extended codes carry the primary one in their low byte (https://sqlite.org/rescode.html). */
  private static SQLiteErrorCode primary(SQLException cause) {
    return cause instanceof SQLiteException refusal
        ? SQLiteErrorCode.getErrorCode(refusal.getResultCode().code & 0xff)
        : SQLiteErrorCode.UNKNOWN_ERROR;
  }

  private ColophonException unavailable(String what, String next, SQLException cause) {
    return new Unavailable(message(what, next, cause), cause);
  }

  private ColophonException corrupt(String what, String next, SQLException cause) {
    return new Corrupt(message(what, next, cause), cause);
  }

  private String message(String what, String next, SQLException cause) {
    return "catalog %s: %s; %s (%s)".formatted(file, what, next, cause.getMessage());
  }
}
