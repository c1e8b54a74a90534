package dev.colophon.flow.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colophon.core.Artifact;
import dev.colophon.core.Digest;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.error.ColophonException.NotFound;
import dev.colophon.core.run.Dataset;
import dev.colophon.flow.code.CountingStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetCaptureTest {
  private final Instant later = Instant.now().plus(Duration.ofHours(1));

  @TempDir Path base;
  @TempDir Path cache;
  private final CountingStore store = new CountingStore();

  private DatasetCapture capture() {
    return new DatasetCapture(store, cache, () -> later, false);
  }

  private List<Dataset> capture(String pattern) {
    return capture().capture(pattern, base);
  }

  private Path write(String path, String text) throws IOException {
    Path file = base.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  @Test
  void aFileIsOneDatasetNamedAsTheAuthorWroteIt() throws IOException {
    Path file = write("data/a.csv", "1");
    assertThat(capture("data/a.csv"))
        .containsExactly(
            new Dataset(
                "data/a.csv", new Artifact.Blob(Digest.of("1"), 1), file.toString(), later));
  }

  @Test
  void anAbsolutePathIsTakenAsItIs() throws IOException {
    Path file = write("a.csv", "1");
    assertThat(capture().capture(file.toString(), Path.of("/")))
        .extracting(Dataset::location)
        .containsExactly(file.toString());
  }

  @Test
  void aFolderIsATreeOfAllThatIsInIt() throws IOException {
    write("data/a.csv", "1");
    write("data/sub/.hidden", "2");
    Files.createDirectories(base.resolve("data/empty"));
    Dataset dataset = capture("data").getFirst();
    assertThat(store.files((Artifact.Tree) dataset.artifact()))
        .isEqualTo(Map.of("a.csv", "FILE 1", "sub/.hidden", "FILE 2", "empty/", "FOLDER"));
  }

  @Test
  void aLinkIsCapturedAsWhatItLeadsTo() throws IOException {
    write("elsewhere/a.csv", "1");
    Files.createDirectories(base.resolve("data"));
    Files.createSymbolicLink(base.resolve("data/l.csv"), base.resolve("elsewhere/a.csv"));
    Dataset dataset = capture("data").getFirst();
    assertThat(store.files((Artifact.Tree) dataset.artifact()))
        .isEqualTo(Map.of("l.csv", "FILE 1"));
  }

  @Test
  void aLinkThatLeadsNowhereIsRefused() throws IOException {
    Files.createDirectories(base.resolve("data"));
    Files.createSymbolicLink(base.resolve("data/l.csv"), Path.of("nowhere"));
    assertThatThrownBy(() -> capture("data"))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("l.csv");
  }

  @Test
  void aLinkToAFolderAboveIsRefused() throws IOException {
    Files.createDirectories(base.resolve("data"));
    Files.createSymbolicLink(base.resolve("data/up"), base);
    assertThatThrownBy(() -> capture(".")).isInstanceOf(Invalid.class).hasMessageContaining("up");
  }

  @Test
  void aGlobHasADatasetForEachFileInNameOrder() throws IOException {
    write("data/b.csv", "2");
    write("data/a.csv", "1");
    write("data/c.txt", "3");
    write("data/sub/d.csv", "4");
    write("data/.e.csv", "5");
    assertThat(capture("data/*.csv"))
        .extracting(Dataset::name)
        .containsExactly("data/a.csv", "data/b.csv");
  }

  @Test
  void twoStarsMatchFoldersOfAnyDepthOrNone() throws IOException {
    write("data/a.csv", "1");
    write("data/x/y/b.csv", "2");
    assertThat(capture("data/**/*.csv"))
        .extracting(Dataset::name)
        .containsExactly("data/a.csv", "data/x/y/b.csv");
  }

  @Test
  void aFileWhoseNameLooksLikeAGlobIsTakenByItsName() throws IOException {
    write("a[1].csv", "1");
    write("a1.csv", "2");
    assertThat(capture("a[1].csv")).extracting(Dataset::name).containsExactly("a[1].csv");
  }

  @Test
  void aGlobWithoutMatchIsRefusedNamingTheFolder() throws IOException {
    Files.createDirectories(base.resolve("data"));
    assertThatThrownBy(() -> capture("data/*.csv"))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("data/*.csv")
        .hasMessageContaining(base.resolve("data").toString());
  }

  @Test
  void aBrokenGlobIsRefused() {
    assertThatThrownBy(() -> capture("data/[a.csv"))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("data/[a.csv");
  }

  @Test
  void aMissingFileIsNamedWithItsFolderAndItsLikes() throws IOException {
    write("data/flights.csv", "1");
    assertThatThrownBy(() -> capture("data/flihgts.csv"))
        .isInstanceOf(NotFound.class)
        .hasMessage(
            "input \"data/flihgts.csv\": there is no \"flihgts.csv\" in %s; did you mean \"flights.csv\"?",
            base.resolve("data"));
  }

  @Test
  void lettersThatChangedPlacesAreForgivenTwice() throws IOException {
    write("data/flights.csv", "1");
    assertThatThrownBy(() -> capture("data/flihgst.csv"))
        .isInstanceOf(NotFound.class)
        .hasMessageContaining("did you mean \"flights.csv\"?");
  }

  @Test
  void aShortNameIsNotTakenForAnotherOfWhichHalfDiffers() throws IOException {
    write("java/flights.csv", "1");
    assertThatThrownBy(() -> capture("data/flights.csv"))
        .isInstanceOf(NotFound.class)
        .hasMessageEndingWith("check the path, or put the file there");
  }

  @Test
  void aMissingFolderIsNamedWithItsLikes() throws IOException {
    write("data/flights.csv", "1");
    assertThatThrownBy(() -> capture("dat/flights.csv"))
        .isInstanceOf(NotFound.class)
        .hasMessageContaining("did you mean \"data\"?");
  }

  @Test
  void anUnchangedFileIsNotReadAgain() throws IOException {
    write("a.csv", "1");
    List<Dataset> first = capture("a.csv");
    int puts = store.puts();
    assertThat(capture("a.csv")).isEqualTo(first);
    assertThat(store.puts()).isEqualTo(puts);
  }

  @Test
  void everyFileIsReadAgainWhenAskedTo() throws IOException {
    write("a.csv", "1");
    capture("a.csv");
    int puts = store.puts();
    new DatasetCapture(store, cache, () -> later, true).capture("a.csv", base);
    assertThat(store.puts()).isGreaterThan(puts);
  }

  @Test
  void aFileOfEqualSizeAndTimeButOtherContentIsNoticed() throws IOException {
    Path file = write("a.csv", "1");
    FileTime time = Files.getLastModifiedTime(file);
    capture("a.csv");
    write("a.csv", "2");
    Files.setLastModifiedTime(file, time);
    assertThat(digest("a.csv")).isEqualTo(Digest.of("2"));
  }

  @Test
  void aFileReplacedByAnotherOfEqualSizeAndTimeIsNoticed() throws IOException {
    Path file = write("a.csv", "1");
    capture("a.csv");
    Path other = write("b.csv", "2");
    Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
    Files.delete(file);
    Files.move(other, file);
    assertThat(digest("a.csv")).isEqualTo(Digest.of("2"));
  }

  @Test
  void aFileThatWasYoungWhenCapturedIsReadAgain() throws IOException {
    write("a.csv", "1");
    new DatasetCapture(store, cache, InstantSource.system(), false).capture("a.csv", base);
    int puts = store.puts();
    capture("a.csv");
    assertThat(store.puts()).isGreaterThan(puts);
  }

  @Test
  void aRememberedFileThatTheStoreLacksIsPutAgain() throws IOException {
    write("a.csv", "1");
    capture("a.csv");
    store.clear();
    capture("a.csv");
    assertThat(store.missing(List.of(Digest.of("1")))).isEmpty();
  }

  @Test
  void aChangedFileOfAFolderChangesItsTree() throws IOException {
    write("data/a.csv", "1");
    write("data/b.csv", "1");
    Digest before = digest("data");
    write("data/b.csv", "2");
    assertThat(digest("data")).isNotEqualTo(before);
  }

  private Digest digest(String pattern) {
    return capture(pattern).getFirst().artifact().digest();
  }
}
