package dev.colophon.flow.run;

import dev.colophon.core.run.LogLine.Stream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lends {@link System#out}, {@link System#err} and the loggers of the JDK to running tasks: what a
 * task's thread, or a thread started by it, prints or logs goes to that task; everything else goes
 * where it went before. One at a time in a process.
 */
public final class PrintCapture implements AutoCloseable {
  private static final InheritableThreadLocal<@Nullable TaskLog> CURRENT =
      new InheritableThreadLocal<>();

  private final PrintStream out;
  private final PrintStream err;
  private final TaskLogHandler loggers;

  private PrintCapture(PrintStream out, PrintStream err, TaskLogHandler loggers) {
    this.out = out;
    this.err = err;
    this.loggers = loggers;
  }

  /**
   * Takes over both streams and the loggers until closed.
   *
   * @param out what {@code System.out} is now, to be restored
   * @param err what {@code System.err} is now, to be restored
   * @param stray where to put what no task printed to {@code System.out}
   */
  public static PrintCapture install(PrintStream out, PrintStream err, PrintStream stray) {
    TaskLogHandler loggers = TaskLogHandler.install(); // before: the console's keep what err is
    System.setOut(new PrintStream(new Router(Stream.STDOUT, stray), false, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(new Router(Stream.STDERR, err), false, StandardCharsets.UTF_8));
    return new PrintCapture(out, err, loggers);
  }

  @Override
  public void close() {
    System.setOut(out);
    System.setErr(err);
    loggers.uninstall();
  }

  /** From now on, what the calling thread prints goes to this log. */
  static void begin(TaskLog log) {
    CURRENT.set(log);
  }

  /** Hands over unfinished last lines and forgets the task. */
  static void end() {
    current().ifPresent(TaskLog::finishLines);
    CURRENT.remove();
  }

  /** Where the calling thread prints to; empty if it is no task's. */
  static Optional<TaskLog> current() {
    return Optional.ofNullable(CURRENT.get());
  }

  private static final class Router extends OutputStream {
    private final Stream stream;
    private final PrintStream otherwise;

    Router(Stream stream, PrintStream otherwise) {
      this.stream = stream;
      this.otherwise = otherwise;
    }

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      TaskLog log = CURRENT.get();
      if (log == null) {
        otherwise.write(bytes, offset, length);
      } else {
        log.write(stream, bytes, offset, length);
      }
    }

    @Override
    public void flush() {
      otherwise.flush();
    }
  }
}
