package dev.colophon.catalog;

import dev.colophon.core.error.ColophonException.OutcomeUnknown;
import dev.colophon.core.error.ColophonException.Unavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The SQLite file and this process's connections to it: any number that read, one that writes
 * durably, one that writes what may be lost, one that writes signs of life.
 *
 * <p>All work is in transactions. Writers of this process queue at a lock of their own, since
 * SQLite's wait between processes is a sleep; those of different processes wait by {@code
 * busy_timeout}. Signs of life don't queue with them but wait as another process would: one that is
 * due must not wait out the patience of everybody before it.
 *
 * <p>Why unsynced writes can't harm what was committed before or after: their connection runs with
 * {@code synchronous=NORMAL}, which leaves out only the sync of its own commit. A later durable
 * commit syncs the whole write-ahead log, theirs included, and a checkpoint still syncs the log
 * before it copies a page (https://sqlite.org/pragma.html#pragma_synchronous). {@code OFF} would
 * leave that out too, and isn't used.
 *
 * <p>Safe for use by several threads.
 */
final class CatalogDatabase implements AutoCloseable {
  /** Work inside one transaction. */
  @FunctionalInterface
  interface Work<T> {
    T in(Session session) throws SQLException;
  }

  /** Connections that are kept open for reading while nobody reads. */
  private static final int IDLE_READERS = 4;

  /**
   * Log that is worth a checkpoint between commits, in bytes: twice what it is cut back to, so that
   * one checkpoint is enough until as much was written again.
   */
  private static final long CHECKPOINT_BYTES = 8 << 20;

  private final Path file;
  private final SqlFailures failures;
  private final Connections connections;
  private final ReentrantLock writing = new ReentrantLock();
  private final ReentrantLock signing = new ReentrantLock();
  private final Deque<Session> readers = new ArrayDeque<>();
  private Optional<Session> durable = Optional.empty();
  private Optional<Session> unsynced = Optional.empty();
  private Optional<Session> signs = Optional.empty();
  private boolean readersAreOfTheFile;
  private boolean closed;

  CatalogDatabase(Path file, Limits limits) {
    this.file = file.toAbsolutePath();
    this.failures = new SqlFailures(this.file, limits.patience());
    this.connections = new Connections(this.file, limits);
  }

  /** Reads one state of the catalog; a missing file reads as an empty one. */
  <T> T read(Work<T> work) {
    Session session = borrow();
    boolean sound = false;
    try {
      session.begin();
      T result = work.in(session);
      session.commit();
      sound = true;
      return result;
    } catch (SQLException e) {
      throw failures.of(e);
    } finally {
      giveBack(session, sound);
    }
  }

  /**
   * Writes all of the work or nothing; returns when it survives a loss of power.
   *
   * @throws OutcomeUnknown if the medium failed in the moment of the commit
   */
  <T> T write(Work<T> work) {
    writing.lock();
    try {
      Session session = durable.isPresent() ? durable.get() : connect(connections::durable);
      durable = Optional.empty();
      T result = transact(session, work);
      durable = Optional.of(session);
      return result;
    } finally {
      writing.unlock();
    }
  }

  /** Writes all of the work or nothing; a loss of power may take it back. */
  <T> T note(Work<T> work) {
    writing.lock();
    try {
      Session session = unsynced.isPresent() ? unsynced.get() : connect(connections::unsynced);
      unsynced = Optional.empty();
      T result = transact(session, work);
      unsynced = Optional.of(session);
      return result;
    } finally {
      writing.unlock();
    }
  }

  /** {@link #note}, behind no other writer of this process but those that call this. */
  <T> T sign(Work<T> work) {
    signing.lock();
    try {
      Session session = signs.isPresent() ? signs.get() : connect(connections::unsynced);
      signs = Optional.empty();
      T result = transact(session, work);
      signs = Optional.of(session);
      return result;
    } finally {
      signing.unlock();
    }
  }

  /** Copies the log into the file if there is much of it, without making writers wait. */
  void tidy() {
    if (connections.logBytes() < CHECKPOINT_BYTES) {
      return;
    }
    Session session = borrow();
    boolean sound = false;
    try {
      session.pragma("wal_checkpoint(PASSIVE)");
      sound = true;
    } catch (SQLException e) {
      throw failures.of(e);
    } finally {
      giveBack(session, sound);
    }
  }

  /** Leaves the session whole, or closed if anything was thrown: closing is what rolls back. */
  private <T> T transact(Session session, Work<T> work) {
    boolean sound = false;
    try {
      session.begin();
      T result = work.in(session);
      commit(session);
      sound = true;
      return result;
    } catch (SQLException e) {
      throw failures.of(e);
    } finally {
      if (!sound) {
        discard(session);
      }
    }
  }

  private void commit(Session session) throws SQLException {
    try {
      session.commit();
    } catch (SQLException e) {
      if (SqlFailures.isMedium(e)) {
        throw new OutcomeUnknown(
            "catalog %s: the medium failed during the commit; look whether the record is there before trying again (%s)"
                .formatted(file, e.getMessage()),
            e);
      }
      throw e;
    }
  }

  /** Opens a connection. */
  @FunctionalInterface
  private interface Opening {
    Session open() throws SQLException, IOException;
  }

  private Session connect(Opening opening) {
    synchronized (readers) {
      if (closed) {
        throw new Unavailable("catalog %s: closed by this process; open it again".formatted(file));
      }
    }
    try {
      return opening.open();
    } catch (SQLException e) {
      throw failures.of(e);
    } catch (IOException e) {
      throw new Unavailable(
          "catalog %s: its folder can't be made; choose a home that can be written to (%s)"
              .formatted(file, e),
          e);
    }
  }

  private Session borrow() {
    boolean exists = Files.exists(file);
    synchronized (readers) {
      if (exists != readersAreOfTheFile) {
        readers.forEach(CatalogDatabase::discard);
        readers.clear();
        readersAreOfTheFile = exists;
      }
      Session idle = readers.poll();
      if (idle != null) {
        return idle;
      }
    }
    return connect(exists ? connections::reading : connections::blank);
  }

  private void giveBack(Session session, boolean sound) {
    boolean kept = false;
    if (sound && !session.isAlone()) {
      synchronized (readers) {
        kept = !closed && readersAreOfTheFile && readers.size() < IDLE_READERS;
        if (kept) {
          readers.push(session);
        }
      }
    }
    if (!kept) {
      discard(session);
    }
  }

  /** What closing a broken connection says adds nothing to what broke it. */
  private static void discard(Session session) {
    try {
      session.close();
    } catch (SQLException e) {
      // The connection is of no use either way.
    }
  }

  /** Lets go of the file; the last process to do so has SQLite fold the log into it. */
  @Override
  public void close() {
    writing.lock();
    signing.lock();
    try {
      synchronized (readers) {
        closed = true;
        readers.forEach(CatalogDatabase::discard);
        readers.clear();
      }
      signs.ifPresent(CatalogDatabase::discard);
      unsynced.ifPresent(CatalogDatabase::discard);
      durable.ifPresent(CatalogDatabase::discard);
      signs = Optional.empty();
      unsynced = Optional.empty();
      durable = Optional.empty();
    } finally {
      signing.unlock();
      writing.unlock();
    }
  }
}
