package dev.colophon.flow.run;

import dev.colophon.core.run.LogLine.Stream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * Takes what tasks log with {@link Logger}, and so with {@link System.Logger}, into their logs;
 * what anybody else logs goes to the console as before. Thread-safe.
 */
final class TaskLogHandler extends Handler {
  private final SimpleFormatter formatter = new SimpleFormatter();
  private final Logger root;
  private final List<Handler> consoles;

  private TaskLogHandler(Logger root, List<Handler> consoles) {
    this.root = root;
    this.consoles = consoles;
  }

  /** Takes the place of the console's handlers. */
  static TaskLogHandler install() {
    Logger root = Logger.getLogger("");
    List<Handler> consoles =
        Arrays.stream(root.getHandlers()).filter(ConsoleHandler.class::isInstance).toList();
    TaskLogHandler handler = new TaskLogHandler(root, consoles);
    consoles.forEach(root::removeHandler);
    root.addHandler(handler);
    return handler;
  }

  /** Puts back whose place it took. */
  void uninstall() {
    root.removeHandler(this);
    consoles.forEach(root::addHandler);
  }

  @Override
  public void publish(LogRecord record) {
    Optional<TaskLog> log = PrintCapture.current();
    if (log.isPresent()) {
      log.get().lines(Stream.LOGGER, text(record));
    } else {
      consoles.forEach(console -> console.publish(record));
    }
  }

  /** {@code WARNING flights.Loader: 3 rows without a date}, and the trace of what was thrown. */
  private String text(LogRecord record) {
    String said =
        "%s %s: %s"
            .formatted(
                record.getLevel().getName(),
                Optional.ofNullable(record.getLoggerName()).orElse(""),
                formatter.formatMessage(record));
    return Optional.ofNullable(record.getThrown())
        .map(thrown -> said + "\n" + Failures.of(thrown).trace())
        .orElse(said);
  }

  @Override
  public void flush() {
    consoles.forEach(Handler::flush);
  }

  @Override
  public void close() {}
}
