package dev.colophon.flow.run;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lends {@link System#out} and {@link System#err} to running tasks: what a task's thread, or a
 * thread started by it, prints goes to that task; everything else goes where it went before. One at
 * a time in a process.
 */
public final class PrintCapture implements AutoCloseable {
  private static final InheritableThreadLocal<@Nullable Sink> CURRENT =
      new InheritableThreadLocal<>();

  private final PrintStream out;
  private final PrintStream err;

  private PrintCapture(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /**
   * Takes over both streams until closed.
   *
   * @param out what {@code System.out} is now, to be restored
   * @param err what {@code System.err} is now, to be restored
   * @param stray where to put what no task printed to {@code System.out}
   */
  public static PrintCapture install(PrintStream out, PrintStream err, PrintStream stray) {
    System.setOut(new PrintStream(new Router(stray), false, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(new Router(err), false, StandardCharsets.UTF_8));
    return new PrintCapture(out, err);
  }

  @Override
  public void close() {
    System.setOut(out);
    System.setErr(err);
  }

  /**
   * From now on, what the calling thread prints goes to this log, and line by line to the watcher.
   */
  static void begin(TaskLog log, Consumer<String> lines) {
    CURRENT.set(new Sink(log, lines));
  }

  /** Hands over an unfinished last line and forgets the task. */
  static void end() {
    Sink sink = CURRENT.get();
    if (sink != null) {
      sink.finishLine();
    }
    CURRENT.remove();
  }

  /** Adds a line to a log that no thread has to be printing to. */
  static void line(TaskLog log, String line) {
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    log.append(bytes, 0, bytes.length);
  }

  private static final class Router extends OutputStream {
    private final PrintStream otherwise;

    Router(PrintStream otherwise) {
      this.otherwise = otherwise;
    }

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      Sink sink = CURRENT.get();
      if (sink == null) {
        otherwise.write(bytes, offset, length);
      } else {
        sink.write(bytes, offset, length);
      }
    }

    @Override
    public void flush() {
      otherwise.flush();
    }
  }

  /** Splits what a task prints into lines. */
  private static final class Sink {
    private static final int LONGEST_LINE = 8_192;

    private final TaskLog log;
    private final Consumer<String> lines;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    Sink(TaskLog log, Consumer<String> lines) {
      this.log = log;
      this.lines = lines;
    }

    synchronized void write(byte[] bytes, int offset, int length) {
      log.append(bytes, offset, length);
      for (int i = offset; i < offset + length; i++) {
        if (bytes[i] == '\n' || line.size() == LONGEST_LINE) {
          finishLine();
        }
        if (bytes[i] != '\n') {
          line.write(bytes[i]);
        }
      }
    }

    synchronized void finishLine() {
      if (line.size() > 0) {
        lines.accept(line.toString(StandardCharsets.UTF_8));
        line.reset();
      }
    }
  }
}
