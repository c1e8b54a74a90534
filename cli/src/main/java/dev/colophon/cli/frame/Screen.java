package dev.colophon.cli.frame;

import dev.colophon.core.run.RunState;
import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneId;

/**
 * Where an answer for a person is written: at most {@value #WIDTH} columns, coloured on a terminal.
 * Not thread-safe.
 */
public final class Screen {
  /** Columns that a line fills at most, unless one word of it is longer. */
  public static final int WIDTH = 100;

  private static final char ESCAPE = '\033';

  private final PrintStream out;
  private final boolean colour;
  private final ZoneId zone;

  public Screen(PrintStream out, boolean colour, ZoneId zone) {
    this.out = out;
    this.colour = colour;
    this.zone = zone;
  }

  public void line(String text) {
    out.print(text + "\n");
  }

  public void line() {
    out.print("\n");
  }

  /** A line that is cut, with an ellipsis, where it exceeds the width. */
  public void cut(String text) {
    String plain = plain(text);
    String cut = Show.cut(plain, WIDTH);
    line(cut.equals(plain) ? text : cut);
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
