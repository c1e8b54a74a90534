package dev.colophon.catalog;

import static dev.colophon.testkit.SampleRecords.LOAD;
import static dev.colophon.testkit.SampleRecords.START;
import static dev.colophon.testkit.SampleRecords.completed;
import static dev.colophon.testkit.SampleRecords.run;
import static dev.colophon.testkit.SampleRecords.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colophon.core.Subject.RunId;
import dev.colophon.core.error.ColophonException.Unavailable;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that lives is never taken for one that is gone, whatever its catalog is busy with. */
class SignOfLifeTest {
  private static final Instant LATE = START.plusSeconds(3_600);

  private final SqlCatalog catalog;
  private final SqlCatalog other;
  private final RunId run;

  SignOfLifeTest(@TempDir Path folder) {
    Path file = folder.resolve("catalog.db");
    catalog = SqlCatalog.within(file, new Limits(Duration.ofMillis(1), 10_000));
    other = SqlCatalog.within(file, new Limits(Duration.ofMillis(1), 10_000));
    run = catalog.runLog().start(run("Flow")).id();
  }

  @AfterEach
  void close() {
    catalog.close();
    other.close();
  }

  /** A clock that stands, and is asked at moments when no other process can write only. */
  private InstantSource whileNobodyElseWrites() {
    return () -> {
      assertThatThrownBy(() -> other.runLog().start(run("Other"))).isInstanceOf(Unavailable.class);
      return LATE;
    };
  }

  @Test
  void theMomentOfASignIsTakenWhenNobodyElseCanWrite() {
    catalog.runLog().beat(run, whileNobodyElseWrites(), List.of());
    assertThat(catalog.runLog().getRun(run).heardAt()).isEqualTo(LATE);
  }

  @Test
  void theMomentOfACommitIsTakenWhenNobodyElseCanWrite() {
    catalog
        .runLog()
        .commit(run, List.of(completed(task(run, LOAD), "rows")), whileNobodyElseWrites());
    assertThat(catalog.runLog().getRun(run).heardAt()).isEqualTo(LATE);
  }

  @Test
  void aSignWaitsNoLongerThanItsPatienceWhileThisProcessWrites() {
    Throwable refused =
        catalog
            .database()
            .write(
                session ->
                    CompletableFuture.runAsync(() -> catalog.runLog().beat(run, LATE, List.of()))
                        .orTimeout(60, TimeUnit.SECONDS) // a sign that queues would wait for ever
                        .handle((done, failure) -> failure)
                        .join());
    assertThat(refused).hasCauseInstanceOf(Unavailable.class);
  }

  @Test
  void aRunThatCommittedSinceItWasJudgedIsNotLost() {
    List<RunId> lost =
        other
            .runLog()
            .declareLost(
                judged -> {
                  catalog.runLog().commit(run, List.of(), InstantSource.fixed(LATE));
                  return true;
                },
                LATE);
    assertThat(lost).isEmpty();
  }
}
