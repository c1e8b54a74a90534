package dev.colophon.flow.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** When a capture may lean on an earlier one, and when it must not. */
class RecaptureTest extends CodeCaptureHarness {
  @Test
  void anUnchangedRepositoryIsNotReadAgain() throws IOException {
    repository().write("a/b.txt", "b").commit().write("new.txt", "n");
    CapturedCode first = capture(work());
    int puts = store.puts();
    assertThat(capture(work())).isEqualTo(first);
    assertThat(store.puts()).isEqualTo(puts);
  }

  @Test
  void afterACommitOfWhatWasCapturedTheTreeIsTheSame() throws IOException {
    repository().write("a.txt", "a").commit().write("b.txt", "b");
    CapturedCode first = capture(work());
    repository().commit();
    CapturedCode second = capture(work());
    assertThat(second.snapshot()).isEqualTo(first.snapshot());
    assertThat(second.git()).isNotEqualTo(first.git());
  }

  @Test
  void anEditThatKeepsSizeAndTimeIsCaptured() throws IOException {
    repository().write("a.txt", "old").commit();
    Path file = work().resolve("a.txt");
    repository().write("a.txt", "one");
    FileTime time = Files.getLastModifiedTime(file);
    capture(work());
    repository().write("a.txt", "two");
    Files.setLastModifiedTime(file, time);
    assertThat(files(work())).containsEntry("a.txt", "FILE two");
  }

  @Test
  void anEditRightAfterACaptureIsCaptured() throws IOException {
    rightAfterEachChange();
    repository().write("a.txt", "old").commit().write("a.txt", "one").write("b.txt", "1");
    capture(work());
    repository().write("a.txt", "two").write("b.txt", "2");
    assertThat(files(work())).containsEntry("a.txt", "FILE two").containsEntry("b.txt", "FILE 2");
  }

  @Test
  void aNewUntrackedFileIsCaptured() throws IOException {
    repository().write("a.txt", "a").commit();
    capture(work());
    repository().write("b.txt", "b");
    assertThat(files(work())).containsOnlyKeys("a.txt", "b.txt");
  }

  @Test
  void whatAnEmptiedStoreLacksIsPutAgain() throws IOException {
    repository().write("a/b.txt", "b").commit().write("c.txt", "c").shell("ln -s c.txt d");
    CapturedCode first = capture(work());
    store.clear();
    assertThat(files(work())).containsOnlyKeys("a/b.txt", "c.txt", "d");
    assertThat(capture(work()).snapshot()).isEqualTo(first.snapshot());
  }

  @Test
  void aTornCacheIsAsGoodAsNone() throws IOException {
    repository().write("a.txt", "a").commit();
    CapturedCode first = capture(work());
    try (Stream<Path> caches = Files.walk(temporary.resolve("cache"))) {
      for (Path cache : caches.filter(Files::isRegularFile).toList()) {
        byte[] content = Files.readAllBytes(cache);
        content[content.length - 1] ^= 1;
        Files.write(cache, content);
      }
    }
    assertThat(capture(work())).isEqualTo(first);
  }

  @Test
  void aFileThatGitWasToldNotToLookAtIsCapturedAsItIs() throws IOException {
    Repository repository = repository().write("a.txt", "old").write("b.txt", "old").commit();
    repository.git("update-index", "--assume-unchanged", "a.txt");
    repository.git("update-index", "--skip-worktree", "b.txt");
    capture(work());
    repository.write("a.txt", "new").write("b.txt", "new");
    assertThat(files(work())).containsEntry("a.txt", "FILE new").containsEntry("b.txt", "FILE new");
  }

  @Test
  void aFileThatASparseCheckoutLeavesOutIsNotCaptured() throws IOException {
    Repository repository = repository().write("a/x", "x").write("b/y", "y").commit();
    repository.git("sparse-checkout", "set", "a");
    assertThat(files(work())).containsOnlyKeys("a/x");
  }

  @Test
  void lineEndsAreCapturedAsTheyAreInTheFolder() throws IOException {
    Repository repository = repository().write("a.txt", "x\r\ny\r\n");
    repository.git("config", "core.autocrlf", "true");
    repository.commit();
    assertThat(files(work())).containsEntry("a.txt", "FILE x\r\ny\r\n");
  }

  @Test
  void aChangeOfLineEndsThatGitDoesNotSeeIsCaptured() throws IOException {
    Repository repository = repository().write(".gitattributes", "* text=auto\n");
    repository.write("a.txt", "x\ny\n").commit();
    assertThat(files(work())).containsEntry("a.txt", "FILE x\ny\n");
    repository.write("a.txt", "x\r\ny\r\n").git("add", "a.txt");
    assertThat(state(work()).changed()).isEmpty();
    assertThat(files(work())).containsEntry("a.txt", "FILE x\r\ny\r\n");
  }

  @Test
  void aFilteredFileIsCapturedAsItIsInTheFolder() throws IOException {
    Repository repository = repository().write(".gitattributes", "*.txt filter=upper\n");
    repository.git("config", "filter.upper.clean", "tr a-z A-Z");
    repository.write("a.txt", "quiet").commit();
    assertThat(files(work())).containsEntry("a.txt", "FILE quiet");
  }

  @Test
  void attributesThatComeLaterAreHeeded() throws IOException {
    Repository repository = repository().write("a.txt", "x\ny\n").commit();
    capture(work());
    Files.writeString(work().resolve(".git/info/attributes"), "* text=auto\n");
    capture(work());
    repository.write("a.txt", "x\r\ny\r\n").git("add", "a.txt");
    assertThat(files(work())).containsEntry("a.txt", "FILE x\r\ny\r\n");
  }

  @Test
  void anEditInASubmoduleIsCaptured() throws IOException {
    Repository library = Repository.in(temporary.resolve("library")).write("l.txt", "l").commit();
    Repository repository = repository();
    repository.git("submodule", "-q", "add", library.folder().toString(), "l");
    repository.commit();
    Files.writeString(work().resolve("l/l.txt"), "one");
    capture(work());
    Files.writeString(work().resolve("l/l.txt"), "two");
    assertThat(files(work())).containsEntry("l/l.txt", "FILE two");
  }
}
