package dev.colophon.flow.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colophon.core.code.CodeVersion.Change;
import dev.colophon.core.code.CodeVersion.ChangedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is captured of a work tree, and what is said about where it stands. */
class GitCaptureTest extends CodeCaptureHarness {
  @Test
  void trackedAndUntrackedFilesAreCapturedIgnoredOnesAreNot() throws IOException {
    repository().write("a/b.txt", "b").write(".gitignore", "*.log\n").commit();
    repository().write("new.txt", "n").write("x.log", "x");
    assertThat(files(work()))
        .isEqualTo(Map.of(".gitignore", "FILE *.log\n", "a/b.txt", "FILE b", "new.txt", "FILE n"));
  }

  @Test
  void theWholeRepositoryIsCapturedFromAnyFolderInIt() throws IOException {
    repository().write("a/b.txt", "b").write("c.txt", "c").commit();
    CapturedCode captured = capture(work().resolve("a/b.txt"));
    assertThat(captured.root()).isEqualTo(work());
    assertThat(captured.pathOf(work().resolve("a/b.txt"))).contains("a/b.txt");
    assertThat(store.files(captured.snapshot())).containsOnlyKeys("a/b.txt", "c.txt");
  }

  @Test
  void aChangedFileIsCapturedAsItIsNow() throws IOException {
    Repository repository = repository().write("a.txt", "old").commit();
    capture(work());
    repository.write("a.txt", "new");
    assertThat(files(work())).containsEntry("a.txt", "FILE new");
  }

  @Test
  void aStagedFileThatChangedAgainIsCapturedAsItIsNow() throws IOException {
    Repository repository = repository().write("a.txt", "old").commit().write("a.txt", "staged");
    repository.git("add", "a.txt");
    repository.write("a.txt", "latest");
    assertThat(files(work())).containsEntry("a.txt", "FILE latest");
  }

  @Test
  void aFileThatChangedBackIsCapturedAsCommitted() throws IOException {
    Repository repository = repository().write("a.txt", "old").commit();
    repository.write("a.txt", "new");
    capture(work());
    repository.write("a.txt", "old");
    assertThat(files(work())).containsEntry("a.txt", "FILE old");
  }

  @Test
  void aDeletedFileIsNotCaptured() throws IOException {
    repository().write("a.txt", "a").write("b.txt", "b").commit();
    Files.delete(work().resolve("a.txt"));
    assertThat(files(work())).containsOnlyKeys("b.txt");
  }

  @Test
  void theExecuteBitIsKept() throws IOException {
    repository().write("run.sh", "x").shell("chmod +x run.sh");
    repository().commit().write("new.sh", "y").shell("chmod +x new.sh");
    assertThat(files(work())).isEqualTo(Map.of("run.sh", "EXECUTABLE x", "new.sh", "EXECUTABLE y"));
  }

  @Test
  void everyWayOfDifferingFromTheCommitIsNamed() throws IOException {
    Repository repository =
        repository()
            .write("modified", "1")
            .write("deleted", "2")
            .write("moved", "some longer text so that the move is seen")
            .write("staged-gone", "3")
            .commit();
    repository.write("modified", "x").write("added", "y").write("untracked", "z");
    repository.git("add", "added");
    repository.git("mv", "moved", "renamed");
    repository.git("rm", "-q", "--cached", "staged-gone");
    Files.delete(work().resolve("deleted"));
    assertThat(state(work()).changed())
        .containsExactly(
            new ChangedFile("added", Change.ADDED),
            new ChangedFile("deleted", Change.DELETED),
            new ChangedFile("modified", Change.MODIFIED),
            new ChangedFile("renamed", Change.RENAMED),
            new ChangedFile("staged-gone", Change.UNTRACKED),
            new ChangedFile("untracked", Change.UNTRACKED));
  }

  @Test
  void aConflictIsNamedAndCapturedWithItsMarkers() throws IOException {
    Repository repository = repository().write("a.txt", "base\n").commit();
    repository.git("checkout", "-q", "-b", "side");
    repository.write("a.txt", "side\n").commit();
    repository.git("checkout", "-q", "main");
    repository.write("a.txt", "main\n").commit();
    repository.shell("git -c user.name=t -c user.email=t@t merge -q side || true");
    assertThat(state(work()).changed())
        .containsExactly(new ChangedFile("a.txt", Change.CONFLICTED));
    assertThat(files(work()).get("a.txt")).contains("<<<<<<<");
  }

