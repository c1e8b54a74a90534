package dev.colophon.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colophon.core.Digest;
import dev.colophon.core.error.ColophonException.Corrupt;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.error.ColophonException.NotFound;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a store does about bytes that someone else changed, cut or removed. */
class DamageTest {
  @TempDir private Path root;

  private final List<byte[]> contents =
      List.of(
          Samples.noise(1, Samples.SHORT),
          Samples.text(2, 400_000),
          Samples.noise(3, Samples.STREAMED),
          Samples.text(4, Samples.LONG),
          Samples.noise(5, Samples.LONG),
          Samples.noise(6, 0));

  private LocalStore open() {
    return new LocalStore(root, UUID::randomUUID);
  }

  @BeforeEach
  void keepSomething() {
    try (var store = open()) {
      contents.forEach(store::put);
    }
  }

  private Path index() {
    return root.resolve("index.log");
  }

  private Path pack() throws IOException {
    try (var packs = Files.list(root.resolve("packs"))) {
      return packs.findFirst().orElseThrow();
    }
  }

  private List<Entry> entries() throws IOException {
    return PackScan.entries(
        UUID.fromString(pack().getFileName().toString().substring(0, 36)), pack());
  }

  private void assertAllIsThere() throws IOException {
    try (var store = open()) {
      for (byte[] content : contents) {
        assertThat(Samples.read(store, content)).isEqualTo(content);
      }
    }
  }

  @Test
  void aDamagedByteAnywhereInAPackIsNeverHandedOut() throws IOException {
    var random = new Random(7);
    var pristine = Files.readAllBytes(pack());
    List<Long> places = new ArrayList<>();
    for (Entry entry : entries()) {
      places.add(entry.offset() + random.nextInt(Entry.HEADER_BYTES));
      places.add(entry.from());
      places.add(Math.max(entry.from(), entry.end() - 1));
      places.add(entry.from() + random.nextLong(entry.storedBytes() + 1));
    }
    for (long place : places) {
      Files.write(pack(), pristine);
      Files.deleteIfExists(index());
      if (place < pristine.length) {
        Samples.flip(pack(), place);
      }
      assertRightOrRefused();
    }
  }

  private void assertRightOrRefused() throws IOException {
    try (var store = open()) {
      for (byte[] content : contents) {
        try {
          assertThat(Arrays.equals(Samples.read(store, content), content)).isTrue();
        } catch (Corrupt | NotFound e) {
          assertThat(e).hasMessageContaining(Digest.of(content).hex());
        }
      }
    }
  }

  @Test
  void aDamagedHeaderDoesNoHarmWhileTheIndexKnowsBetter() throws IOException {
    for (Entry entry : entries()) {
      Samples.flip(pack(), entry.offset() + 20);
    }
    assertAllIsThere();
  }

  @Test
  void whatFollowsADamagedHeaderIsFoundWithoutTheIndex() throws IOException {
    Samples.flip(pack(), entries().getFirst().offset() + 20);
    Files.delete(index());
    try (var store = open()) {
      for (byte[] content : contents.subList(1, contents.size())) {
        assertThat(Samples.read(store, content)).isEqualTo(content);
      }
    }
  }

  @Test
  void damageIsReportedWithItsPlaceAndTheNextMove() throws IOException {
    Samples.flip(pack(), entries().getFirst().from() + 5);
    try (var store = open()) {
      assertThatThrownBy(() -> Samples.read(store, contents.getFirst()))
          .isInstanceOf(Corrupt.class)
          .hasMessageContaining(Digest.of(contents.getFirst()).toString())
          .hasMessageContaining(pack().toString())
          .hasMessageContaining("has the digest sha256:")
          .hasMessageContaining("run its step again");
    }
  }

  @Test
  void aDamagedFileIsNotDeleted() throws IOException {
    Samples.flip(pack(), entries().getFirst().from() + 5);
    var damaged = Files.readAllBytes(pack());
    try (var store = open()) {
      assertThatThrownBy(() -> Samples.read(store, contents.getFirst()))
          .isInstanceOf(Corrupt.class);
    }
    assertThat(pack()).hasBinaryContent(damaged);
  }

  @Test
  void aPackThatIsCutShortIsCorrupt() throws IOException {
    var entry = entries().get(4);
    try (var channel = Files.newByteChannel(pack(), StandardOpenOption.WRITE)) {
      channel.truncate(entry.end() - 1);
    }
    try (var store = open()) {
      assertThatThrownBy(() -> Samples.read(store, contents.get(4))).isInstanceOf(Corrupt.class);
    }
  }

