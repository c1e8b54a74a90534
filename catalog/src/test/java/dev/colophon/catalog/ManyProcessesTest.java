package dev.colophon.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colophon.core.Name;
import dev.colophon.core.run.RunFilter;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sixteen processes that open a fresh home at once and work on it together. */
class ManyProcessesTest {
  private static final int PROCESSES = 16;
  private static final int RUNS_EACH = 5;
  private static final int VERSIONS_EACH = 50;

  @Test
  void sixteenProcessesGiveEveryNumberOnceWithoutAGapOrAnError(@TempDir Path folder)
      throws Exception {
    Path file = folder.resolve("home/catalog.db");
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < PROCESSES; i++) {
      processes.add(CatalogWorker.fork(file, RUNS_EACH, VERSIONS_EACH / RUNS_EACH));
    }
    List<String> lines = new ArrayList<>();
    for (Process process : processes) {
      try (BufferedReader out = process.inputReader()) {
        lines.addAll(out.lines().toList());
      }
      assertThat(process.waitFor()).isZero();
    }
    assertThat(CatalogWorker.acknowledged("version", lines))
        .containsExactlyInAnyOrderElementsOf(numbered("m@", PROCESSES * VERSIONS_EACH));
    assertThat(CatalogWorker.acknowledged("run", lines))
        .containsExactlyInAnyOrderElementsOf(numbered("Flow/", PROCESSES * RUNS_EACH));
    try (SqlCatalog catalog = SqlCatalog.at(file)) {
      assertThat(catalog.registry().getModel(Name.of("m")).latest())
          .isEqualTo(PROCESSES * VERSIONS_EACH);
      assertThat(
              catalog
                  .runLog()
                  .listRuns(
                      new RunFilter(
                          Optional.empty(),
                          Optional.empty(),
                          Optional.empty(),
                          RunFilter.MOST,
                          Optional.empty()))
                  .items())
          .extracting(run -> run.id().number())
          .isSortedAccordingTo(Comparator.reverseOrder())
          .hasSize(PROCESSES * RUNS_EACH);
    }
  }

  private static List<String> numbered(String prefix, int last) {
    return IntStream.rangeClosed(1, last).mapToObj(number -> prefix + number).toList();
  }
}
