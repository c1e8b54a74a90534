package dev.colophon.flow.graph;

import java.util.Comparator;

/**
 * Where something is written.
 *
 * @param file name of the source file, without folders
 * @param line from 1; 0 if unknown
 * @param column from 1; 0 if unknown
 */
public record Position(String file, int line, int column) implements Comparable<Position> {
  private static final Comparator<Position> ORDER =
      Comparator.comparing(Position::file)
          .thenComparingInt(Position::line)
          .thenComparingInt(Position::column);

  public Position {
    if (line < 0 || column < 0) {
      throw new IllegalArgumentException(
          "position %s:%d:%d: expected 0 or more".formatted(file, line, column));
    }
  }

  /** By file, line and column. */
  @Override
  public int compareTo(Position other) {
    return ORDER.compare(this, other);
  }

  /** {@code Bad.java:6:11}, as far as it is known. */
  @Override
  public String toString() {
    return file + (line > 0 ? ":" + line + (column > 0 ? ":" + column : "") : "");
  }
}