  @Test
  void aPackThatIsGoneIsCorruptAndItsContentMissing() throws IOException {
    Files.delete(pack());
    try (var store = open()) {
      assertThat(store.missing(List.of(Digest.of(contents.getFirst())))).hasSize(1);
      assertThatThrownBy(() -> Samples.read(store, contents.getFirst()))
          .isInstanceOf(Corrupt.class)
          .hasMessageContaining("there is no such file");
    }
  }

  @Test
  void contentThatChangesBetweenThePassesIsNotHandedOut() throws IOException {
    var entry = entries().get(4);
    try (var store = open();
        var in = store.open(Digest.of(contents.get(4)))) {
      assertThat(in.readNBytes(1000)).isEqualTo(Arrays.copyOf(contents.get(4), 1000));
      Samples.flip(pack(), entry.end() - 1000);
      assertThatThrownBy(in::readAllBytes).isInstanceOf(Corrupt.class);
    }
  }

  @Test
  void aRemovedIndexIsMadeAnew() throws IOException {
    Files.delete(index());
    try (var store = open()) {
      assertThat(store.missing(contents.stream().map(Digest::of).toList())).isEmpty();
    }
    assertThat(index()).hasSize((long) contents.size() * Entry.INDEX_BYTES);
    assertAllIsThere();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4})
  void anEntryWhoseBytesAreDamagedIsMissingWhenTheIndexIsMadeAnew(int number) throws IOException {
    Samples.flip(pack(), entries().get(number).from() + 5);
    Files.delete(index());
    try (var store = open()) {
      assertThat(store.missing(contents.stream().map(Digest::of).toList()))
          .containsExactly(Digest.of(contents.get(number)));
    }
    assertThat(index()).hasSize((contents.size() - 1L) * Entry.INDEX_BYTES);
  }

  @Test
  void whatTheNewIndexLacksIsCorruptUntilItIsPutAgain() throws IOException {
    Samples.flip(pack(), entries().getFirst().from() + 5);
    Files.delete(index());
    try (var store = open()) {
      assertThatThrownBy(() -> Samples.read(store, contents.getFirst()))
          .isInstanceOf(Corrupt.class)
          .hasMessageContaining("has the digest sha256:");
      store.put(contents.getFirst());
    }
    assertAllIsThere();
  }

  @Test
  void anIndexThatIsCutAnywhereLosesNothing() throws IOException {
    var pristine = Files.readAllBytes(index());
    for (int length = 0; length < pristine.length; length += 29) {
      Files.write(index(), Arrays.copyOf(pristine, length));
      assertAllIsThere();
    }
  }

  @Test
  void aDamagedByteInTheIndexLosesNothing() throws IOException {
    var pristine = Files.readAllBytes(index());
    for (int place = 0; place < pristine.length; place += 31) {
      Files.write(index(), pristine);
      Samples.flip(index(), place);
      assertAllIsThere();
    }
  }

  @Test
  void statementsAfterATornOneAreRead() throws IOException {
    try (var out = Files.newOutputStream(index(), StandardOpenOption.APPEND)) {
      out.write(Arrays.copyOf(Files.readAllBytes(index()), 50));
    }
    var later = Samples.noise(9, 100);
    try (var store = open()) {
      store.put(later);
    }
    try (var store = open()) {
      assertThat(store.missing(List.of(Digest.of(later)))).isEmpty();
    }
    assertAllIsThere();
  }

  @Test
  void aNewerFormatIsRefused() throws IOException {
    Files.writeString(root.resolve("config"), "colophon-store 2\n");
    assertThatThrownBy(this::open)
        .isInstanceOf(Invalid.class)
        .hasMessageContaining(root.toString())
        .hasMessageContaining("format 2, expected 1");
  }

  @Test
  void aConfigThatSaysSomethingElseIsCorrupt() throws IOException {
    Files.writeString(root.resolve("config"), "hello");
    assertThatThrownBy(this::open).isInstanceOf(Corrupt.class).hasMessageContaining("\"hello\"");
  }

  @Test
  void packsWithoutAConfigAreCorrupt() throws IOException {
    Files.delete(root.resolve("config"));
    assertThatThrownBy(this::open)
        .isInstanceOf(Corrupt.class)
        .hasMessageContaining("colophon-store 1");
  }
}
