package dev.colophon.flow.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colophon.core.run.StepRecord.Reuse;
import dev.colophon.core.run.TaskEnd;
import dev.colophon.flow.Flow;
import dev.colophon.flow.Param;
import dev.colophon.flow.Step;
import dev.colophon.flow.TaskContext;
import dev.colophon.testkit.MemoryCatalog;
import dev.colophon.testkit.MemoryStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values live in the catalog or in the store, as large as they are: each is found again. */
class ReusedSizesTest {
  private final MemoryCatalog catalog = new MemoryCatalog();
  private final MemoryStore store = new MemoryStore();
  @TempDir private Path folder;

  @SuppressWarnings("ArrayRecordComponent") // as tables are
  record Table(int[] ids, double[] values) {}

  @Flow
  static class Sizes {
    @Param int bytes = 1;

    @Step
    Path file(int bytes, TaskContext task) throws IOException {
      return Files.write(task.folder().resolve("one.bin"), new byte[bytes]);
    }

    @Step
    Path tree(int bytes, TaskContext task) throws IOException {
      Path made = Files.createDirectories(task.folder().resolve("made"));
      Files.write(made.resolve("a.bin"), new byte[bytes]);
      Files.write(made.resolve("b.bin"), new byte[bytes / 2]);
      return made;
    }

    @Step
    Table table(int bytes) {
      return new Table(new int[bytes / 4], new double[bytes / 8]);
    }

    @Step
    double[] array(int bytes) {
      return new double[bytes / 8];
    }

    @Step
    String text(int bytes) {
      return "x".repeat(bytes);
    }
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0,
        8,
        TaskEnd.INLINE_LIMIT_BYTES / 2,
        TaskEnd.INLINE_LIMIT_BYTES - 8,
        TaskEnd.INLINE_LIMIT_BYTES,
        TaskEnd.INLINE_LIMIT_BYTES + 8,
        TaskEnd.INLINE_LIMIT_BYTES * 40
      })
  void aValueOfAnySizeIsReused(int bytes) throws InterruptedException {
    FlowHarness harness =
        new FlowHarness(catalog.runLog(), catalog.outcomes(), store, folder, Clock.systemUTC());
    for (String step : List.of("file", "tree", "table", "array", "text")) {
      harness.code(step, "as it was", Reuse.ON);
    }
    harness.with("bytes", "" + bytes).run(Sizes.class);
    assertThat(harness.run(Sizes.class).tasks()).allSatisfy(this::reused);
  }

  private void reused(RunOutcome.TaskOutcome task) {
    assertThat(task.origin()).as(task.task().toString()).isPresent();
  }
}
