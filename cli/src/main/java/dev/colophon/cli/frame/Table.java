package dev.colophon.cli.frame;

import dev.colophon.core.run.RunState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Rows under headings, in aligned columns: numbers to the right, lines cut where they exceed the
 * width of a terminal. Not thread-safe.
 */
public final class Table {
  private static final String GAP = "   ";

  private final String indent;
  private final List<String> headings;
  private final List<Row> rows = new ArrayList<>();

  private record Row(List<String> cells, Optional<RunState> state) {}

  /**
   * An empty table.
   *
   * @param headings those that begin with {@code >} head columns that are aligned to the right; no
   *     line of headings is written where all are empty
   */
  public Table(String indent, String... headings) {
    this.indent = indent;
    this.headings = List.of(headings);
  }

  /** Adds a row with a cell for each heading. */
  public void add(String... cells) {
    rows.add(new Row(oneLine(cells), Optional.empty()));
  }

  /** Adds a row whose cell that is the text of the state gets its colour. */
  public void add(RunState state, String... cells) {
    rows.add(new Row(oneLine(cells), Optional.of(state)));
  }

  private static List<String> oneLine(String... cells) {
    return Arrays.stream(cells).map(Show::oneLine).toList();
  }

  /** Writes all rows. */
  public void write(Screen screen) {
    int[] widths = widths();
    List<String> plain = headings.stream().map(Table::plain).toList();
    if (plain.stream().anyMatch(heading -> !heading.isEmpty())) {
      screen.line(screen.dim(screen.fit(line(plain, widths))));
    }
    for (Row row : rows) {
      String line = screen.fit(line(row.cells(), widths));
      screen.line(row.state().map(state -> coloured(line, state, screen)).orElse(line));
    }
  }

  private static String coloured(String line, RunState state, Screen screen) {
    String word = GAP.charAt(0) + state.text() + GAP.charAt(0);
    int at = (line + " ").indexOf(word);
    return at < 0
        ? line
        : line.substring(0, at + 1) + screen.state(state) + line.substring(at + word.length() - 1);
  }

  private int[] widths() {
    int[] widths = new int[headings.size()];
    for (int i = 0; i < widths.length; i++) {
      int column = i;
      widths[i] =
          Math.max(
              plain(headings.get(i)).length(),
              rows.stream().mapToInt(row -> row.cells().get(column).length()).max().orElse(0));
    }
    return widths;
  }

  private String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder(indent);
    for (int i = 0; i < widths.length; i++) {
      String cell = cells.get(i);
      String space = " ".repeat(widths[i] - cell.length());
      line.append(i == 0 ? "" : GAP)
          .append(headings.get(i).startsWith(">") ? space + cell : cell + space);
    }
    return line.toString().stripTrailing();
  }

  private static String plain(String heading) {
    return heading.startsWith(">") ? heading.substring(1) : heading;
  }
}
