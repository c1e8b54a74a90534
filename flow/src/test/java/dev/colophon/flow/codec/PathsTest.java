package dev.colophon.flow.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colophon.core.Artifact;
import dev.colophon.core.TreeListing;
import dev.colophon.core.TreeListing.Entry;
import dev.colophon.core.TreeListing.Kind;
import dev.colophon.core.error.ColophonException.Corrupt;
import dev.colophon.core.error.ColophonException.Invalid;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files and folders go in, and come out in another place. */
final class PathsTest {
  private static final Type PATHS = new TypeOf<List<Path>>() {}.type();

  private final MemoryContents contents = new MemoryContents();
  private final Codecs codecs = new Codecs();

  @TempDir private Path folder;
  private Path scratch = Path.of("");

  @BeforeEach
  void makeScratch() throws IOException {
    scratch = Files.createDirectory(folder.resolve("scratch"));
  }

  private Path again(Path path) throws IOException {
    Stored stored = codecs.encode(Path.class, path, contents);
    return (Path) codecs.decode(Path.class, stored, contents, scratch);
  }

  @Test
  void aFileIsABlobOfItsContent() throws IOException {
    Path file = Files.writeString(folder.resolve("model.bin"), "weights");
    assertThat(codecs.encode(Path.class, file, contents))
        .isEqualTo(new Stored(contents.keep("weights"), "file", Optional.of("model.bin")));
  }

  @Test
  void aFileComesBackUnderItsName() throws IOException {
    Path file = Files.writeString(folder.resolve("model 1é.bin"), "weights");
    assertThat(again(file)).isEqualTo(scratch.resolve("model 1é.bin")).hasContent("weights");
  }

  @Test
  void aLinkToAFileIsStoredAsTheFile() throws IOException {
    Path file = Files.writeString(folder.resolve("real"), "weights");
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    assertThat(codecs.encode(Path.class, link, contents))
        .isEqualTo(new Stored(contents.keep("weights"), "file", Optional.of("link")));
  }

  @Test
  void aMissingFileIsRefused() {
    assertThatThrownBy(() -> codecs.encode(Path.class, folder.resolve("none"), contents))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining(
            "none\" does not exist; a step that returns a path must have written");
  }

  @Test
  void aFolderComesBackWithAllThatIsInIt() throws IOException {
    Path model = Files.createDirectories(folder.resolve("model"));
    Files.createDirectories(model.resolve("empty"));
    Files.createDirectories(model.resolve("a/b"));
    Files.writeString(model.resolve("a/b/c"), "deep");
    Files.createFile(model.resolve("nothing"));
    Path back = again(model);
    assertThat(back).isEqualTo(scratch.resolve("model"));
    assertThat(back.resolve("empty")).isEmptyDirectory();
    assertThat(back.resolve("a/b/c")).hasContent("deep");
    assertThat(back.resolve("nothing")).isEmptyFile();
  }

  @Test
  void executablesStayExecutable() throws IOException {
    Path model = Files.createDirectory(folder.resolve("model"));
    Path script = Files.writeString(model.resolve("run.sh"), "#!/bin/sh");
    Files.writeString(model.resolve("plain"), "");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    Path back = again(model);
    assertThat(back.resolve("run.sh")).isExecutable();
    assertThat(Files.getPosixFilePermissions(back.resolve("plain")).toString())
        .doesNotContain("EXECUTE");
  }

