package dev.colophon.catalog;

import dev.colophon.core.error.ColophonException.Corrupt;
import dev.colophon.core.error.ColophonException.Invalid;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalInt;

/**
 * The tables, as a row of SQL scripts of which each takes the catalog one version further. A file
 * says its version in {@code PRAGMA user_version} and that it is a catalog in {@code PRAGMA
 * application_id} (docs/formats/catalog.md).
 */
final class Schema {
  /** {@code Colo} in ASCII. */
  static final int APPLICATION = 0x436F6C6F;

  private static final List<String> MIGRATIONS =
      List.of("V1__first.sql", "V2__reuse.sql", "V3__order.sql", "V4__logs.sql");

  /** The version that this code reads and writes. */
  static final int VERSION = MIGRATIONS.size();

  private Schema() {}

  /**
   * The version that a file has; empty for one that holds nothing yet.
   *
   * @throws Invalid if a newer Colophon wrote it
   * @throws Corrupt if it is a database of something else
   */
  static OptionalInt check(Session session, Path file) throws SQLException {
    int version = Integer.parseInt(session.pragma("user_version"));
    int application = Integer.parseInt(session.pragma("application_id"));
    if (version == 0 && application == 0 && isBlank(session)) {
      return OptionalInt.empty();
    }
    if (application != APPLICATION) {
      throw new Corrupt(
          "catalog %s: a SQLite database with application id %d, expected Colophon's %d; move it away or choose another home"
              .formatted(file, application, APPLICATION));
    }
    if (version > VERSION) {
      throw new Invalid(
          "catalog %s: schema version %d, this Colophon knows versions up to %d; use the newer Colophon that wrote it"
              .formatted(file, version, VERSION));
    }
    return OptionalInt.of(version);
  }

  private static boolean isBlank(Session session) throws SQLException {
    return session.pragma("schema_version").equals("0");
  }

  /**
   * Runs, in one transaction, the scripts that the file has not seen; another process may win the
   * race for it.
   */
  static void migrate(Session session, Path file) throws SQLException {
    session.begin();
    int version = check(session, file).orElse(0);
    if (version < VERSION) {
      for (String migration : MIGRATIONS.subList(version, VERSION)) {
        session.execute(script(migration));
      }
      session.execute("PRAGMA application_id = " + APPLICATION);
      session.execute("PRAGMA user_version = " + VERSION);
    }
    session.commit();
  }

  private static String script(String name) {
    try (InputStream in = Schema.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("migration %s is not on the class path".formatted(name));
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
