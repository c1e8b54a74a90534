package dev.colophon.catalog;

import java.time.Duration;

/**
 * How far a catalog goes.
 *
 * @param patience how long to wait for other processes that hold the write lock
 * @param mostPages pages of 4,096 bytes that the file may grow to
 */
record Limits(Duration patience, long mostPages) {
  /**
   * {@link SqlCatalog#PATIENCE}, and what SQLite itself can address
   * (https://sqlite.org/limits.html, item 10).
   */
  static final Limits DEFAULT = new Limits(SqlCatalog.PATIENCE, 4_294_967_294L);
}