  @Test
  void commitAndBranchAreThoseOfTheHead() throws IOException {
    Repository repository = repository().commit();
    assertThat(state(work()).commit()).contains(repository.head());
    assertThat(state(work()).branch()).contains("main");
    assertThat(state(work()).changed()).isEmpty();
  }

  @Test
  void aDetachedHeadHasNoBranch() throws IOException {
    Repository repository = repository().commit();
    repository.git("checkout", "-q", "--detach");
    assertThat(state(work()).branch()).isEmpty();
    assertThat(state(work()).commit()).contains(repository.head());
  }

  @Test
  void aRepositoryWithoutCommitIsCaptured() throws IOException {
    repository().write("a.txt", "a");
    assertThat(state(work()).commit()).isEmpty();
    assertThat(state(work()).branch()).contains("main");
    assertThat(files(work())).containsOnlyKeys("a.txt");
  }

  @Test
  void theRemoteIsOriginWithoutUserAndPassword() throws IOException {
    Repository repository = repository().commit();
    repository.git("remote", "add", "fork", "https://example.org/fork.git");
    repository.git("remote", "add", "origin", "https://ana:pass@example.org/x.git");
    assertThat(state(work()).remote()).contains("https://example.org/x.git");
  }

  @Test
  void theOnlyRemoteIsTheRemote() throws IOException {
    repository().commit().git("remote", "add", "fork", "git@example.org:x.git");
    assertThat(state(work()).remote()).contains("git@example.org:x.git");
  }

  @Test
  void ofSeveralRemotesWithoutOriginNoneIsTheRemote() throws IOException {
    Repository repository = repository().commit();
    repository.git("remote", "add", "a", "https://example.org/a.git");
    repository.git("remote", "add", "b", "https://example.org/b.git");
    assertThat(state(work()).remote()).isEmpty();
  }

  @Test
  void aSubmoduleIsCapturedWithItsFilesAndItsCommit() throws IOException {
    Repository library = Repository.in(temporary.resolve("library")).write("l.txt", "l").commit();
    Repository repository = repository().write("a.txt", "a");
    repository.git("submodule", "-q", "add", library.folder().toString(), "libs/l");
    repository.commit();
    Files.writeString(work().resolve("libs/l/l.txt"), "edited");
    assertThat(files(work()))
        .containsEntry("libs/l/l.txt", "FILE edited")
        .containsEntry("a.txt", "FILE a");
    assertThat(state(work()).submodules())
        .singleElement()
        .satisfies(
            module -> {
              assertThat(module.path()).isEqualTo("libs/l");
              assertThat(module.commit()).isEqualTo(library.head());
            });
    assertThat(state(work()).changed()).contains(new ChangedFile("libs/l/l.txt", Change.MODIFIED));
  }

  @Test
  void aSubmoduleThatWasNotFetchedIsLeftOut() throws IOException {
    Repository library = Repository.in(temporary.resolve("library")).write("l.txt", "l").commit();
    Repository repository = repository().write("a.txt", "a");
    repository.git("submodule", "-q", "add", library.folder().toString(), "l");
    repository.commit();
    repository.git("submodule", "-q", "deinit", "-f", "l");
    assertThat(files(work())).containsOnlyKeys(".gitmodules", "a.txt");
  }

  @Test
  void aRepositoryInsideThatGitDoesNotTrackIsCaptured() throws IOException {
    repository().write("a.txt", "a").commit();
    Repository.in(work().resolve("inner")).write("i.txt", "i").commit();
    assertThat(files(work())).containsEntry("inner/i.txt", "FILE i");
  }

  @Test
  void aLinkedWorkTreeIsCaptured() throws IOException {
    Repository repository = repository().write("a.txt", "a").commit();
    Path linked = temporary.toRealPath().resolve("linked");
    repository.git("worktree", "add", "-q", "-b", "side", linked.toString());
    Files.writeString(linked.resolve("b.txt"), "b");
    assertThat(files(linked)).isEqualTo(Map.of("a.txt", "FILE a", "b.txt", "FILE b"));
    assertThat(state(linked).branch()).contains("side");
  }

  @Test
  void linksAreCapturedAsLinksWhereverTheyLead() throws IOException {
    Repository repository = repository().write("folder/a.txt", "a");
    repository.shell("ln -s folder/a.txt file; ln -s folder dir; ln -s nowhere dangling");
    repository.commit().shell("ln -s /no/such/folder new");
    assertThat(files(work()))
        .isEqualTo(
            Map.of(
                "folder/a.txt", "FILE a",
                "file", "LINK folder/a.txt",
                "dir", "LINK folder",
                "dangling", "LINK nowhere",
                "new", "LINK /no/such/folder"));
  }

