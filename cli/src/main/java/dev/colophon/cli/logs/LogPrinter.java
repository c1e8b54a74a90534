package dev.colophon.cli.logs;

import dev.colophon.cli.frame.Screen;
import dev.colophon.cli.frame.Show;
import dev.colophon.core.Subject.InRun;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.run.LogLine;

/** Writes what was said for a person, a line each. */
public final class LogPrinter {
  private final Screen screen;
  private final boolean one;

  /**
   * @param of what was asked for: of a single task, lines don't say which
   */
  public LogPrinter(Screen screen, InRun of) {
    this.screen = screen;
    this.one = of instanceof TaskId;
  }

  /** {@code 2026-11-23 15:01:12.250 err fit/3 │ no such route}. */
  public void write(LogEntry entry) {
    screen.line(
        switch (entry) {
          case LogEntry.Said(TaskId task, int attempt, LogLine line) ->
              "%s %s%s │ %s"
                  .formatted(
                      screen.dim(time(line)),
                      stream(line.stream()),
                      where(task, attempt),
                      line.text());
          case LogEntry.LeftOut(TaskId task, int attempt, long bytes) ->
              "… %s left out%s …".formatted(Show.count(bytes, "byte"), where(task, attempt));
          case LogEntry.Untimed(TaskId task, String text) ->
              one ? text : where(task, 1).strip() + " │ " + text;
        });
  }

  private String time(LogLine line) {
    long millis = line.at().toEpochMilli() % 1000;
    return screen.time(line.at()) + "." + Long.toString(1000 + millis).substring(1);
  }

  private static String stream(LogLine.Stream stream) {
    return switch (stream) {
      case STDOUT -> "out";
      case STDERR -> "err";
      case LOGGER -> "log";
    };
  }

  private String where(TaskId task, int attempt) {
    String place =
        one
            ? ""
            : " " + (task.index().isEmpty() ? "" + task.step() : task.step() + "/" + task.index());
    return attempt == 1 ? place : place + " attempt " + attempt;
  }
}
