package dev.colophon.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colophon.core.Digest;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class MemoryTest {

  @Test
  void noMoreIsTakenThanThereIs() {
    var memory = new Memory(100);
    assertThat(memory.take(60)).isTrue();
    assertThat(memory.take(60)).isFalse();
    memory.giveBack(20);
    assertThat(memory.take(60)).isTrue();
  }

  @Test
  void aReaderGivesBackWhatItTook() throws IOException {
    var memory = new Memory(100);
    assertThat(memory.take(10)).isTrue();
    try (var stream = new HeldStream(memory, 10)) {
      stream.add(Digest.of("x").bytes(), 4);
      stream.add(Digest.of("y").bytes(), 6);
      assertThat(stream.readNBytes(4)).hasSize(4);
    }
    assertThat(memory.take(100)).isTrue();
  }
}
