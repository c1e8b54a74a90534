package dev.colophon.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colophon.core.Digest;
import dev.colophon.core.error.ColophonException.Unavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a store says and leaves when its disk fails. */
class FaultTest {
  @TempDir private Path folder;

  private final FaultyDisk disk = new FaultyDisk();

  private LocalStore open() {
    return new LocalStore(folder.resolve("store"), UUID::randomUUID, disk, 1 << 30, 1 << 24);
  }

  private LocalStore openOnAGoodDisk() {
    return new LocalStore(folder.resolve("store"), UUID::randomUUID);
  }

  @ParameterizedTest
  @ValueSource(ints = {Samples.SHORT, Samples.STREAMED, Samples.LONG})
  void aFullDiskIsNamedWithWhatWasNeededAndWhatToDo(int size) {
    try (var store = open()) {
      disk.writing = FaultyDisk.FULL;
      disk.bytesLeft = size / 2;
      assertThatThrownBy(() -> store.put(Samples.noise(1, size)))
          .isInstanceOf(Unavailable.class)
          .hasMessageContaining(folder.resolve("store").toString())
          .hasMessageContaining(FaultyDisk.FULL)
          .hasMessageMatching("(?s).*content of .*\\d bytes.*")
          .hasMessageMatching("(?s).*[0-9,]+ bytes free; free some space.*");
      disk.writing = "";
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {Samples.SHORT, Samples.STREAMED, Samples.LONG})
  void aTornWriteLeavesNothing(int size) throws IOException {
    var before = Samples.noise(1, 500);
    var torn = Samples.noise(2, size);
    var after = Samples.noise(3, 700);
    try (var store = open()) {
      store.put(before);
      disk.writing = FaultyDisk.FULL;
      disk.bytesLeft = size - 100L;
      assertThatThrownBy(() -> store.put(torn)).isInstanceOf(Unavailable.class);
      disk.writing = "";
      store.put(after);
    }
    try (var store = openOnAGoodDisk()) {
      assertThat(store.missing(List.of(Digest.of(torn)))).hasSize(1);
      assertThat(Samples.read(store, before)).isEqualTo(before);
      assertThat(Samples.read(store, after)).isEqualTo(after);
    }
  }

  @Test
  void aTornEndThatCantBeCutOffIsLeftBehind() throws IOException {
    var before = Samples.noise(1, 500);
    var after = Samples.noise(3, 700);
    try (var store = open()) {
      store.put(before);
      disk.writing = FaultyDisk.FULL;
      disk.bytesLeft = 100;
      disk.keepsEnds = true;
      assertThatThrownBy(() -> store.put(Samples.noise(2, 5_000))).isInstanceOf(Unavailable.class);
      disk.writing = "";
      store.put(after);
      store.sync();
      assertThat(Samples.read(store, before)).isEqualTo(before);
    }
    Files.delete(folder.resolve("store/index.log"));
    try (var store = openOnAGoodDisk()) {
      assertThat(Samples.read(store, before)).isEqualTo(before);
      assertThat(Samples.read(store, after)).isEqualTo(after);
    }
  }

  @Test
  void aWriterThatSwallowsTheFailureDoesNotHideIt() {
    try (var store = open()) {
      disk.writing = FaultyDisk.FULL;
      assertThatThrownBy(
              () ->
                  store.put(
                      out -> {
                        try {
                          out.write(new byte[Samples.LONG]);
                        } catch (Unavailable e) {
                          out.flush();
                        }
                      }))
          .isInstanceOf(Unavailable.class);
      disk.writing = "";
    }
  }

  @Test
  void aReadOnlyFolderIsNamedWithWhatToDo() {
    disk.creating = FaultyDisk.READ_ONLY;
    try (var store = open()) {
      assertThatThrownBy(() -> store.put(new byte[] {1}))
          .isInstanceOf(Unavailable.class)
          .hasMessageContaining(folder.resolve("store").toString())
          .hasMessageContaining(FaultyDisk.READ_ONLY)
          .hasMessageContaining("make the folder writable");
    }
  }

  @Test
  void aReadOnlyStoreCanBeRead() throws IOException {
    var content = Samples.noise(1, Samples.LONG);
    try (var store = openOnAGoodDisk()) {
      store.put(content);
    }
    Files.delete(folder.resolve("store/index.log"));
    disk.creating = FaultyDisk.READ_ONLY;
    disk.writing = FaultyDisk.READ_ONLY;
    disk.syncing = FaultyDisk.READ_ONLY;
    try (var store = open()) {
      assertThat(Samples.read(store, content)).isEqualTo(content);
    }
    assertThat(folder.resolve("store/index.log")).doesNotExist();
  }

  @Test
  void aFailedSyncIsSaidAgainAtTheNextOne() {
    var store = open();
    store.put(new byte[] {1});
    disk.syncing = "Input/output error";
    assertThatThrownBy(store::sync).isInstanceOf(Unavailable.class);
    disk.syncing = "";
    assertThatThrownBy(store::sync)
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("an earlier sync failed");
    assertThatThrownBy(store::close).isInstanceOf(Unavailable.class);
  }

  @Test
  void anIndexThatCouldNotBeWrittenIsWrittenByTheNextSync() {
    var digest = Digest.of(new byte[] {1});
    try (var store = open()) {
      store.put(new byte[] {1});
      disk.writing = FaultyDisk.FULL;
      disk.bytesLeft = 30;
      assertThatThrownBy(store::sync).isInstanceOf(Unavailable.class);
      disk.writing = "";
      store.sync();
      try (var other = openOnAGoodDisk()) {
        assertThat(other.missing(List.of(digest))).isEmpty();
      }
    }
  }

  @Test
  void oneSyncServesAllThatCameBefore() {
    try (var store = open()) {
      store.put(new byte[] {0});
      store.sync();
      int before = disk.fileSyncs.get();
      for (int i = 1; i < 100; i++) {
        store.put(new byte[] {(byte) i});
      }
      store.sync();
      assertThat(disk.fileSyncs.get() - before).isEqualTo(1);
    }
  }

  @Test
  void theFoldersAboveANewStoreSurviveALossOfPower() {
    try (var store =
        new LocalStore(folder.resolve("a/b"), UUID::randomUUID, disk, 1 << 30, 1 << 24)) {
      store.put(new byte[] {0});
    }
    assertThat(disk.syncedFolders)
        .startsWith(folder, folder.resolve("a"))
        .contains(folder.resolve("a/b"), folder.resolve("a/b/packs"));
  }

  @Test
  void thereIsNothingToSyncTwice() {
    try (var store = open()) {
      store.put(new byte[] {0});
      store.sync();
      int before = disk.fileSyncs.get() + disk.folderSyncs.get();
      store.put(new byte[] {0});
      store.sync();
      assertThat(disk.fileSyncs.get() + disk.folderSyncs.get()).isEqualTo(before);
    }
  }

  @Test
  void contentThatAnotherThreadHasNotSyncedYetIsSyncedWithIt() throws Exception {
    var content = Samples.noise(1, Samples.SHORT);
    try (var store = open();
        var threads = Executors.newSingleThreadExecutor()) {
      threads.submit(() -> store.put(content)).get();
      int before = disk.fileSyncs.get();
      store.put(content);
      store.sync();
      assertThat(disk.fileSyncs.get()).isGreaterThan(before);
    }
  }

  @Test
  void aTargetThatCantBeWrittenIsNamed() {
    var content = Samples.noise(1, Samples.SHORT);
    try (var store = openOnAGoodDisk()) {
      store.put(content);
      assertThatThrownBy(() -> store.copyTo(Digest.of(content), Path.of("/proc/copy")))
          .isInstanceOf(Unavailable.class)
          .hasMessageContaining("/proc");
    }
  }
}
