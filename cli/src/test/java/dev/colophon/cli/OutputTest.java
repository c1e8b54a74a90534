package dev.colophon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OutputTest {
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
  private final PrintStream err = new PrintStream(errors, true, StandardCharsets.UTF_8);

  private int statusAfterWriting(OutputStream target, String text) {
    Output output = new Output(target);
    PrintStream out = new PrintStream(output, false, StandardCharsets.UTF_8);
    out.print(text);
    out.flush();
    return output.statusOr(0, err);
  }

  private static OutputStream failing(String reason) {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        throw new IOException(reason);
      }
    };
  }

  @Test
  void whatIsPrintedArrivesWholeHoweverLong() {
    ByteArrayOutputStream target = new ByteArrayOutputStream();
    String text = "line of an answer\n".repeat(5_000);
    assertThat(statusAfterWriting(target, text)).isZero();
    assertThat(target.toString(StandardCharsets.UTF_8)).isEqualTo(text);
  }

  @Test
  void aReaderThatHadEnoughEndsItQuietly() {
    assertThat(statusAfterWriting(failing("Broken pipe"), "x".repeat(20_000))).isEqualTo(141);
    assertThat(errors.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void aFullDiskIsAnErrorThatNamesStandardOutput() {
    assertThat(statusAfterWriting(failing("No space left on device"), "x")).isEqualTo(7);
    assertThat(errors.toString(StandardCharsets.UTF_8))
        .isEqualTo("error: standard output: No space left on device\n");
  }
}