  @Test
  void oddNamesAreCaptured() throws IOException {
    Repository repository = repository();
    repository.write("with space.txt", "1").write("new\nline", "2").write("\"quoted\"", "3");
    repository.write("tab\there", "4").write("Ärger/日本.txt", "5").write("-x", "6").commit();
    repository.write("Überraschung", "7").write(" leading", "8").write("a -> b", "9");
    assertThat(files(work()))
        .containsOnlyKeys(
            "with space.txt",
            "new\nline",
            "\"quoted\"",
            "tab\there",
            "Ärger/日本.txt",
            "-x",
            "Überraschung",
            " leading",
            "a -> b");
  }

  @Test
  void aNameThatIsNotUtf8IsLeftOutWithAWarning() throws IOException {
    Repository repository = repository().write("a.txt", "a");
    repository.shell(
        "printf x > \"$(printf 'b\\377d')\"; git add -A; printf y > \"$(printf 'n\\376w')\"");
    CapturedCode captured = capture(work());
    assertThat(store.files(captured.snapshot())).containsOnlyKeys("a.txt");
    assertThat(captured.warnings())
        .singleElement()
        .asString()
        .contains("b\uFFFDd")
        .contains("n\uFFFDw");
  }

  @Test
  void aFileOf50MegabytesIsCaptured() throws IOException {
    repository().commit().shell("truncate -s 50M large.bin");
    assertThat(capture(work()).snapshot().sizeBytes()).isEqualTo(50L << 20);
  }

  @Test
  void aFileThatCanNotBeReadAsOneIsNoReasonToStop() throws IOException {
    repository().write("a.txt", "a").commit().shell("mkfifo pipe");
    assertThat(files(work())).containsOnlyKeys("a.txt");
  }

  @Test
  void aHomeIsNeverCaptured() throws IOException {
    repository().write(".colophon/x", "1").write("sub/.colophon/x", "2").write("own home/x", "3");
    repository().write("a.txt", "a").commit().write(".colophon/y", "4");
    CapturedCode captured = capture(work(), work().resolve("own home"), List.of());
    assertThat(store.files(captured.snapshot())).containsOnlyKeys("a.txt");
  }

  @Test
  void aSourceThatGitIgnoresIsCapturedAllTheSame() throws IOException {
    repository().write(".gitignore", "scratch/\n").write("scratch/Flow.java", "f").commit();
    SourceFile own = source(work().resolve("scratch/Flow.java"));
    CapturedCode captured = capture(work(), temporary.resolve("home"), List.of(own));
    assertThat(store.files(captured.snapshot()))
        .containsEntry("scratch/Flow.java", "FILE f")
        .containsKey(".gitignore");
  }

  @Test
  void aSourceThatChangedSinceItWasCompiledIsToldAsEdited() throws IOException {
    repository().write("Flow.java", "compiled").write("Other.java", "compiled").commit();
    List<SourceFile> sources =
        List.of(source(work().resolve("Flow.java")), source(work().resolve("Other.java")));
    repository().write("Other.java", "later");
    assertThat(capture(work(), temporary.resolve("home"), sources).edited())
        .containsExactly("Other.java");
  }

  @Test
  void anIgnoredSourceThatChangedSinceItWasCompiledIsToldAsEdited() throws IOException {
    repository().write(".gitignore", "scratch/\n").write("scratch/Flow.java", "f").commit();
    SourceFile own = source(work().resolve("scratch/Flow.java"));
    repository().write("scratch/Flow.java", "later");
    assertThat(capture(work(), temporary.resolve("home"), List.of(own)).edited())
        .containsExactly("scratch/Flow.java");
  }

  @Test
  void aSourceThatWasRemovedSinceItWasCompiledIsToldAsEdited() throws IOException {
    repository().write("Flow.java", "compiled").commit();
    SourceFile own = source(work().resolve("Flow.java"));
    Files.delete(work().resolve("Flow.java"));
    assertThat(capture(work(), temporary.resolve("home"), List.of(own)).edited())
        .containsExactly("Flow.java");
  }

  @Test
  void theLargestUntrackedFilesBeyondTheBoundsAreLeftOut() throws IOException {
    bounds(new CaptureBounds(10, 100, 100));
    repository().write("tracked", "t".repeat(1000)).commit();
    repository().write("small", "s").write("large", "l".repeat(101));
    CapturedCode captured = capture(work());
    assertThat(store.files(captured.snapshot())).containsOnlyKeys("tracked", "small");
    assertThat(captured.warnings()).singleElement().asString().contains("large");
  }
}
