package dev.colophon.catalog;

import static dev.colophon.testkit.SampleRecords.LOAD;
import static dev.colophon.testkit.SampleRecords.START;
import static dev.colophon.testkit.SampleRecords.completed;
import static dev.colophon.testkit.SampleRecords.run;
import static dev.colophon.testkit.SampleRecords.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colophon.core.Digest;
import dev.colophon.core.error.ColophonException.Unavailable;
import dev.colophon.core.run.RunFilter;
import dev.colophon.core.run.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the catalog does to its file and folder. */
class CatalogFileTest {
  private final Path folder;
  private final Path file;

  CatalogFileTest(@TempDir Path folder) {
    this.folder = folder;
    this.file = folder.resolve("home/catalog.db");
  }

  @Test
  void readingWhereNothingWasWrittenLeavesNothingBehind() throws IOException {
    try (SqlCatalog catalog = SqlCatalog.at(file)) {
      catalog.runLog().listRuns(RunFilter.ALL);
      catalog.runLog().declareLost(any -> true, START);
      catalog.registry().listModels(10, Optional.empty());
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aReaderThatCameBeforeTheFileSeesWhatIsWrittenLater() {
    try (SqlCatalog reader = SqlCatalog.at(file);
        SqlCatalog writer = SqlCatalog.at(file)) {
      reader.runLog().listRuns(RunFilter.ALL);
      RunRecord run = writer.runLog().start(run("Flow"));
      assertThat(reader.runLog().listRuns(RunFilter.ALL).items()).containsExactly(run);
    }
  }

  @Test
  void aClosedCatalogLeavesOneFile() throws IOException {
    try (SqlCatalog catalog = SqlCatalog.at(file)) {
      RunRecord run = catalog.runLog().start(run("Flow"));
      catalog.runLog().beat(run.id(), START, List.of());
      catalog.runLog().findRun(run.id());
    }
    try (var files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void aClosedCatalogRefusesToWriteAndRead() {
    SqlCatalog catalog = SqlCatalog.at(file);
    RunRecord run = catalog.runLog().start(run("Flow"));
    catalog.close();
    assertThatThrownBy(() -> catalog.runLog().beat(run.id(), START, List.of()))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("closed");
    assertThatThrownBy(() -> catalog.runLog().findRun(run.id())).isInstanceOf(Unavailable.class);
  }

  @Test
  void whatWasWrittenIsThereAfterReopening() {
    RunRecord run;
    try (SqlCatalog catalog = SqlCatalog.at(file)) {
      run = catalog.runLog().start(run("Flow", "nightly"));
    }
    try (SqlCatalog catalog = SqlCatalog.at(file)) {
      assertThat(catalog.runLog().findRun(run.id())).contains(run);
    }
  }

  @Test
  void noCharacterOfThePathIsTakenForSomethingElse() {
    Path odd = folder.resolve("a?b#c%20 d/über=1&2.db");
    try (SqlCatalog catalog = SqlCatalog.at(odd)) {
      catalog.runLog().start(run("Flow"));
      assertThat(odd).isNotEmptyFile();
    }
  }

  @Test
  void aFileThatACrashLeftEmptyBecomesACatalog() throws IOException {
    Files.createDirectories(file.getParent());
    Files.createFile(file);
    try (SqlCatalog catalog = SqlCatalog.at(file)) {
      assertThat(catalog.runLog().listRuns(RunFilter.ALL).items()).isEmpty();
      assertThat(catalog.runLog().start(run("Flow")).id()).hasToString("Flow/1");
    }
  }

  @Test
  void aCreationThatACrashCutShortIsFinished() throws Exception {
    Files.createDirectories(file.getParent());
    try (Session session = RawFile.open(file)) {
      session.pragma("journal_mode = WAL");
    }
    try (SqlCatalog catalog = SqlCatalog.at(file)) {
      assertThat(catalog.runLog().start(run("Flow")).id()).hasToString("Flow/1");
    }
  }

  @Test
  void durableCommitsAreSyncedAndSignsOfLifeNeverCheckpoint() {
    try (SqlCatalog catalog = SqlCatalog.at(file)) {
      assertThat(catalog.database().<String>write(session -> session.pragma("synchronous")))
          .isEqualTo("2");
      assertThat(catalog.database().<String>note(session -> session.pragma("synchronous")))
          .isEqualTo("1");
      assertThat(catalog.database().<String>note(session -> session.pragma("wal_autocheckpoint")))
          .isEqualTo("0");
    }
  }

  @Test
  void equalContentIsKeptOnce() {
    try (SqlCatalog catalog = SqlCatalog.at(file)) {
      for (int i = 0; i < 3; i++) {
        RunRecord run = catalog.runLog().start(run("Flow"));
        catalog.runLog().commit(run.id(), List.of(completed(task(run.id(), LOAD), "rows")));
      }
      assertThat(
              catalog
                  .database()
                  .<Long>read(
                      session ->
                          session.number(
                              "SELECT count(*) FROM artifacts WHERE digest = ?",
                              Digest.of("rows"))))
          .isEqualTo(1);
    }
  }

  @Test
  void aRunThatSpokeSinceItWasJudgedIsNotLost() {
    try (SqlCatalog catalog = SqlCatalog.at(file)) {
      RunRecord run = catalog.runLog().start(run("Flow"));
      assertThat(
              catalog
                  .runLog()
                  .declareLost(
                      judged -> {
                        catalog.runLog().beat(judged.id(), START.plusSeconds(1), List.of());
                        return true;
                      },
                      START.plusSeconds(2)))
          .isEmpty();
      assertThat(catalog.runLog().getRun(run.id()).state().isFinal()).isFalse();
    }
  }
}
