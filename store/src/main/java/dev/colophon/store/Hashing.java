package dev.colophon.store;

import dev.colophon.core.Digest;
import java.security.MessageDigest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * SHA-256 of content that comes block by block, computed on another thread while the caller
 * compresses, writes or reads the next block. The caller fills {@link #block}, hands it over by
 * {@link #update} and may go on reading it until it asks for the next one.
 *
 * <p>For one thread.
 */
final class Hashing {
  /** Length of a block: fits the second-level cache of a core, where both threads find it. */
  static final int BLOCK_BYTES = 1 << 18;

  private static final int BLOCKS = 4;

  private final MessageDigest sha256 = Digest.sha256();
  private final Executor beside;
  private final byte[][] blocks = new byte[BLOCKS][];
  private final CompletableFuture<?>[] hashed = new CompletableFuture<?>[BLOCKS];
  private CompletableFuture<?> last = CompletableFuture.completedFuture(true);
  private int current = 0;

  Hashing(Executor beside) {
    this.beside = beside;
    for (int i = 0; i < BLOCKS; i++) {
      blocks[i] = new byte[BLOCK_BYTES];
      hashed[i] = last;
    }
  }

  /** The block to fill next. Waits until its former content is hashed. */
  byte[] block() {
    hashed[current].join();
    return blocks[current];
  }

  /** Takes the first bytes of the {@link #block} into the digest. */
  void update(int length) {
    var block = blocks[current];
    last = last.thenRunAsync(() -> sha256.update(block, 0, length), beside);
    hashed[current] = last;
    current = (current + 1) % BLOCKS;
  }

  /** Digest of all that was handed over. Ends this object's use. */
  Digest digest() {
    last.join();
    return Digest.ofBytes(sha256.digest());
  }
}
