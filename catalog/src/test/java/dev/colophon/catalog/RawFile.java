package dev.colophon.catalog;

import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;

/** A database file opened behind the catalog's back. */
final class RawFile {
  private RawFile() {}

  static Session open(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    return Session.open("jdbc:sqlite:" + file, config);
  }
}
