package dev.colophon.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PacksTest {
  private static final long FULL_BYTES = 1;

  @TempDir private Path root;

  private Optional<Runnable> beforeSync = Optional.empty();

  private final Disk disk =
      new Disk() {
        @Override
        void sync(RandomAccessFile file) throws IOException {
          beforeSync.ifPresent(Runnable::run);
          super.sync(file);
        }
      };

  private static Pack filled(Packs packs) throws IOException {
    Pack pack = packs.lease();
    pack.write(0, new byte[] {1, 2}, 0, 2);
    pack.grow(2);
    packs.touched(pack);
    return pack;
  }

  @Test
  void aFullPackThatIsGivenBackDuringASyncIsClosedAfterIt() throws IOException {
    var packs =
        new Packs(
            new StoreFolder(root, disk, UUID::randomUUID), disk, UUID::randomUUID, FULL_BYTES);
    Pack pack = filled(packs);
    beforeSync =
        Optional.of(
            () -> {
              try {
                packs.giveBack(pack);
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    packs.sync();
    assertThat(pack.isUsable()).isFalse();
  }
}
