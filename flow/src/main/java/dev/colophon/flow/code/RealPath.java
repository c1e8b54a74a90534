package dev.colophon.flow.code;

import java.io.IOException;
import java.nio.file.Path;

/** Absolute paths without links, as Git names them. */
final class RealPath {
  private RealPath() {}

  /** The real path; of a file that does not exist, the normal form of its absolute path. */
  static Path of(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path.toAbsolutePath().normalize();
    }
  }
}
