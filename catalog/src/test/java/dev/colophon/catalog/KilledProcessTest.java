package dev.colophon.catalog;

import static dev.colophon.testkit.SampleRecords.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.colophon.core.Name;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.model.VersionRecord;
import dev.colophon.core.run.RunFilter;
import dev.colophon.core.run.RunRecord;
import dev.colophon.core.run.RunState;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process killed a dozen times in the middle of its work: what the next one finds. */
class KilledProcessTest {
  private static final int KILLS = 12;
  private static final int MOST_LINES = 60;

  @TempDir private static Path folder;
  private static final List<String> LINES = new ArrayList<>();
  private static Optional<SqlCatalog> opened = Optional.empty();

  @BeforeAll
  static void killAgainAndAgain() throws Exception {
    Random random = new Random(3);
    Path file = folder.resolve("catalog.db");
    for (int i = 0; i < KILLS; i++) {
      Process process = CatalogWorker.fork(file, 1_000_000, 3);
      try (BufferedReader out = process.inputReader()) {
        for (int lines = random.nextInt(MOST_LINES); lines >= 0; lines--) {
          LINES.add(out.readLine());
        }
        Thread.sleep(0, random.nextInt(999_999));
        process.toHandle().destroyForcibly();
        LINES.addAll(out.lines().toList());
      }
      process.waitFor();
    }
    opened = Optional.of(SqlCatalog.at(file));
  }

  @AfterAll
  static void close() {
    opened.ifPresent(SqlCatalog::close);
  }

  private static SqlCatalog catalog() {
    return opened.orElseThrow();
  }

  private static List<RunRecord> runs() {
    return catalog()
        .runLog()
        .listRuns(
            new RunFilter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                RunFilter.MOST,
                Optional.empty()))
        .items();
  }

  @Test
  void everyRunThatWasAcknowledgedIsThere() {
    assertThat(runs())
        .extracting(run -> run.id().toString())
        .containsAll(CatalogWorker.acknowledged("run", LINES));
  }

  @Test
  void everyTaskThatWasAcknowledgedIsThereCompleted() {
    assertThat(runs())
        .flatExtracting(run -> catalog().runLog().getGraph(run.id()).tasks())
        .filteredOn(task -> task.state() == RunState.COMPLETED)
        .extracting(task -> task.id().toString())
        .containsAll(CatalogWorker.acknowledged("task", LINES));
  }

  @Test
  void everyRunThatWasAcknowledgedToHaveEndedHasEnded() {
    assertThat(CatalogWorker.acknowledged("end", LINES))
        .isNotEmpty()
        .allMatch(run -> catalog().runLog().getRun(RunId.parse(run)).state() == RunState.COMPLETED);
  }

  @Test
  void everyVersionThatWasAcknowledgedIsThereAndNumbersHaveNoGap() {
    List<VersionRecord> versions =
        catalog().registry().listVersions(Name.of("m"), 100_000, OptionalInt.empty());
    List<String> ids = versions.stream().map(version -> version.id().toString()).toList();
    assertThat(ids).containsAll(CatalogWorker.acknowledged("version", LINES));
    assertThat(ids.reversed())
        .isEqualTo(IntStream.rangeClosed(1, ids.size()).mapToObj(number -> "m@" + number).toList());
  }

  @Test
  void runNumbersHaveNoGap() {
    List<Integer> numbers = runs().stream().map(run -> run.id().number()).sorted().toList();
    assertThat(numbers).isEqualTo(IntStream.rangeClosed(1, numbers.size()).boxed().toList());
  }

  @Test
  void theFileIsSound() {
    assertThat(catalog().database().<String>read(session -> session.pragma("integrity_check")))
        .isEqualTo("ok");
    assertThat(catalog().database().<String>read(session -> session.pragma("foreign_key_check")))
        .isEmpty();
  }

  @Test
  void orphansAreDeclaredLostAndNothingElse() {
    List<RunId> running =
        runs().stream().filter(run -> !run.state().isFinal()).map(RunRecord::id).sorted().toList();
    assertThat(running).isNotEmpty();
    assertThat(catalog().runLog().declareLost(any -> true, START.plusSeconds(99)))
        .isEqualTo(running);
    assertThat(running).allMatch(run -> catalog().runLog().getRun(run).state() == RunState.LOST);
  }
}
