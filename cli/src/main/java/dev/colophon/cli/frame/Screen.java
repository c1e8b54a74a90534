package dev.colophon.cli.frame;

import dev.colophon.core.run.RunState;
import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneId;
import java.util.OptionalInt;

/**
 * Where an answer for a person is written. On a terminal it has colours and lines are cut at its
 * width; elsewhere nothing is ever cut. Not thread-safe.
 */
public final class Screen {
  private static final char ESCAPE = '\033';

  private final PrintStream out;
  private final boolean colour;
  private final OptionalInt columns;
  private final ZoneId zone;

  /** One of any width. */
  public Screen(PrintStream out, boolean colour, ZoneId zone) {
    this(out, colour, OptionalInt.empty(), zone);
  }

  /**
   * @param columns that a line may fill; empty for any number
   */
  public Screen(PrintStream out, boolean colour, OptionalInt columns, ZoneId zone) {
    this.out = out;
    this.colour = colour;
    this.columns = columns;
    this.zone = zone;
  }

  public void line(String text) {
    out.print(text + "\n");
  }

  public void line() {
    out.print("\n");
  }

  /**
   * A line that is cut, with an ellipsis, where it exceeds the width of a terminal. Line breaks in
   * it are shown as {@code \n}.
   */
  public void cut(String text) {
    String line = Show.oneLine(text);
    String plain = plain(line);
    line(plain.length() <= columns.orElse(Integer.MAX_VALUE) ? line : fit(plain));
  }

  /** A text in the middle of a line, which on a terminal has to leave room for others. */
  public String part(String text, int most) {
    return columns.isEmpty() ? text : Show.cut(Show.oneLine(text), most);
  }

  /** As much of an uncoloured line as fits. */
  String fit(String line) {
    return columns.isEmpty() ? line : Show.cut(line, columns.getAsInt());
  }

  /** The text without its colours. */
  private static String plain(String text) {
    StringBuilder plain = new StringBuilder();
    boolean escaped = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      escaped |= c == ESCAPE;
      if (!escaped) {
        plain.append(c);
      }
      escaped &= c != 'm';
    }
    return plain.toString();
  }

  /** A moment in the person's time zone. */
  public String time(Instant instant) {
    return Show.time(instant, zone);
  }

  /** The text of a state, in its colour. */
  public String state(RunState state) {
    return paint(state.text(), state);
  }

  /** A text in the colour of a state. */
  public String paint(String text, RunState state) {
    return switch (state) {
      case COMPLETED -> ansi("32", text);
      case RUNNING -> ansi("36", text);
      case FAILED, LOST -> ansi("31", text);
      case CANCELLED -> ansi("33", text);
    };
  }

  /** A text that stands back, such as a heading of columns. */
  public String dim(String text) {
    return ansi("2", text);
  }

  /** A text that stands out. */
  public String bold(String text) {
    return ansi("1", text);
  }

  private String ansi(String code, String text) {
    return colour ? ESCAPE + "[" + code + "m" + text + ESCAPE + "[0m" : text;
  }
}
