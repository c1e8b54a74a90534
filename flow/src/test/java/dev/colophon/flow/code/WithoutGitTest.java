package dev.colophon.flow.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Folders that Git does not help with: none stops a run. */
class WithoutGitTest extends CodeCaptureHarness {
  private void write(String path, String text) throws IOException {
    Path file = work().resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @Test
  void theSourcesOfAPlainFolderAreCaptured() throws IOException {
    write("Flow.java", "f");
    write("data/x.csv", "x");
    CapturedCode captured = capture(work().resolve("Flow.java"));
    assertThat(store.files(captured.snapshot())).containsOnlyKeys("Flow.java", "data/x.csv");
    assertThat(captured.git()).isEmpty();
    assertThat(captured.warnings()).isEmpty();
  }

  @Test
  void whatToolsLeaveBehindIsNotCaptured() throws IOException {
    for (String ignored :
        List.of(".git", ".colophon", "target", "build", "out", "node_modules", ".venv")) {
      write("sub/" + ignored + "/x", "x");
    }
    write("Flow.class", "c");
    write("Flow.java", "f");
    Files.delete(work().resolve("sub/.git/x"));
    assertThat(files(work())).containsOnlyKeys("Flow.java");
  }

  @Test
  void aFileThatIsTooLargeIsLeftOutWithAWarning() throws IOException {
    bounds(new CaptureBounds(10, 1000, 5));
    write("large.csv", "123456");
    write("Flow.java", "f");
    CapturedCode captured = capture(work());
    assertThat(store.files(captured.snapshot())).containsOnlyKeys("Flow.java");
    assertThat(captured.warnings()).singleElement().asString().contains("large.csv").contains("6");
  }

  @Test
  void ofAFolderWithTooManyFilesOnlyTheFlowsOwnSourcesAreCaptured() throws IOException {
    bounds(new CaptureBounds(2, 1000, 1000));
    write("a", "a");
    write("b", "b");
    write("c", "c");
    write("Flow.java", "f");
    SourceFile own = source(work().resolve("Flow.java"));
    CapturedCode captured = capture(work(), temporary.resolve("home"), List.of(own));
    assertThat(store.files(captured.snapshot())).containsOnlyKeys("Flow.java");
    assertThat(captured.warnings()).singleElement().asString().contains("more than 2 files");
  }

  @Test
  void theRootHoldsAllSourcesOfAFlow() throws IOException {
    write("a/Flow.java", "f");
    write("b/Other.java", "o");
    SourceFile other = source(work().resolve("b/Other.java"));
    CapturedCode captured =
        capture(work().resolve("a/Flow.java"), temporary.resolve("home"), List.of(other));
    assertThat(captured.root()).isEqualTo(work());
    assertThat(store.files(captured.snapshot())).containsOnlyKeys("a/Flow.java", "b/Other.java");
  }

  @Test
  void withoutTheProgramTheFolderIsCapturedWithAWarning() throws IOException {
    repository().write("a.txt", "a").commit();
    program("no-such-git");
    CapturedCode captured = capture(work());
    assertThat(store.files(captured.snapshot())).containsOnlyKeys("a.txt");
    assertThat(captured.git()).isEmpty();
    assertThat(captured.warnings()).singleElement().asString().contains("no-such-git");
  }

  @Test
  void aRepositoryOfSomebodyElseIsCapturedAsAFolderAndTheWayOutIsNamed() throws IOException {
    repository().write("a.txt", "a").commit();
    variable("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1");
    CapturedCode captured = capture(work());
    assertThat(store.files(captured.snapshot())).containsOnlyKeys("a.txt");
    assertThat(captured.warnings())
        .singleElement()
        .asString()
        .contains("dubious ownership")
        .contains("safe.directory");
  }

  @Test
  void aBrokenRepositoryIsCapturedAsAFolder() throws IOException {
    repository().write("a.txt", "a").commit();
    Files.writeString(work().resolve(".git/HEAD"), "rubbish");
    CapturedCode captured = capture(work());
    assertThat(store.files(captured.snapshot())).containsOnlyKeys("a.txt");
    assertThat(captured.warnings()).singleElement().asString().contains("not a git repository");
  }

  @Test
  void aDamagedIndexIsNoReasonToStop() throws IOException {
    repository().write("a.txt", "a").commit();
    Files.writeString(work().resolve(".git/index"), "rubbish");
    CapturedCode captured = capture(work());
    assertThat(store.files(captured.snapshot())).containsOnlyKeys("a.txt");
    assertThat(captured.warnings()).singleElement().asString().contains("index");
  }

  @Test
  void aBareRepositoryIsCapturedAsAFolder() throws IOException {
    repository().write("a.txt", "a").commit().git("config", "core.bare", "true");
    CapturedCode captured = capture(work());
    assertThat(store.files(captured.snapshot())).containsOnlyKeys("a.txt");
    assertThat(captured.warnings()).singleElement().asString().contains("work tree");
  }

  @Test
  void aVariableThatNamesAnotherRepositoryLeadsNowhere() throws IOException {
    Repository repository = repository().write("a.txt", "a").commit();
    Repository other = Repository.in(temporary.resolve("other")).commit();
    variable("GIT_DIR", other.folder().resolve(".git").toString());
    assertThat(state(work()).commit()).contains(repository.head());
  }

  @Test
  void anEmptyFolderIsATree() throws IOException {
    assertThat(files(work())).isEmpty();
  }
}
