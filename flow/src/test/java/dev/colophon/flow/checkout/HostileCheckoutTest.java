package dev.colophon.flow.checkout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colophon.core.Artifact;
import dev.colophon.core.Digest;
import dev.colophon.core.Name;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.TreeListing;
import dev.colophon.core.TreeListing.Entry;
import dev.colophon.core.TreeListing.Kind;
import dev.colophon.core.code.CodeVersion;
import dev.colophon.core.code.CodeVersion.ClassPathEntry;
import dev.colophon.core.code.CodeVersion.ClassPathKind;
import dev.colophon.core.error.ColophonException;
import dev.colophon.core.json.Json;
import dev.colophon.core.run.Dataset;
import dev.colophon.core.run.RunRecord;
import dev.colophon.core.run.RunState;
import dev.colophon.core.run.Runner;
import dev.colophon.testkit.MemoryStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A store or a catalog that somebody has forged: nothing of it is written anywhere. */
class HostileCheckoutTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  private final MemoryStore store = new MemoryStore();
  private final Artifact.Blob file = store.put("evil".getBytes(StandardCharsets.UTF_8));

  @TempDir private Path folder;
  private Path target;

  @BeforeEach
  void aFolderBesideAnother() throws IOException {
    Files.createDirectory(folder.resolve("other"));
    target = folder.resolve("here").resolve("out");
    Files.createDirectory(folder.resolve("here"));
  }

  /** A tree whose listing is as it is written, whatever a listing may hold. */
  private Artifact.Tree forged(String... lines) {
    String listing = String.join("\0", lines) + "\0";
    Artifact.Blob kept = store.put(listing.getBytes(StandardCharsets.UTF_8));
    return new Artifact.Tree(kept.digest(), file.sizeBytes() * lines.length);
  }

  private String line(String name) {
    return "FILE " + file.digest().hex() + " " + file.sizeBytes() + " " + name;
  }

  private Artifact.Tree tree(Map<String, Entry> entries) {
    TreeListing listing = new TreeListing(entries);
    Artifact.Blob kept = store.put(listing.bytes());
    return new Artifact.Tree(kept.digest(), listing.sizeBytes());
  }

  private Artifact.Tree plain() {
    return tree(Map.of("Main.java", new Entry(Kind.FILE, file)));
  }

  private static CodeVersion code(Artifact.Tree snapshot, ClassPathEntry... classPath) {
    Optional<String> source =
        Stream.of(classPath).anyMatch(each -> each.kind() == ClassPathKind.CLASSES)
            ? Optional.empty()
            : Optional.of("Main.java");
    return new CodeVersion(
        snapshot, Optional.empty(), "Main", source, "", List.of(classPath), List.of(), List.of());
  }

  private void write(CodeVersion code, Dataset... datasets) {
    RunRecord run =
        new RunRecord(
            new RunId(Name.of("Main"), 1),
            RunState.COMPLETED,
            new TreeMap<>(Map.of("x", Json.of("ü"))),
            List.of(),
            file.digest(),
            0,
            NOON,
            NOON,
            NOON,
            Optional.of(NOON),
            "bo",
            new Runner("host", 1, NOON),
            Optional.empty());
    new Checkout(store).write(run, code, List.of(datasets), true, target);
  }

  private void refused(CodeVersion code, Dataset... datasets) throws IOException {
    assertThatThrownBy(() -> write(code, datasets)).isInstanceOf(ColophonException.class);
    try (Stream<Path> left = Files.walk(folder)) {
      assertThat(left.map(path -> folder.relativize(path).toString()))
          .containsExactlyInAnyOrder("", "here", "other");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..",
        ".",
        "",
        "/etc/passwd",
        "../../other/evil",
        "a/b",
        ".colophon",
        ".COLOPHON",
        ".Colophon"
      })
  void aNameThatLeadsElsewhereIsRefused(String name) throws IOException {
    refused(code(forged(line(name))));
  }

  @Test
  void aNameThatNoDiskTakesIsRefused() throws IOException {
    refused(code(forged(line("n".repeat(5000)))));
  }

  @Test
  void namesOutOfOrderAreRefused() throws IOException {
    refused(code(forged(line("b"), line("a"))));
  }

  @Test
  void aNameThatIsThereTwiceIsRefused() throws IOException {
    refused(code(forged(line("a"), line("a"))));
  }

  @Test
  void aListingThatIsNoneIsRefused() throws IOException {
    refused(code(new Artifact.Tree(file.digest(), file.sizeBytes())));
  }

  @Test
  void aFolderThatGoesOnAndOnIsRefused() throws IOException {
    Artifact.Tree tree = plain();
    for (int depth = 0; depth < 300; depth++) {
      tree = tree(Map.of("d", new Entry(Kind.FOLDER, tree)));
    }
    refused(code(tree));
  }

  @Test
  void aSizeThatIsNotThatOfTheContentIsRefused() throws IOException {
    Artifact.Blob larger = new Artifact.Blob(file.digest(), 1L << 40);
    refused(code(tree(Map.of("a", new Entry(Kind.FILE, larger)))));
  }

  @Test
  void contentThatTheStoreLacksLeavesNothing() throws IOException {
    Artifact.Blob none = new Artifact.Blob(Digest.of("none"), 4);
    refused(code(tree(Map.of("a", new Entry(Kind.FILE, file), "b", new Entry(Kind.FILE, none)))));
  }

  @Test
  void contentThatIsDamagedLeavesNothing() throws IOException {
    CodeVersion code = code(plain());
    store.corrupt(file.digest());
    refused(code);
  }

  @Test
  void aLinkInThePlaceOfOurFolderIsRefused() throws IOException {
    Artifact.Blob out = store.put("../../other".getBytes(StandardCharsets.UTF_8));
    refused(code(tree(Map.of(".colophon", new Entry(Kind.LINK, out)))));
  }

  @Test
  void aLinkThatLeadsOutIsKeptButNothingIsWrittenThroughIt() throws IOException {
    Artifact.Blob out = store.put("../../other".getBytes(StandardCharsets.UTF_8));
    write(
        code(
            tree(
                Map.of(
                    "out", new Entry(Kind.LINK, out), "Main.java", new Entry(Kind.FILE, file)))));
    assertThat(target.resolve("out")).isSymbolicLink();
    assertThat(folder.resolve("other")).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "../evil.jar", "/evil.jar", "a/../../evil.jar", "", "."})
  void aLibraryWhoseNameLeadsElsewhereIsRefused(String name) throws IOException {
    refused(code(plain(), new ClassPathEntry(name, ClassPathKind.LIBRARY, file)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../evil", "a/../../evil", "/evil", "a//b", "."})
  void aClassFileWhoseNameLeadsElsewhereIsRefused(String name) throws IOException {
    Artifact.Blob jar = store.put(zip(name));
    refused(code(plain(), new ClassPathEntry("classes", ClassPathKind.CLASSES, jar)));
  }

  private static byte[] zip(String name) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(1);
    }
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "data/..", "data/", "", "C:\\data\\.."})
  void aDatasetWhoseNameLeadsElsewhereIsRefused(String location) throws IOException {
    refused(code(plain()), new Dataset("data", file, location, NOON));
  }
}
