import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/**
 * A cursor over a CSV file in memory: a header, then rows without quotes, each ended by a line
 * feed.
 *
 * <p>{@code NA} and an empty field both mean "not known". Columns are found by their name, so their
 * order doesn't matter. For one thread.
 */
final class Csv {
  private final String file;
  private final byte[] bytes;
  private final List<String> header;
  private final int[] starts; // of the current row's fields; one more marks where the row ends

  private int next; // offset of the first byte after the current row
  private int line = 1;

  /**
   * Stands before the first row.
   *
   * @param file what to call the file in a refusal
   */
  Csv(String file, byte[] bytes) {
    if (bytes.length == 0) {
      throw new IllegalArgumentException(file + ": empty, expected a header and rows");
    }
    this.file = file;
    this.bytes = bytes;
    int end = lineEnd(0);
    header = List.of(new String(bytes, 0, end, UTF_8).split(","));
    starts = new int[header.size() + 1];
    next = end + 1;
  }

  /** The position of a column, for the other methods. */
  int column(String name) {
    int column = header.indexOf(name);
    if (column < 0) {
      throw new IllegalArgumentException(
          "%s: no column \"%s\", found %s".formatted(file, name, header));
    }
    return column;
  }

  /** How many rows the file has, the header not counted. */
  int rows() {
    int ends = 0;
    for (byte b : bytes) {
      ends += b == '\n' ? 1 : 0;
    }
    return bytes[bytes.length - 1] == '\n' ? ends - 1 : ends;
  }

  /** Moves to the next row; false after the last. */
  boolean next() {
    if (next >= bytes.length) {
      return false;
    }
    line++;
    int field = 0;
    starts[0] = next;
    int at = next;
    for (; at < bytes.length && bytes[at] != '\n'; at++) {
      if (bytes[at] == ',' && ++field < starts.length) {
        starts[field] = at + 1;
      }
    }
    if (field + 1 != header.size()) {
      throw new IllegalArgumentException(
          "%s, line %d: %d fields, expected %d".formatted(file, line, field + 1, header.size()));
    }
    next = at + 1;
    starts[field + 1] = next;
    return true;
  }

  /** Whether the field is known. */
  boolean has(int column) {
    int start = starts[column];
    int length = length(column);
    return length > 0 && !(length == 2 && bytes[start] == 'N' && bytes[start + 1] == 'A');
  }

  String text(int column) {
    return new String(bytes, starts[column], length(column), UTF_8);
  }

  /** A whole number that must be known. */
  int integer(int column) {
    try {
      return Integer.parseInt(text(column));
    } catch (NumberFormatException e) {
      throw notA("whole number", column);
    }
  }

  /** A number that must be known. */
  float real(int column) {
    try {
      return Float.parseFloat(text(column));
    } catch (NumberFormatException e) {
      throw notA("number", column);
    }
  }

  private int length(int column) {
    return starts[column + 1] - 1 - starts[column];
  }

  private int lineEnd(int from) {
    int at = from;
    while (at < bytes.length && bytes[at] != '\n') {
      at++;
    }
    return at;
  }

  private IllegalArgumentException notA(String expected, int column) {
    return new IllegalArgumentException(
        "%s, line %d, column \"%s\": \"%s\", expected a %s"
            .formatted(file, line, header.get(column), text(column), expected));
  }
}
