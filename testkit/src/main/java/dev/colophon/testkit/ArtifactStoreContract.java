package dev.colophon.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.colophon.core.Artifact;
import dev.colophon.core.ArtifactStore;
import dev.colophon.core.Digest;
import dev.colophon.core.error.ColophonException.Conflict;
import dev.colophon.core.error.ColophonException.Corrupt;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.error.ColophonException.NotFound;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every {@link ArtifactStore} does. A test class of each implementation extends this one and
 * says how such a store is opened and how its medium goes bad.
 */
public abstract class ArtifactStoreContract {
  private static final Digest UNKNOWN = Digest.of("never put");

  /** Files of the test that are not the store's. */
  @TempDir protected Path files;

  private ArtifactStore store = new MemoryStore();

  /** The store of this test; each call opens another instance of it, on the same content. */
  protected abstract ArtifactStore openStore();

  /** Changes a byte of content that was put and synced, behind the store's back. */
  protected abstract void corrupt(Digest digest) throws IOException;

  @BeforeEach
  final void openFirst() {
    store = openStore();
  }

  @AfterEach
  final void closeFirst() {
    store.close();
  }

  @Test
  final void whatIsPutIsReadBack() throws IOException {
    var random = new Random(1);
    for (int size : sizes(random)) {
      for (byte[] content : List.of(noise(random, size), prose(random, size))) {
        var blob = store.put(content);
        assertThat(read(store, blob.digest())).as("%d bytes", size).isEqualTo(content);
      }
    }
  }

  @Test
  final void whatIsPutIsReadBackAfterTheStoreWasClosed() throws IOException {
    var random = new Random(2);
    List<byte[]> contents = new ArrayList<>();
    for (int size : sizes(random)) {
      contents.add(noise(random, size));
      contents.add(prose(random, size));
    }
    contents.forEach(store::put);
    store.close();
    try (var later = openStore()) {
      for (byte[] content : contents) {
        assertThat(read(later, Digest.of(content))).isEqualTo(content);
      }
    }
  }

  @Test
  final void contentIsNamedByItsSha256AndItsLength() {
    var content = noise(new Random(3), 100_000);
    assertThat(store.put(content)).isEqualTo(new Artifact.Blob(Digest.of(content), 100_000));
  }

  @Test
  final void contentIsTheSameHoweverItIsWritten() throws IOException {
    var random = new Random(4);
    for (int size : new int[] {10, 5_000_000}) {
      var content = prose(random, size);
      var inPieces =
          store.put(
              out -> {
                int at = 0;
                out.write(content[at++]);
                while (at < content.length) {
                  int some = Math.min(content.length - at, random.nextInt(300_000));
                  out.write(content, at, some);
                  at += some;
                }
              });
      assertThat(inPieces).isEqualTo(store.put(content));
    }
  }

  @Test
  final void contentCanBePutAgain() throws IOException {
    for (int size : new int[] {10, 5_000_000}) {
      var content = noise(new Random(5), size);
      store.put(content);
      store.put(content);
      store.sync();
      var blob = store.put(content);
      assertThat(read(store, blob.digest())).isEqualTo(content);
    }
  }

  @Test
  final void aFileIsKeptAndStaysTheCallers() throws IOException {
    var content = prose(new Random(6), 3_000_000);
    var file = Files.write(files.resolve("file"), content);
    var blob = store.putFile(file);
    Files.writeString(file, "something else");
    assertThat(read(store, blob.digest())).isEqualTo(content);
  }

  @Test
  final void aFileThatIsNotThereCantBePut() {
    assertThatThrownBy(() -> store.putFile(files.resolve("nothing")))
        .isInstanceOf(IOException.class);
  }

  @Test
  final void aWriterThatFailsLeavesNothing() {
    for (int size : new int[] {10, 5_000_000}) {
      var content = noise(new Random(7), size);
      var failure = new IOException("of the writer");
      assertThatThrownBy(
              () ->
                  store.put(
                      out -> {
                        out.write(content);
                        throw failure;
                      }))
          .isSameAs(failure);
      assertThat(store.missing(List.of(Digest.of(content)))).hasSize(1);
    }
  }

  @Test
  final void contentIsFoundAfterAnotherWriterFailed() throws IOException {
    var content = noise(new Random(8), 2_000_000);
    assertThatThrownBy(
            () ->
                store.put(
                    out -> {
                      out.write(content);
                      throw new IllegalStateException("of the writer");
                    }))
        .isInstanceOf(IllegalStateException.class);
    store.put(content);
    assertThat(read(store, Digest.of(content))).isEqualTo(content);
  }

  @Test
  final void whatIsMissingIsWhatWasNeverPut() {
    var here = store.put(new byte[] {1, 2, 3}).digest();
    assertThat(store.missing(List.of(here, UNKNOWN))).containsExactly(UNKNOWN);
  }

  @Test
  final void unknownContentIsNotFound() {
    assertThatThrownBy(() -> store.open(UNKNOWN))
        .isInstanceOf(NotFound.class)
        .hasMessageContaining(UNKNOWN.hex());
  }

  @Test
  final void unknownContentMakesNoFile() throws IOException {
    assertThatThrownBy(() -> store.copyTo(UNKNOWN, files.resolve("copy")))
        .isInstanceOf(NotFound.class);
    assertThat(files).isEmptyDirectory();
  }

