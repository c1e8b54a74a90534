package dev.colophon.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colophon.core.IndexPath;
import dev.colophon.core.Name;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.error.ColophonException.Corrupt;
import dev.colophon.core.run.LogLine.Stream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogChunkTest {
  private static final TaskId TASK =
      new RunId(Name.of("Flow"), 1).step(Name.of("fit")).task(new IndexPath(List.of(3)));

  @Test
  void theEncodedFormIsAsDocumented() {
    LogChunk chunk =
        LogChunk.of(
            TASK,
            1,
            0,
            List.of(
                new LogLine(Stream.STDOUT, Instant.ofEpochSecond(5, 7), "a b"),
                new LogLine(Stream.STDERR, Instant.ofEpochSecond(-1, 0), "")));
    assertThat(new String(chunk.encoded(), StandardCharsets.UTF_8))
        .isEqualTo("o5000000007 a b\ne-1000000000 \n");
    assertThat(chunk.endByte()).isEqualTo(5);
    assertThat(chunk.at()).isEqualTo(Instant.ofEpochSecond(5, 7));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x5 a\n", "o5", "o5 a", "oz a\n", "o"})
  void aDamagedOneIsRefused(String encoded) {
    LogChunk chunk = new LogChunk(TASK, 1, 0, 9, encoded.getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(chunk::lines).isInstanceOf(Corrupt.class).hasMessageContaining("Flow/1/fit");
  }
}
