package dev.colophon.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colophon.core.Artifact;
import dev.colophon.core.Digest;
import dev.colophon.core.TreeListing;
import dev.colophon.core.TreeListing.Entry;
import dev.colophon.core.TreeListing.Kind;
import dev.colophon.core.Trees;
import dev.colophon.core.error.ColophonException.Conflict;
import dev.colophon.core.error.ColophonException.Corrupt;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.error.ColophonException.NotFound;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders that go into a store and come out again. */
class TreesTest {
  private static final int DIGEST_AT = "FILE ".length();

  @TempDir private Path files;

  private final MemoryStore store = new MemoryStore();

  private Path given() {
    return files.resolve("given");
  }

  private Path restored() {
    return files.resolve("restored");
  }

  /**
   * <pre>
   * given/  a.txt   bin/ run (executable)   bin/ deep/ b   empty/   link -> a.txt   away -> /etc/passwd
   * </pre>
   */
  @BeforeEach
  void draw() throws IOException {
    Files.createDirectories(given().resolve("bin/deep"));
    Files.createDirectories(given().resolve("empty"));
    Files.writeString(given().resolve("a.txt"), "alpha");
    Files.writeString(given().resolve("bin/run"), "#!/bin/sh\n");
    assertThat(given().resolve("bin/run").toFile().setExecutable(true)).isTrue();
    Files.writeString(given().resolve("bin/deep/b"), "beta");
    Files.createSymbolicLink(given().resolve("link"), Path.of("a.txt"));
    Files.createSymbolicLink(given().resolve("away"), Path.of("/etc/passwd"));
  }

  private Artifact.Blob blob(String content) {
    return store.put(content.getBytes(StandardCharsets.UTF_8));
  }

  private Artifact.Tree keep(TreeListing listing) {
    store.put(listing.bytes());
    return listing.tree();
  }

  /** Keeps a listing of one file whose name no listing would take. */
  private Artifact.Tree hostile(String name) {
    var whole = new TreeListing(Map.of("n", new Entry(Kind.FILE, blob("x")))).bytes();
    var text = new String(whole, StandardCharsets.UTF_8);
    var changed = text.substring(0, text.length() - 2) + name + "\0";
    var kept = store.put(changed.getBytes(StandardCharsets.UTF_8));
    return new Artifact.Tree(kept.digest(), 1);
  }

  @Test
  void aFolderComesOutAsItWentIn() throws IOException {
    Trees.restore(Trees.put(given(), store), store, restored());
    assertThat(restored().resolve("a.txt")).hasContent("alpha");
    assertThat(restored().resolve("bin/deep/b")).hasContent("beta");
    assertThat(restored().resolve("empty")).isEmptyDirectory();
    assertThat(restored().resolve("bin/run")).isExecutable();
    assertThat(restored().resolve("a.txt").toFile().canExecute()).isFalse();
    assertThat(Files.readSymbolicLink(restored().resolve("link"))).isEqualTo(Path.of("a.txt"));
  }

  @Test
  void aRestoredFolderIsTheSameTree() throws IOException {
    var tree = Trees.put(given(), store);
    Trees.restore(tree, store, restored());
    assertThat(Trees.put(restored(), store)).isEqualTo(tree);
  }

  @Test
  void aTreeIsAsLongAsItsFilesAndLinks() throws IOException {
    int links = "a.txt".length() + "/etc/passwd".length();
    assertThat(Trees.put(given(), store).sizeBytes())
        .isEqualTo("alpha".length() + "#!/bin/sh\n".length() + "beta".length() + links);
  }

  @Test
  void aTreeListsItsNames() throws IOException {
    var listing = Trees.list(Trees.put(given(), store), store);
    assertThat(listing.entries().keySet()).containsExactly("a.txt", "away", "bin", "empty", "link");
    assertThat(listing.entries().get("link")).isEqualTo(new Entry(Kind.LINK, blob("a.txt")));
  }

  @Test
  void theTargetOfALinkIsNotRead() throws IOException {
    Trees.put(given(), store);
    assertThat(store.missing(List.of(Digest.of(Files.readAllBytes(Path.of("/etc/passwd"))))))
        .hasSize(1);
  }

