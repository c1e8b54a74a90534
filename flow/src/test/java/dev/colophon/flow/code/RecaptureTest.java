package dev.colophon.flow.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colophon.core.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
  void anUnchangedRepositoryCostsTwoQuestionsToGit() throws IOException {
    repository().write("a/b.txt", "b").commit();
    countGit();
    capture(work());
    Files.delete(questions());
    capture(work());
    assertThat(questions()).content().contains(" status ", " config ").hasLineCount(2);
  }

  @Test
  void anUnchangedRepositoryCostsOneQuestionToTheStore() throws IOException {
    repository().write("a/b.txt", "b").write("c.txt", "c").commit();
    capture(work());
    long asked = store.asked();
    capture(work());
    assertThat(store.asked() - asked).isEqualTo(1);
  }

  @Test
  void anIndexThatOnlyLooksNewIsListedOnceAndFoundTheSame() throws IOException {
    Repository repository = repository().write("a.txt", "a").commit();
    CapturedCode first = capture(work());
    int puts = store.puts();
    repository.shell("cp -p .git/index x && mv x .git/index");
    countGit();
    capture(work());
    assertThat(capture(work())).isEqualTo(first);
    assertThat(store.puts()).isEqualTo(puts);
    assertThat(questions()).content().containsOnlyOnce(" ls-files ").doesNotContain("check-attr");
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
  void anEditOfACleanFileThatKeepsSizeAndTimeIsCaptured() throws IOException {
    repository().write("a.txt", "one").commit();
    Path file = work().resolve("a.txt");
    FileTime time = Files.getLastModifiedTime(file);
    capture(work());
    repository().write("a.txt", "two");
    Files.setLastModifiedTime(file, time);
    assertThat(files(work())).containsEntry("a.txt", "FILE two");
  }

  @Test
  void aFileIsCapturedAgainAfterItWasDeleted() throws IOException {
    Repository repository = repository().write("a.txt", "a").write("b.txt", "b").commit();
    capture(work());
    Files.delete(work().resolve("a.txt"));
    assertThat(files(work())).containsOnlyKeys("b.txt");
    repository.write("a.txt", "a");
    assertThat(files(work())).containsOnlyKeys("a.txt", "b.txt");
  }

  @Test
  void anUntrackedFileThatIsDeletedIsNotCaptured() throws IOException {
    repository().write("a.txt", "a").commit().write("b.txt", "b");
    capture(work());
    Files.delete(work().resolve("b.txt"));
    assertThat(files(work())).containsOnlyKeys("a.txt");
  }

  @Test
  void anEditOfAnUntrackedFileThatKeepsSizeAndTimeIsCaptured() throws IOException {
    repository().write("a.txt", "a").commit().write("b.txt", "one");
    Path file = work().resolve("b.txt");
    FileTime time = Files.getLastModifiedTime(file);
    capture(work());
    repository().write("b.txt", "two");
    Files.setLastModifiedTime(file, time);
    assertThat(files(work())).containsEntry("b.txt", "FILE two");
  }

  @Test
  void aFileThatBecomesExecutableIsCapturedSo() throws IOException {
    Repository repository = repository().write("a.sh", "a").commit();
    capture(work());
    repository.shell("chmod +x a.sh");
    assertThat(files(work())).containsEntry("a.sh", "EXECUTABLE a");
  }

  @ParameterizedTest
  @ValueSource(strings = {".gitignore", "a/.gitignore", ".git/info/exclude"})
  void whatIsIgnoredLaterIsNotCaptured(String list) throws IOException {
    Repository repository = repository().write("a/a.txt", "a").commit().write("a/b.txt", "b");
    capture(work());
    repository.write(list, "b.txt\n");
    assertThat(files(work())).containsKey("a/a.txt").doesNotContainKey("a/b.txt");
  }

  @Test
  void whatIsNoLongerIgnoredIsCaptured() throws IOException {
    Repository repository = repository().write(".gitignore", "*.txt\n").commit();
    repository.write("b.txt", "b");
    capture(work());
    repository.write(".gitignore", "*.log\n");
    assertThat(files(work())).containsOnlyKeys(".gitignore", "b.txt");
  }

  @Test
  void aChangeOfTheIndexOfALinkedWorkTreeIsHeeded() throws IOException {
    Repository main = Repository.in(temporary.resolve("main")).write("a.txt", "old").commit();
    main.git("worktree", "add", "-q", work().toString(), "-b", "other");
    capture(work());
    Repository linked = new Repository(work());
    linked.git("update-index", "--assume-unchanged", "a.txt");
    linked.write("a.txt", "new");
    assertThat(files(work())).containsEntry("a.txt", "FILE new");
  }

  @Test
  void anIndexThatChangesRightAfterACaptureIsHeeded() throws IOException {
    rightAfterEachChange();
    Repository repository = repository().write("a.txt", "old").commit();
    capture(work());
    repository.git("update-index", "--assume-unchanged", "a.txt");
    repository.write("a.txt", "new");
    assertThat(files(work())).containsEntry("a.txt", "FILE new");
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
  void aFileThatADamagedStoreLacksIsPutAgainADayLater() throws IOException {
    repository().write("a.txt", "a").write("b.txt", "b").commit();
    capture(work());
    store.lose(Digest.of("b"));
    pass(Duration.ofDays(1));
    assertThat(files(work())).containsEntry("b.txt", "FILE b");
  }

  @Test
  void whatIsRememberedIsSafeFromALossOfPower() throws IOException {
    repository().write("a.txt", "a").commit();
    capture(work());
    assertThat(store.isSynced()).isTrue();
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

  @Test
  void aSubmoduleThatIsFetchedLaterIsCaptured() throws IOException {
    Repository library = Repository.in(temporary.resolve("library")).write("l.txt", "l").commit();
    Repository origin = Repository.in(temporary.resolve("origin"));
    origin.git("submodule", "-q", "add", library.folder().toString(), "l");
    origin.commit();
    Repository clone = new Repository(Files.createDirectories(work()));
    clone.git("clone", "-q", origin.folder().toString(), ".");
    assertThat(files(work())).doesNotContainKey("l/l.txt");
    clone.git("submodule", "-q", "update", "--init");
    assertThat(files(work())).containsEntry("l/l.txt", "FILE l");
  }

  private Path questions() {
    return temporary.resolve("questions");
  }

  /** From now on each question to Git is a line of a file. */
  private void countGit() throws IOException {
    Path script = temporary.resolve("git");
    Files.writeString(
        script, "#!/bin/sh\necho \"$* \" >>'%s'\nexec git \"$@\"\n".formatted(questions()));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    program(script.toString());
  }
}