  @Test
  void linksInsideAFolderStayLinks() throws IOException {
    Path model = Files.createDirectories(folder.resolve("model"));
    Files.createDirectory(model.resolve("a"));
    Files.writeString(model.resolve("real"), "x");
    Files.createSymbolicLink(model.resolve("a/up"), Path.of("../real"));
    Path back = again(model);
    assertThat(Files.readSymbolicLink(back.resolve("a/up"))).isEqualTo(Path.of("../real"));
    assertThat(back.resolve("a/up")).hasContent("x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/etc/passwd", "../outside", "a/../../outside", ".."})
  void aLinkOutOfTheFolderIsRefused(String target) throws IOException {
    Path model = Files.createDirectories(folder.resolve("model"));
    Files.createSymbolicLink(model.resolve("link"), Path.of(target));
    assertThatThrownBy(() -> codecs.encode(Path.class, model, contents))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("outside the folder that is stored");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/etc/passwd", "../outside", "a/../../outside"})
  void aStoredLinkOutOfTheFolderIsCorrupt(String target) throws IOException {
    Artifact tree = tree(Map.of("link", new Entry(Kind.LINK, contents.keep(target))));
    assertCorrupt(new Stored(tree, "folder", Optional.of("model")), "outside the folder that was");
  }

  @Test
  void equalFoldersHaveOneDigest() throws IOException {
    Path one = Files.createDirectories(folder.resolve("one"));
    Path other = Files.createDirectories(folder.resolve("other"));
    for (String name : List.of("a", "b", "c")) {
      Files.writeString(one.resolve(name), name);
    }
    for (String name : List.of("c", "b", "a")) {
      Files.writeString(other.resolve(name), name);
    }
    assertThat(codecs.encode(Path.class, one, contents).artifact())
        .isEqualTo(codecs.encode(Path.class, other, contents).artifact());
  }

  @ParameterizedTest
  @ValueSource(strings = {"../escape", "/tmp/escape", "a/b", "..", ".", "", "a\0b"})
  void aStoredNameThatLeadsElsewhereIsCorrupt(String name) {
    assertCorrupt(
        new Stored(contents.keep("x"), "file", Optional.of(name)), "stored file name \"" + name);
  }

  @Test
  void aStoredFileWithoutNameIsCorrupt() {
    assertCorrupt(Stored.of(contents.keep("x"), "file"), "has no file name");
  }

  @Test
  void aFolderThatIsNoListingIsCorrupt() {
    Artifact.Blob text = contents.keep("no listing");
    assertCorrupt(
        new Stored(new Artifact.Tree(text.digest(), 0), "folder", Optional.of("model")),
        "tree listing");
  }

  private void assertCorrupt(Stored stored, String message) {
    assertThatThrownBy(() -> codecs.decode(Path.class, stored, contents, scratch))
        .isInstanceOf(Corrupt.class)
        .hasMessageContaining(message);
  }

  private Artifact.Tree tree(Map<String, Entry> entries) throws IOException {
    return Folders.putListing(new TreeListing(new TreeMap<>(entries)), contents);
  }

  @Test
  void aListOfPathsComesBackInItsOrderWithItsNames() throws IOException {
    for (String sub : List.of("x", "y")) {
      Files.createDirectory(folder.resolve(sub));
      Files.writeString(folder.resolve(sub).resolve("same.csv"), sub);
    }
    List<Path> paths =
        List.of(
            folder.resolve("y/same.csv"),
            folder.resolve("x/same.csv"),
            folder.resolve("x"),
            folder.resolve("y/same.csv"));
    Stored stored = codecs.encode(PATHS, paths, contents);
    assertThat(stored.codec()).isEqualTo("files");
    List<?> back = (List<?>) codecs.decode(PATHS, stored, contents, scratch);
    assertThat((Path) back.get(0)).hasFileName("same.csv").hasContent("y");
    assertThat((Path) back.get(1)).hasFileName("same.csv").hasContent("x");
    assertThat(((Path) back.get(2)).resolve("same.csv")).hasContent("x");
    assertThat((Path) back.get(3)).hasContent("y");
  }

  @Test
  void aListOfPathsIsATreeOfNumberedNames() throws IOException {
    Path file = Files.writeString(folder.resolve("f"), "x");
    Stored stored = codecs.encode(PATHS, Collections.nCopies(11, file), contents);
    assertThat(TreeListing.parse(contents.bytes(stored.artifact().digest())).entries().keySet())
        .startsWith("00-f", "01-f")
        .endsWith("10-f");
  }

  @Test
  void anEmptyListOfPathsComesBackEmpty() throws IOException {
    Stored stored = codecs.encode(PATHS, List.of(), contents);
    assertThat(codecs.decode(PATHS, stored, contents, scratch)).isEqualTo(List.of());
  }

  @Test
  void filesThatAreNotNumberedAreCorrupt() throws IOException {
    Artifact tree = tree(Map.of("1-f", new Entry(Kind.FILE, contents.keep("x"))));
    assertThatThrownBy(() -> codecs.decode(PATHS, Stored.of(tree, "files"), contents, scratch))
        .isInstanceOf(Corrupt.class)
        .hasMessageContaining("entry \"1-f\", expected \"0-NAME\"");
  }
}