  @Test
  void aLinkIsRestoredAndNotFollowed() throws IOException {
    Trees.restore(Trees.put(given(), store), store, restored());
    assertThat(Files.readSymbolicLink(restored().resolve("away")))
        .isEqualTo(Path.of("/etc/passwd"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", ".", "../out", "/out", "a/b"})
  void aNameThatLeadsOutIsRefused(String name) {
    assertThatThrownBy(() -> Trees.restore(hostile(name), store, restored()))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining(name);
    assertThat(files.resolve("out")).doesNotExist();
  }

  @Test
  void anEmptyNameIsRefused() {
    assertThatThrownBy(() -> Trees.restore(hostile(""), store, restored()))
        .isInstanceOf(Invalid.class);
  }

  @Test
  void aNameThatComesTwiceIsRefused() {
    var once = new TreeListing(Map.of("n", new Entry(Kind.LINK, blob("..")))).bytes();
    var twice =
        store.put(
            new String(once, StandardCharsets.UTF_8).repeat(2).getBytes(StandardCharsets.UTF_8));
    var tree = new Artifact.Tree(twice.digest(), 2);
    assertThatThrownBy(() -> Trees.restore(tree, store, restored())).isInstanceOf(Corrupt.class);
  }

  @Test
  void aFolderWithSomethingInItIsNotRestoredInto() throws IOException {
    Files.createDirectories(restored());
    Files.writeString(restored().resolve("mine"), "mine");
    var tree = Trees.put(given(), store);
    assertThatThrownBy(() -> Trees.restore(tree, store, restored()))
        .isInstanceOf(Conflict.class)
        .hasMessageContaining(restored().toString());
  }

  @Test
  void aLinkToAFolderIsNotRestoredInto() throws IOException {
    Files.createDirectories(files.resolve("elsewhere"));
    Files.createSymbolicLink(restored(), files.resolve("elsewhere"));
    var tree = Trees.put(given(), store);
    assertThatThrownBy(() -> Trees.restore(tree, store, restored())).isInstanceOf(Conflict.class);
    assertThat(files.resolve("elsewhere")).isEmptyDirectory();
  }

  @Test
  void aFileOfAnotherLengthThanListedIsRefused() {
    var lying = new Artifact.Blob(blob("x").digest(), 1_000_000);
    var tree = keep(new TreeListing(Map.of("n", new Entry(Kind.FILE, lying))));
    assertThatThrownBy(() -> Trees.restore(tree, store, restored())).isInstanceOf(Corrupt.class);
  }

  @Test
  void aTreeOfAnotherLengthThanListedIsRefused() {
    var tree = keep(new TreeListing(Map.of("n", new Entry(Kind.FILE, blob("x")))));
    var lying = new Artifact.Tree(tree.digest(), 7);
    assertThatThrownBy(() -> Trees.list(lying, store))
        .isInstanceOf(Corrupt.class)
        .hasMessageContaining("expected 7");
  }

  @Test
  void contentThatIsNoListingIsRefused() {
    var tree = new Artifact.Tree(blob("hello").digest(), 5);
    assertThatThrownBy(() -> Trees.list(tree, store)).isInstanceOf(Corrupt.class);
  }

  @Test
  void aListingWithAnotherDigestInItIsAnotherTree() throws IOException {
    var tree = keep(new TreeListing(Map.of("n", new Entry(Kind.FILE, blob("x")))));
    var bytes = Trees.list(tree, store).bytes();
    bytes[DIGEST_AT] = (byte) (bytes[DIGEST_AT] == '0' ? '1' : '0');
    assertThat(TreeListing.parse(bytes).tree().digest()).isNotEqualTo(tree.digest());
  }

  @Test
  void aMissingPartIsNotFound() {
    var tree =
        keep(
            new TreeListing(
                Map.of("n", new Entry(Kind.FILE, new Artifact.Blob(Digest.of("gone"), 4)))));
    assertThatThrownBy(() -> Trees.restore(tree, store, restored())).isInstanceOf(NotFound.class);
  }

  @Test
  void halfACharacterIsNoName() {
    assertThatThrownBy(() -> new TreeListing(Map.of("\ud83d", new Entry(Kind.FILE, blob("x")))))
        .isInstanceOf(Invalid.class);
  }

  @Test
  void namesThatAreNotAsciiComeBack() throws IOException {
    var folder = Files.createDirectories(files.resolve("names"));
    Files.writeString(folder.resolve("größe ☃.txt"), "x");
    Trees.restore(Trees.put(folder, store), store, restored());
    assertThat(restored().resolve("größe ☃.txt")).hasContent("x");
  }

  @Test
  void aTreeThatIsDeeperThanAnyDiskIsRefused() {
    var tree = keep(new TreeListing(Map.of()));
    for (int i = 0; i < 250; i++) {
      tree = keep(new TreeListing(Map.of("d", new Entry(Kind.FOLDER, tree))));
    }
    var deep = tree;
    assertThatThrownBy(() -> Trees.restore(deep, store, restored()))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("deep");
  }

  @Test
  void somethingThatIsNoFileCantBeKept() throws Exception {
    var pipe = given().resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertThatThrownBy(() -> Trees.put(given(), store))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining(pipe.toString());
  }
}