  @Test
  final void contentIsCopiedToANewFileAndNothingBesideIt() throws IOException {
    var random = new Random(9);
    for (int size : sizes(random)) {
      var content = prose(random, size);
      var copy = files.resolve("copy");
      store.copyTo(store.put(content).digest(), copy);
      assertThat(copy).hasBinaryContent(content);
      Files.delete(copy);
      assertThat(files).isEmptyDirectory();
    }
  }

  @Test
  final void aFileThatExistsIsNotOverwritten() throws IOException {
    var digest = store.put(new byte[] {1, 2, 3}).digest();
    var file = Files.writeString(files.resolve("file"), "mine");
    assertThatThrownBy(() -> store.copyTo(digest, file)).isInstanceOf(Conflict.class);
    assertThat(file).hasContent("mine");
  }

  @Test
  final void aFileNeedsAFolder() {
    var digest = store.put(new byte[] {1, 2, 3}).digest();
    assertThatThrownBy(() -> store.copyTo(digest, files.resolve("no").resolve("copy")))
        .isInstanceOf(Invalid.class);
  }

  @Test
  final void contentIsSeenByOtherInstancesOnceSynced() throws IOException {
    try (var other = openStore()) {
      var random = new Random(10);
      for (int size : new int[] {10, 5_000_000}) {
        var content = noise(random, size);
        assertThat(other.missing(List.of(Digest.of(content)))).hasSize(1);
        store.put(content);
        store.sync();
        assertThat(other.missing(List.of(Digest.of(content)))).isEmpty();
        assertThat(read(other, Digest.of(content))).isEqualTo(content);
      }
    }
  }

  @Test
  final void manyThreadsPutAndReadAtOnce() throws Exception {
    var seeds = IntStream.range(0, 64).boxed().toList();
    try (var threads = Executors.newFixedThreadPool(8)) {
      List<Callable<Boolean>> tasks = new ArrayList<>();
      for (int seed : seeds) {
        tasks.add(() -> putAndRead(seed % 40)); // some of them put the same
      }
      for (var done : threads.invokeAll(tasks)) {
        assertThat(done.get()).isTrue();
      }
    }
  }

  private boolean putAndRead(int seed) throws IOException {
    var random = new Random(seed);
    var content =
        seed % 8 == 0 ? prose(random, 2_000_000 + seed) : noise(random, random.nextInt(50_000));
    var digest = store.put(content).digest();
    store.sync();
    try (var other = openStore()) {
      return Arrays.equals(read(other, digest), content);
    }
  }

  @Test
  final void damagedContentIsRefused() throws IOException {
    for (int size : new int[] {10, 200_000, 7_000_000}) {
      for (byte[] content : List.of(noise(new Random(11), size), prose(new Random(12), size))) {
        var digest = store.put(content).digest();
        store.sync();
        corrupt(digest);
        assertThatThrownBy(() -> read(store, digest))
            .isInstanceOf(Corrupt.class)
            .hasMessageContaining(digest.hex());
      }
    }
  }

  @Test
  final void damagedContentMakesNoFile() throws IOException {
    for (int size : new int[] {10, 7_000_000}) {
      var digest = store.put(noise(new Random(13), size)).digest();
      store.sync();
      corrupt(digest);
      assertThatThrownBy(() -> store.copyTo(digest, files.resolve("copy")))
          .isInstanceOf(Corrupt.class);
      assertThat(files).isEmptyDirectory();
    }
  }

  @Test
  final void damagedContentIsGoodAgainOnceItWasPutAnew() throws IOException {
    for (int size : new int[] {10, 7_000_000}) {
      var content = noise(new Random(14), size);
      var digest = store.put(content).digest();
      store.sync();
      corrupt(digest);
      assertThat(catchThrowable(() -> read(store, digest))).isNotNull();
      store.put(content);
      store.sync();
      try (var other = openStore()) {
        assertThat(read(other, digest)).isEqualTo(content);
      }
    }
  }

  @Test
  final void closingTwiceDoesNoHarm() {
    store.put(new byte[] {1});
    store.close();
    store.close();
    try (var later = openStore()) {
      assertThat(later.missing(List.of(Digest.of(new byte[] {1})))).isEmpty();
    }
  }

  /** All of some content. */
  protected static byte[] read(ArtifactStore store, Digest digest) throws IOException {
    try (InputStream in = store.open(digest)) {
      return in.readAllBytes();
    }
  }

  /** Bytes that can't be compressed. */
  protected static byte[] noise(Random random, int size) {
    var bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Bytes that can be compressed to about a third. */
  protected static byte[] prose(Random random, int size) {
    var words = "a model says how it was made and by whom ".getBytes(StandardCharsets.US_ASCII);
    var bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = words[i % 8 == 0 ? random.nextInt(words.length) : i % words.length];
    }
    return bytes;
  }

  /** Lengths around every power of two, where thresholds use to be, and some between. */
  private static int[] sizes(Random random) {
    return IntStream.concat(
            IntStream.of(0, 1, 4095, 4096, 4097, 65_536),
            IntStream.concat(
                IntStream.of(18, 20, 22)
                    .flatMap(power -> IntStream.of((1 << power) - 1, 1 << power, (1 << power) + 1)),
                random.ints(4, 0, 6_000_000)))
        .toArray();
  }
}
