package dev.colophon.cli.code;

import dev.colophon.cli.code.SourceTree.File;

/** How one file of two source trees differs. */
sealed interface FileChange {
  /** Path by which it is listed: the new one where there is one. */
  String path();

  /** The file is in the new tree only. */
  record Added(String path, File now) implements FileChange {}

  /** The file is in the old tree only. */
  record Deleted(String path, File before) implements FileChange {}

  /** The file has other bytes, another mode, or both. */
  record Modified(String path, File before, File now) implements FileChange {}

  /** The file has another path, and equal or similar bytes. */
  record Renamed(String from, String path, File before, File now) implements FileChange {}
}
