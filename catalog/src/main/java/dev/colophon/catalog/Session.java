package dev.colophon.catalog;

import dev.colophon.core.Digest;
import dev.colophon.core.Name;
import dev.colophon.core.run.RunState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.sqlite.SQLiteConfig;

/**
 * One connection with its prepared statements. Values are bound by type: a digest as its 32 bytes,
 * a moment as nanoseconds since 1970, an empty {@code Optional} as NULL. For one thread at a time.
 */
final class Session implements AutoCloseable {
  /** Statements that are kept: far more than the ports have, but for conditions of people. */
  private static final int MOST_STATEMENTS = 300;

  /** Makes a value of a row. */
  @FunctionalInterface
  interface Reader<T> {
    T read(Row row) throws SQLException;
  }

  private final Connection connection;
  private final boolean alone;
  private final Map<String, PreparedStatement> statements = new LinkedHashMap<>(64, 0.75f, true);

  private Session(Connection connection, boolean alone) {
    this.connection = connection;
    this.alone = alone;
  }

  static Session open(String url, SQLiteConfig config) throws SQLException {
    return new Session(config.createConnection(url), false);
  }

  /** One that locks everybody else out from its first use until it is closed. */
  static Session openAlone(String url, SQLiteConfig config) throws SQLException {
    config.setLockingMode(SQLiteConfig.LockingMode.EXCLUSIVE);
    return new Session(config.createConnection(url), true);
  }

  /** Whether it locks everybody else out, so that it must be closed as soon as it can be. */
  boolean isAlone() {
    return alone;
  }

  /** Begins a transaction, of the kind that the connection was configured with. */
  void begin() throws SQLException {
    connection.setAutoCommit(false);
  }

  void commit() throws SQLException {
    connection.setAutoCommit(true);
  }

  /** Runs statements that return nothing, outside the cache. */
  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  /** The text that a pragma answers. */
  String pragma(String pragma) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("PRAGMA " + pragma)) {
      return rows.next() ? rows.getString(1) : "";
    }
  }

  /** Changes rows; returns how many. */
  int update(String sql, Object... values) throws SQLException {
    PreparedStatement statement = prepared(sql);
    bind(statement, values);
    return statement.executeUpdate();
  }

  /** Keeps a change for {@link #flush}, which makes all those of one text at once. */
  void later(String sql, Object... values) throws SQLException {
    PreparedStatement statement = prepared(sql);
    bind(statement, values);
    statement.addBatch();
  }

  /**
   * Makes the changes of this text that were kept; returns how many rows each changed, in their
   * order.
   */
  int[] flush(String sql) throws SQLException {
    return prepared(sql).executeBatch();
  }

  <T> List<T> list(String sql, Reader<T> reader, Object... values) throws SQLException {
    PreparedStatement statement = prepared(sql);
    bind(statement, values);
    List<T> found = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      Row row = new Row(rows);
      while (rows.next()) {
        found.add(reader.read(row));
      }
    }
    return found;
  }

  <T> Optional<T> first(String sql, Reader<T> reader, Object... values) throws SQLException {
    PreparedStatement statement = prepared(sql);
    bind(statement, values);
    try (ResultSet rows = statement.executeQuery()) {
      return rows.next() ? Optional.of(reader.read(new Row(rows))) : Optional.empty();
    }
  }

  /** The first column of the first row, which the statement must have. */
  long number(String sql, Object... values) throws SQLException {
    return first(sql, row -> row.number(1), values)
        .orElseThrow(() -> new IllegalStateException("no row from: " + sql));
  }

  /** Texts of the statements that this session has prepared. */
  Set<String> prepared() {
    return Set.copyOf(statements.keySet());
  }

  private PreparedStatement prepared(String sql) throws SQLException {
    PreparedStatement statement = statements.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      statements.put(sql, statement);
      if (statements.size() > MOST_STATEMENTS) {
        Iterator<PreparedStatement> longestUnused = statements.values().iterator();
        longestUnused.next().close();
        longestUnused.remove();
      }
    }
    return statement;
  }

  private static void bind(PreparedStatement statement, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      bind(statement, i + 1, values[i]);
    }
  }

  private static void bind(PreparedStatement statement, int at, Object value) throws SQLException {
    switch (value) {
      case String text -> statement.setString(at, text);
      case Long number -> statement.setLong(at, number);
      case Integer number -> statement.setInt(at, number);
      case Double number when number.isNaN() -> statement.setNull(at, Types.REAL);
      case Double number -> statement.setDouble(at, number);
      case byte[] bytes -> statement.setBytes(at, bytes);
      case Digest digest -> statement.setBytes(at, digest.bytes());
      case Name name -> statement.setString(at, name.text());
      case RunState state -> statement.setString(at, state.text());
      case Instant moment -> statement.setLong(at, Moments.toNanos(moment));
      case OptionalInt number when number.isPresent() -> statement.setInt(at, number.getAsInt());
      case OptionalLong number when number.isPresent() -> statement.setLong(at, number.getAsLong());
      case Optional<?> some when some.isPresent() -> bind(statement, at, some.get());
      case Optional<?> none -> statement.setNull(at, Types.NULL);
      case OptionalInt none -> statement.setNull(at, Types.NULL);
      case OptionalLong none -> statement.setNull(at, Types.NULL);
      default -> throw new IllegalArgumentException("no column holds a " + value.getClass());
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
