package dev.colophon.catalog;

import static dev.colophon.testkit.SampleRecords.FIT;
import static dev.colophon.testkit.SampleRecords.LOAD;
import static dev.colophon.testkit.SampleRecords.completed;
import static dev.colophon.testkit.SampleRecords.run;
import static dev.colophon.testkit.SampleRecords.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colophon.core.Digest;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.error.ColophonException.Corrupt;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.error.ColophonException.Unavailable;
import dev.colophon.core.run.RunFilter;
import dev.colophon.core.run.TaskEnd;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Each fault has an outcome that names the file, what happened and what to do. */
class CatalogFaultsTest {
  private static final int PAGE_BYTES = 4_096;

  private final Path folder;
  private final Path file;

  CatalogFaultsTest(@TempDir Path folder) {
    this.folder = folder;
    this.file = folder.resolve("catalog.db");
  }

  private static String filler(int i) {
    return (i + " ").repeat(3_000);
  }

  @Test
  void aFullDiskIsUnavailableAndLosesNothingThatWasAcknowledged() {
    List<Digest> acknowledged = new ArrayList<>();
    try (SqlCatalog catalog = SqlCatalog.within(file, new Limits(Duration.ofSeconds(9), 120))) {
      RunId run = catalog.runLog().start(run("Flow")).id();
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 500; i++) {
                  TaskEnd end = completed(task(run, FIT, i), filler(i));
                  catalog.runLog().commit(run, List.of(end));
                  acknowledged.add(Digest.of(filler(i)));
                }
              })
          .isInstanceOf(Unavailable.class)
          .hasMessageContainingAll(file.toString(), "disk is full", "free some space");
      assertThat(acknowledged)
          .isNotEmpty()
          .allMatch(d -> catalog.runLog().findInline(d).isPresent());
    }
  }

  @Test
  void aCommitThatFoundNoRoomSucceedsWhenThereIsRoomAgain() {
    TaskId task;
    try (SqlCatalog catalog = SqlCatalog.within(file, new Limits(Duration.ofSeconds(9), 70))) {
      RunId run = catalog.runLog().start(run("Flow")).id();
      task = task(run, LOAD);
      List<TaskEnd> many = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        many.add(completed(task(run, FIT, i), filler(i)));
      }
      assertThatThrownBy(() -> catalog.runLog().commit(run, many)).isInstanceOf(Unavailable.class);
    }
    try (SqlCatalog catalog = SqlCatalog.at(file)) {
      catalog.runLog().commit(task.run(), List.of(completed(task, "rows")));
      assertThat(catalog.runLog().getGraph(task.run()).tasks()).hasSize(1);
    }
  }

  @Test
  void aFileThatIsNoDatabaseIsCorruptAndStaysAsItIs() throws IOException {
    String garbage = "no database at all ".repeat(400);
    Files.writeString(file, garbage);
    try (SqlCatalog catalog = SqlCatalog.at(file)) {
      assertThatThrownBy(() -> catalog.runLog().listRuns(RunFilter.ALL))
          .isInstanceOf(Corrupt.class)
          .hasMessageContainingAll(file.toString(), "not a SQLite database", "another home");
      assertThatThrownBy(() -> catalog.runLog().start(run("Flow"))).isInstanceOf(Corrupt.class);
    }
    assertThat(file).hasContent(garbage);
  }

  @Test
  void aDatabaseOfSomethingElseIsCorruptAndStaysAsItIs() throws Exception {
    try (Session session = RawFile.open(file)) {
      session.execute("CREATE TABLE recipes (name TEXT)");
    }
    byte[] before = Files.readAllBytes(file);
    try (SqlCatalog catalog = SqlCatalog.at(file)) {
      assertThatThrownBy(() -> catalog.runLog().start(run("Flow")))
          .isInstanceOf(Corrupt.class)
          .hasMessageContainingAll(file.toString(), "application id 0");
    }
    assertThat(file).hasBinaryContent(before);
  }

  @Test
  void overwrittenPagesAreCorrupt() throws IOException {
    RunId run;
    try (SqlCatalog catalog = SqlCatalog.at(file)) {
      run = catalog.runLog().start(run("Flow")).id();
    }
    byte[] junk = new byte[(int) Files.size(file) - PAGE_BYTES];
    Arrays.fill(junk, (byte) 0x5A);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(junk), PAGE_BYTES);
    }
    try (SqlCatalog catalog = SqlCatalog.at(file)) {
      assertThatThrownBy(() -> catalog.runLog().findRun(run))
          .isInstanceOf(Corrupt.class)
          .hasMessageContainingAll(file.toString(), ".recover");
    }
  }

  @Test
  void inlineContentThatChangedIsNotHandedOut() throws Exception {
    try (SqlCatalog catalog = SqlCatalog.at(file)) {
      RunId run = catalog.runLog().start(run("Flow")).id();
      catalog.runLog().commit(run, List.of(completed(task(run, LOAD), "rows")));
      try (Session session = RawFile.open(file)) {
        session.execute("UPDATE artifacts SET content = x'00' WHERE content IS NOT NULL");
      }
      assertThatThrownBy(() -> catalog.runLog().findInline(Digest.of("rows")))
          .isInstanceOf(Corrupt.class)
          .hasMessageContaining(Digest.of("rows").hex());
    }
  }

  @Test
  void aCatalogOfANewerVersionIsRefusedWithBothVersions() throws Exception {
    try (SqlCatalog catalog = SqlCatalog.at(file)) {
      catalog.runLog().start(run("Flow"));
    }
    try (Session session = RawFile.open(file)) {
      session.execute("PRAGMA user_version = 99");
    }
    try (SqlCatalog catalog = SqlCatalog.at(file)) {
      assertThatThrownBy(() -> catalog.runLog().listRuns(RunFilter.ALL))
          .isInstanceOf(Invalid.class)
          .hasMessageContainingAll(
              file.toString(), "version 99", "up to " + Schema.VERSION, "newer Colophon");
      assertThatThrownBy(() -> catalog.runLog().start(run("Flow"))).isInstanceOf(Invalid.class);
    }
  }

  @Test
  void aLockThatIsHeldTooLongIsUnavailable() throws Exception {
    try (SqlCatalog catalog = SqlCatalog.within(file, new Limits(Duration.ofMillis(40), 9_999))) {
      catalog.runLog().start(run("Flow"));
      try (Session other = RawFile.open(file)) {
        other.begin();
        assertThatThrownBy(() -> catalog.runLog().start(run("Flow")))
            .isInstanceOf(Unavailable.class)
            .hasMessageContainingAll(file.toString(), "locked", "40 ms");
      }
      assertThat(catalog.runLog().start(run("Flow")).id()).hasToString("Flow/2");
    }
  }

  @Test
  void readersDoNotWaitForAWriter() throws Exception {
    try (SqlCatalog catalog = SqlCatalog.within(file, new Limits(Duration.ofMillis(40), 9_999))) {
      RunId run = catalog.runLog().start(run("Flow")).id();
      try (Session other = RawFile.open(file)) {
        other.begin();
        assertThat(catalog.runLog().findRun(run)).isPresent();
      }
    }
  }

  @Test
  void aFolderThatIsAFileIsUnavailable() throws IOException {
    Path plain = Files.createFile(folder.resolve("plain"));
    try (SqlCatalog catalog = SqlCatalog.at(plain.resolve("home/catalog.db"))) {
      assertThatThrownBy(() -> catalog.runLog().start(run("Flow")))
          .isInstanceOf(Unavailable.class)
          .hasMessageContainingAll(plain.toString(), "choose a home");
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aMediumThatCannotBeWrittenIsUnavailable() {
    try (SqlCatalog catalog = SqlCatalog.at(Path.of("/proc/catalog.db"))) {
      assertThatThrownBy(() -> catalog.runLog().start(run("Flow")))
          .isInstanceOf(Unavailable.class)
          .hasMessageContainingAll("/proc/catalog.db", "can't be opened");
    }
  }

  @Test
  void aFileThatCanOnlyBeReadRefusesAWrite() throws Exception {
    try (SqlCatalog catalog = SqlCatalog.at(file)) {
      catalog.runLog().start(run("Flow"));
      catalog
          .database()
          .<Boolean>write(
              session -> {
                session.execute("PRAGMA query_only = 1");
                return true;
              });
      assertThatThrownBy(() -> catalog.runLog().start(run("Flow")))
          .isInstanceOf(Unavailable.class)
          .hasMessageContainingAll(file.toString(), "only be read", "writable");
    }
  }
}
