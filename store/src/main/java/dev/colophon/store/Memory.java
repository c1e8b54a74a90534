package dev.colophon.store;

import java.util.concurrent.atomic.AtomicLong;

/** Heap that the readers of a store may hold content in, all together. Any thread may call. */
final class Memory {
  private final AtomicLong leftBytes;

  Memory(long bytes) {
    this.leftBytes = new AtomicLong(bytes);
  }

  /** Takes so many bytes if they are left. */
  boolean take(long bytes) {
    long left = leftBytes.get();
    while (left >= bytes) {
      if (leftBytes.compareAndSet(left, left - bytes)) {
        return true;
      }
      left = leftBytes.get();
    }
    return false;
  }

  void giveBack(long bytes) {
    leftBytes.addAndGet(bytes);
  }
}
