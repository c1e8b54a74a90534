package dev.colophon.catalog;

import dev.colophon.core.Artifact;
import dev.colophon.core.Digest;
import dev.colophon.core.IndexPath;
import dev.colophon.core.Name;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.run.RunState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The row that a query stands on, read by column name. */
final class Row {
  private final ResultSet rows;

  Row(ResultSet rows) {
    this.rows = rows;
  }

  String text(String column) throws SQLException {
    return rows.getString(column);
  }

  Optional<String> findText(String column) throws SQLException {
    return Optional.ofNullable(rows.getString(column));
  }

  long number(int column) throws SQLException {
    return rows.getLong(column);
  }

  long number(String column) throws SQLException {
    return rows.getLong(column);
  }

  int smallNumber(String column) throws SQLException {
    return rows.getInt(column);
  }

  OptionalLong findNumber(String column) throws SQLException {
    long value = rows.getLong(column);
    return rows.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
  }

  OptionalInt findSmallNumber(String column) throws SQLException {
    int value = rows.getInt(column);
    return rows.wasNull() ? OptionalInt.empty() : OptionalInt.of(value);
  }

  /** A double; NaN, which SQLite has not, is kept as NULL. */
  double decimal(String column) throws SQLException {
    double value = rows.getDouble(column);
    return rows.wasNull() ? Double.NaN : value;
  }

  /** A value of whatever type, to be bound as it is. */
  Optional<Object> findAny(String column) throws SQLException {
    return Optional.ofNullable(rows.getObject(column));
  }

  byte[] bytes(String column) throws SQLException {
    return rows.getBytes(column);
  }

  Optional<byte[]> findBytes(String column) throws SQLException {
    return Optional.ofNullable(rows.getBytes(column));
  }

  Digest digest(String column) throws SQLException {
    return Digest.ofBytes(rows.getBytes(column));
  }

  Optional<Digest> findDigest(String column) throws SQLException {
    return findBytes(column).map(Digest::ofBytes);
  }

  Instant moment(String column) throws SQLException {
    return Moments.ofNanos(rows.getLong(column));
  }

  Optional<Instant> findMoment(String column) throws SQLException {
    OptionalLong nanos = findNumber(column);
    return nanos.isPresent() ? Optional.of(Moments.ofNanos(nanos.getAsLong())) : Optional.empty();
  }

  Name name(String column) throws SQLException {
    return Name.of(rows.getString(column));
  }

  RunState state(String column) throws SQLException {
    return RunState.parse(rows.getString(column));
  }

  /** Of the columns {@code flow} and {@code number}. */
  RunId run() throws SQLException {
    return new RunId(name("flow"), smallNumber("number"));
  }

  /** Of the columns {@code flow}, {@code number}, {@code step} and {@code index_path}. */
  TaskId task() throws SQLException {
    return run().step(name("step")).task(IndexPath.parse(text("index_path")));
  }

  /** Of the columns {@code digest}, {@code kind} and {@code size_bytes}. */
  Artifact artifact() throws SQLException {
    Digest digest = digest("digest");
    long sizeBytes = number("size_bytes");
    return text("kind").equals("tree")
        ? new Artifact.Tree(digest, sizeBytes)
        : new Artifact.Blob(digest, sizeBytes);
  }
}
