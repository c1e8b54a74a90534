package dev.colophon.flow.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colophon.core.error.ColophonException.Corrupt;
import dev.colophon.core.run.Dataset;
import dev.colophon.testkit.MemoryStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetCopyTest {
  private final MemoryStore store = new MemoryStore();
  @TempDir private Path folder;

  private Dataset captured() throws IOException {
    Path file = Files.writeString(folder.resolve("in.csv"), "1,2\n");
    return new Dataset("data/in.csv", store.putFile(file), file.toString(), Instant.EPOCH);
  }

  @Test
  void aStepReadsACopyOfWhatWasCaptured() throws IOException {
    Dataset dataset = captured();
    Files.writeString(folder.resolve("in.csv"), "edited");
    assertThat(DatasetCopy.place(dataset, store, folder.resolve("copies"))).hasContent("1,2\n");
  }

  @Test
  void aDamagedCopyNamesTheFileAndTheWayOut() throws IOException {
    Dataset dataset = captured();
    store.corrupt(dataset.artifact().digest());
    assertThatThrownBy(() -> DatasetCopy.place(dataset, store, folder.resolve("copies")))
        .isInstanceOf(Corrupt.class)
        .hasMessageContaining("dataset data/in.csv: its stored copy is damaged")
        .hasMessageContaining("--verify-inputs");
  }
}
