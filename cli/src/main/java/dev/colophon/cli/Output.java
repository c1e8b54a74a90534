package dev.colophon.cli;

import dev.colophon.core.error.ErrorCode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Standard output, buffered, which remembers why it failed: print streams swallow that. Not
 * thread-safe beyond what the print stream around it guards.
 */
final class Output extends OutputStream {
  /** What a shell reports of a program that a closed pipe ended: 128 + SIGPIPE. */
  static final int CLOSED_PIPE = 141;

  private final OutputStream out;
  private final byte[] buffer = new byte[8192];
  private int used;
  private @Nullable IOException failure;

  Output(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int b) throws IOException {
    if (used == buffer.length) {
      drain();
    }
    buffer[used++] = (byte) b;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (length > buffer.length - used) {
      drain();
    }
    if (length >= buffer.length) {
      send(bytes, offset, length);
    } else {
      System.arraycopy(bytes, offset, buffer, used, length);
      used += length;
    }
  }

  @Override
  public void flush() throws IOException {
    drain();
  }

  private void drain() throws IOException {
    int length = used;
    used = 0;
    if (length > 0) {
      send(buffer, 0, length);
    }
  }

  private void send(byte[] bytes, int offset, int length) throws IOException {
    IOException known = failure;
    if (known != null) {
      throw known;
    }
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  /**
   * The status of the command, unless its answer did not arrive: quietly {@value #CLOSED_PIPE} if
   * the reader had enough, else an error, such as for a full disk.
   */
  int statusOr(int status, PrintStream err) {
    Optional<String> reason = Optional.ofNullable(failure).map(e -> String.valueOf(e.getMessage()));
    if (reason.isEmpty()) {
      return status;
    }
    if (reason.get().contains("pipe")) {
      return CLOSED_PIPE;
    }
    err.println("error: standard output: " + reason.get());
    return ErrorCode.UNAVAILABLE.exitStatus();
  }
}
