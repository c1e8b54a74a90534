package dev.colophon.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colophon.core.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many files a store makes, how long they are, and when. */
class LayoutTest {
  @TempDir private Path folder;

  private Path root() {
    return folder.resolve("store");
  }

  private LocalStore open() {
    return new LocalStore(root(), UUID::randomUUID);
  }

  private long files() throws IOException {
    try (var all = Files.walk(root())) {
      return all.filter(Files::isRegularFile).count();
    }
  }

  private long size() throws IOException {
    long size = 0;
    try (var all = Files.walk(root())) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        size += Files.size(file);
      }
    }
    return size;
  }

  @Test
  void openingAndAskingMakesNoFolder() {
    try (var store = open()) {
      assertThat(store.missing(List.of(Digest.of("x")))).hasSize(1);
      store.sync();
    }
    assertThat(root()).doesNotExist();
  }

  @Test
  void thousandsOfThingsMakeThreeFiles() throws IOException {
    try (var store = open()) {
      for (int i = 0; i < 3_000; i++) {
        store.put(Samples.noise(i, 1_000));
      }
    }
    assertThat(files()).isEqualTo(3); // config, index.log and one pack
  }

  @Test
  void manyThreadsMakeNoMorePacksThanWriteAtOnce() throws Exception {
    try (var store = open();
        var threads = Executors.newFixedThreadPool(4)) {
      List<Callable<Object>> tasks = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        int seed = i;
        tasks.add(() -> store.put(Samples.noise(seed, seed % 3 == 0 ? Samples.STREAMED : 1_000)));
      }
      for (var done : threads.invokeAll(tasks)) {
        done.get();
      }
    }
    assertThat(files()).isLessThanOrEqualTo(2 + 4);
  }

  @Test
  void contentThatIsThereIsNotWrittenAgain() throws IOException {
    for (int size : new int[] {Samples.SHORT, Samples.LONG}) {
      try (var store = open()) {
        store.put(Samples.noise(1, size));
      }
      long before = size();
      try (var store = open()) {
        store.put(Samples.noise(1, size));
      }
      assertThat(size()).isEqualTo(before);
    }
  }

  @Test
  void aWriterThatFailsLeavesNoBytes() throws IOException {
    try (var store = open()) {
      store.put(new byte[] {1});
      store.sync();
      long before = size();
      try {
        store.put(
            out -> {
              out.write(Samples.text(1, Samples.LONG));
              throw new IOException("of the writer");
            });
      } catch (IOException e) {
        assertThat(e).hasMessage("of the writer");
      }
      assertThat(size()).isEqualTo(before);
    }
  }

  @Test
  void compressibleContentTakesLessRoom() throws IOException {
    try (var store = open()) {
      store.put(Samples.text(1, 500_000));
      store.put(Samples.text(2, Samples.LONG));
    }
    assertThat(size()).isLessThan((500_000 + Samples.LONG) * 6L / 10);
  }

  @Test
  void incompressibleContentTakesItsLengthAndAHeader() throws IOException {
    try (var store = open()) {
      store.put(Samples.noise(1, Samples.LONG));
    }
    int overhead = Entry.HEADER_BYTES + Entry.INDEX_BYTES + "colophon-store 1\n".length();
    assertThat(size()).isEqualTo((long) Samples.LONG + overhead);
  }

  @Test
  void aFullPackIsFollowedByAnother() throws IOException {
    var disk = new Disk();
    try (var store = new LocalStore(root(), UUID::randomUUID, disk, 100_000, 1 << 24)) {
      for (int i = 0; i < 50; i++) {
        store.put(Samples.noise(i, 10_000));
      }
      assertThat(Samples.read(store, Samples.noise(7, 10_000))).hasSize(10_000);
    }
    assertThat(files()).isEqualTo(2 + 5);
    try (var store = open()) {
      for (int i = 0; i < 50; i++) {
        assertThat(Samples.read(store, Samples.noise(i, 10_000)))
            .isEqualTo(Samples.noise(i, 10_000));
      }
    }
  }

  @Test
  void thousandsOfPacksAreFoundThroughOneIndex() throws IOException {
    try (var store = new LocalStore(root(), UUID::randomUUID, new Disk(), 1, 1 << 24)) {
      for (int i = 0; i < 1_000; i++) {
        store.put(Samples.noise(i, 40));
        if (i % 200 == 0) {
          store.sync();
        }
      }
    }
    var random = new Random(1);
    try (var store = open()) {
      for (int i = 0; i < 200; i++) {
        var content = Samples.noise(random.nextInt(1_000), 40);
        assertThat(Samples.read(store, content)).isEqualTo(content);
      }
    }
  }

  @Test
  void anInterruptedThreadStillKeepsAndReads() throws IOException {
    Thread.currentThread().interrupt();
    try (var store = open()) {
      var content = Samples.noise(1, Samples.LONG);
      store.put(content);
      store.sync();
      assertThat(Samples.read(store, content)).isEqualTo(content);
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
