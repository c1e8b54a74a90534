package dev.colophon.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestContextTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  @TempDir private Path folder;

  @Test
  void whatAStepRecordsCanBeReadBackInOrder() {
    TestContext task = new TestContext(folder, NOON);
    task.metric("auc", 0.5);
    task.metric("loss", 2, 1, "nats");
    assertThat(task.metrics())
        .containsExactly(
            new TestContext.Metric("auc", 0.5, 0, ""),
            new TestContext.Metric("loss", 2, 1, "nats"));
  }

  @Test
  void theLastValueOfAMetricIsFoundByItsName() {
    TestContext task = new TestContext(folder, NOON);
    task.metric("loss", 2, 1, "");
    task.metric("loss", 1, 2, "");
    assertThat(task.metric("loss")).isEqualTo(1);
  }

  @Test
  void aMetricThatWasNotRecordedIsNamedBesideThoseThatWere() {
    TestContext task = new TestContext(folder, NOON);
    task.metric("auc", 0.5);
    assertThatThrownBy(() -> task.metric("acu"))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessage("metric \"acu\": not recorded; there are: [auc]");
  }

  @Test
  void folderMomentAndLogAreTheTests() {
    TestContext task = new TestContext(folder, NOON);
    task.log("hello");
    assertThat(task.folder()).isEqualTo(folder);
    assertThat(task.asOf()).isEqualTo(NOON);
    assertThat(task.lines()).containsExactly("hello");
  }
}
