package dev.colophon.catalog;

import dev.colophon.core.DurableFolders;
import dev.colophon.core.error.ColophonException.Unavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.TransactionMode;

/**
 * Opens connections to a catalog file, each with the settings of its purpose, and sees to the
 * schema.
 *
 * @param file absolute path
 */
record Connections(Path file, Limits limits) {
  /** Pages that the log may hold before a commit must wait for a checkpoint: 64 MiB. */
  private static final int CHECKPOINT_PAGES = 16_384;

  /** Length that the log file is cut back to when it begins anew, in bytes. */
  private static final int LOG_BYTES = 4 << 20;

  private static final int FIRST_WAIT_MILLIS = 2;
  private static final int LONGEST_WAIT_MILLIS = 50;

  /** Whose commits are synced. */
  Session durable() throws SQLException, IOException {
    makeFile();
    return patiently(() -> writer("FULL", CHECKPOINT_PAGES));
  }

  /** Whose commits are not synced, and which leaves checkpoints to others. */
  Session unsynced() throws SQLException, IOException {
    makeFile();
    return patiently(() -> writer("NORMAL", 0));
  }

  /** For reading the file, which exists; it is brought up to date if it is older. */
  Session reading() throws SQLException {
    try {
      return patiently(this::reader);
    } catch (SQLException e) {
      if (SqlFailures.isReadOnly(e) && logBytes() == 0) {
        return frozen();
      }
      if (SqlFailures.isShortOfRoomToRead(e)) {
        return patiently(this::alone);
      }
      throw e;
    }
  }

  /** An empty catalog in memory. */
  Session blank() throws SQLException {
    Session session = Session.open("jdbc:sqlite::memory:", config(TransactionMode.DEFERRED));
    Schema.migrate(session, file);
    return session;
  }

  /** Length of the log file, in bytes; 0 if there is none. */
  long logBytes() {
    return file.resolveSibling(file.getFileName() + "-wal").toFile().length();
  }

  private Session reader() throws SQLException {
    Session session = Session.open(url(), config(TransactionMode.DEFERRED));
    try {
      if (Schema.check(session, file).orElse(0) < Schema.VERSION) {
        session.close();
        session = writer("FULL", CHECKPOINT_PAGES);
        session.close();
        session = Session.open(url(), config(TransactionMode.DEFERRED));
      }
      return session;
    } catch (SQLException | RuntimeException e) {
      session.close();
      throw e;
    }
  }

  /**
   * Reads a file on a medium where not even SQLite's own companions can be made; nobody else can be
   * writing it.
   */
  private Session frozen() throws SQLException {
    Session session = Session.open(url() + "?immutable=1", config(TransactionMode.DEFERRED));
    try {
      Schema.check(session, file);
      return session;
    } catch (SQLException | RuntimeException e) {
      session.close();
      throw e;
    }
  }

  /**
   * Reads a file on a full disk: nobody else can use it meanwhile, so no memory has to be shared
   * (https://sqlite.org/wal.html#use_of_wal_without_shared_memory).
   */
  private Session alone() throws SQLException {
    Session session = Session.openAlone(url(), config(TransactionMode.DEFERRED));
    try {
      Schema.check(session, file);
      return session;
    } catch (SQLException | RuntimeException e) {
      session.close();
      throw e;
    }
  }

  private Session writer(String synchronous, int checkpointPages) throws SQLException {
    Session session = Session.open(url(), config(TransactionMode.IMMEDIATE));
    try {
      if (Schema.check(session, file).orElse(0) < Schema.VERSION) {
        session.pragma("journal_mode = WAL");
        session.execute("PRAGMA synchronous = FULL");
        Schema.migrate(session, file);
      }
      session.execute("PRAGMA synchronous = " + synchronous);
      session.pragma("wal_autocheckpoint = " + checkpointPages);
      session.pragma("journal_size_limit = " + LOG_BYTES);
      session.pragma("max_page_count = " + limits.mostPages());
      return session;
    } catch (SQLException | RuntimeException e) {
      session.close();
      throw e;
    }
  }

  private SQLiteConfig config(TransactionMode mode) {
    SQLiteConfig config = new SQLiteConfig();
    config.setTransactionMode(mode);
    config.setBusyTimeout(LONGEST_WAIT_MILLIS); // until it is open: then with all patience
    return config;
  }

  /** As a URI, so that no character of the path is taken for something else. */
  private String url() {
    String path = file.toString().replace("%", "%25").replace("?", "%3f").replace("#", "%23");
    return "jdbc:sqlite:file:" + path;
  }

  /** Opens a connection. */
  @FunctionalInterface
  private interface Opening {
    Session open() throws SQLException;
  }

  /**
   * Tries again while others create the file: SQLite does not wait for all the locks that takes.
   * Where it does, it waits a moment only, so that all tries together take at most twice as long as
   * patience lasts.
   */
  private Session patiently(Opening opening) throws SQLException {
    long waited = 0;
    long wait = FIRST_WAIT_MILLIS;
    while (true) {
      try {
        Session session = opening.open();
        session.pragma("busy_timeout = " + limits.patience().toMillis());
        return session;
      } catch (SQLException e) {
        if (!SqlFailures.isBusy(e) || waited >= limits.patience().toMillis()) {
          throw e;
        }
      }
      sleep(wait);
      waited += wait;
      wait = Math.min(2 * wait, LONGEST_WAIT_MILLIS);
    }
  }

  private void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unavailable(
          "catalog %s: interrupted while another process creates it; try again".formatted(file), e);
    }
  }

  /**
   * Makes the file, empty, with its folder. SQLite itself would make one that only its owner may
   * write, whatever the process's umask allows a group.
   */
  private void makeFile() throws IOException {
    if (Files.exists(file)) {
      return;
    }
    Path folder = file.getParent();
    if (folder != null) {
      DurableFolders.create(folder);
    }
    try {
      Files.createFile(file);
    } catch (IOException e) {
      return; // another process was first, or SQLite says what is wrong
    }
  }
}
