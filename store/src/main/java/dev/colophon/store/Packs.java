package dev.colophon.store;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The packs that this process appends to: as many as threads that write at the same moment, however
 * many things they keep. May be called from any thread.
 */
final class Packs {
  private final StoreFolder folder;
  private final Disk disk;
  private final Supplier<UUID> ids;
  private final long fullBytes;

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Pack> idle = new ArrayDeque<>();
  private final Set<Pack> open = new LinkedHashSet<>();
  private final Set<Pack> unsynced = new LinkedHashSet<>();
  private final Set<Pack> beingSynced = new LinkedHashSet<>();
  private final Set<Pack> retired = new LinkedHashSet<>();
  private boolean folderUnsynced = false;

  /**
   * @param fullBytes length from which on a pack gets no further entry
   */
  Packs(StoreFolder folder, Disk disk, Supplier<UUID> ids, long fullBytes) {
    this.folder = folder;
    this.disk = disk;
    this.ids = ids;
    this.fullBytes = fullBytes;
  }

  /** A pack for the caller alone, until {@link #giveBack}. */
  Pack lease() throws IOException {
    lock.lock();
    try {
      if (!idle.isEmpty()) {
        return idle.pop();
      }
      folder.prepare();
      var id = ids.get();
      var pack = Pack.create(id, folder.pack(id), disk);
      open.add(pack);
      folderUnsynced = true;
      return pack;
    } finally {
      lock.unlock();
    }
  }

  /** The next {@link #sync} covers what the pack holds now. */
  void touched(Pack pack) {
    lock.lock();
    try {
      unsynced.add(pack);
    } finally {
      lock.unlock();
    }
  }

  /** Ends a lease. */
  void giveBack(Pack pack) throws IOException {
    lock.lock();
    try {
      if (pack.isUsable() && pack.end() < fullBytes) {
        idle.push(pack);
      } else {
        retired.add(pack);
        closeRetired();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns when all that was touched before the call survives a loss of power. One call at a time.
   */
  void sync() throws IOException {
    List<Pack> covered;
    boolean newNames;
    lock.lock();
    try {
      covered = List.copyOf(unsynced);
      newNames = folderUnsynced;
      beingSynced.addAll(covered);
      unsynced.clear();
      folderUnsynced = false;
    } finally {
      lock.unlock();
    }
    try {
      for (Pack pack : covered) {
        pack.sync();
      }
      if (newNames) {
        disk.syncFolder(folder.packs());
      }
    } finally {
      synced();
    }
  }

  private void synced() throws IOException {
    lock.lock();
    try {
      beingSynced.clear();
      closeRetired();
    } finally {
      lock.unlock();
    }
  }

  /** Closes what nobody will append to or sync again. */
  private void closeRetired() throws IOException {
    for (Pack pack : List.copyOf(retired)) {
      if (!unsynced.contains(pack) && !beingSynced.contains(pack)) {
        retired.remove(pack);
        open.remove(pack);
        pack.close();
      }
    }
  }

  /** Closes all files, synced or not. */
  void close() throws IOException {
    lock.lock();
    try {
      for (Pack pack : open) {
        pack.close();
      }
      open.clear();
      idle.clear();
      unsynced.clear();
      beingSynced.clear();
      retired.clear();
    } finally {
      lock.unlock();
    }
  }
}
