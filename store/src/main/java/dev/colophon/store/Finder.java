package dev.colophon.store;

import dev.colophon.core.Digest;
import dev.colophon.core.error.ColophonException.Corrupt;
import dev.colophon.core.error.ColophonException.Unavailable;
import dev.colophon.store.Entry.Statement;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Finds content that some process kept: by the index, and by what the packs themselves say where
 * the index knows less. May be called from any thread.
 */
final class Finder {
  private final StoreFolder folder;
  private final Disk disk;
  private final Index index;
  private final Function<Entry, StoredContent> verifiable;
  private final Map<UUID, Long> packBytes = new ConcurrentHashMap<>();

  private final ReentrantLock scanning = new ReentrantLock();
  private final Map<UUID, Long> scannedBytes = new HashMap<>();
  private final Map<Digest, Set<Entry>> recovered = new ConcurrentHashMap<>();
  private final Map<Digest, Set<Entry>> damaged = new ConcurrentHashMap<>();
  private volatile boolean indexSeen = false;

  /**
   * @param verifiable an entry's content, to see whether it is what the entry says
   */
  Finder(StoreFolder folder, Disk disk, Index index, Function<Entry, StoredContent> verifiable) {
    this.folder = folder;
    this.disk = disk;
    this.index = index;
    this.verifiable = verifiable;
  }

  /** Whether the content is kept, in a place that is not known to be damaged. */
  boolean has(Digest digest) {
    recoverIfIndexIsGone();
    return places(digest).sound().stream().anyMatch(this::isThere)
        || recovered.getOrDefault(digest, Set.of()).stream().anyMatch(this::isThere);
  }

  /** Where the content should be, the best places first. */
  Collection<Entry> find(Digest digest) {
    var places = places(digest);
    Set<Entry> all = new LinkedHashSet<>(places.sound());
    all.addAll(recovered.getOrDefault(digest, Set.of()));
    all.removeAll(places.condemned());
    all.addAll(places.condemned());
    all.addAll(damaged.getOrDefault(digest, Set.of()));
    return all;
  }

  /** Notes that the content is not where it should be, so that it is kept anew when it is put. */
  void condemn(Entry entry) {
    recovered.getOrDefault(entry.digest(), new HashSet<>()).remove(entry);
    try {
      index.appendAndRead(List.of(new Statement(entry, true)));
    } catch (IOException e) {
      return; // the reader is refused the content all the same
    }
  }

  /**
   * Looks through all packs that have grown since the last time for entries that the index does not
   * state, and states those whose content is what they say: a header alone proves nothing of the
   * bytes behind it. Rare: after a loss of power or damage, or when a caller asks for something
   * that was never kept.
   */
  void recover() {
    scanning.lock();
    try {
      List<Entry> lost = new ArrayList<>();
      for (Map.Entry<UUID, Path> pack : folder.allPacks().entrySet()) {
        lost.addAll(lostIn(pack.getKey(), pack.getValue()));
      }
      List<Entry> sound = new ArrayList<>();
      for (Entry entry : lost) {
        boolean verified = isSound(entry);
        (verified ? recovered : damaged)
            .computeIfAbsent(entry.digest(), d -> ConcurrentHashMap.newKeySet())
            .add(entry);
        if (verified) {
          sound.add(entry);
        }
      }
      state(sound);
    } finally {
      scanning.unlock();
    }
  }

  /** False for one that can't be read, too: whoever asks for it is told why. */
  private boolean isSound(Entry entry) {
    try {
      verifiable.apply(entry).verify();
      return true;
    } catch (Corrupt | Unavailable e) {
      return false;
    }
  }

  private List<Entry> lostIn(UUID id, Path pack) {
    List<Entry> lost = new ArrayList<>();
    try {
      long size = Files.size(pack);
      if (scannedBytes.getOrDefault(id, -1L) == size) {
        return lost;
      }
      for (Entry entry : PackScan.entries(id, pack)) {
        var places = index.find(entry.digest());
        if (!places.sound().contains(entry) && !places.condemned().contains(entry)) {
          lost.add(entry);
        }
      }
      scannedBytes.put(id, size);
      return lost;
    } catch (NoSuchFileException e) {
      return lost;
    } catch (IOException e) {
      throw folder.unreadable(pack, e);
    }
  }

  /** States what the index lacks, once it is sure to survive. */
  private void state(List<Entry> lost) {
    Set<UUID> packs = new LinkedHashSet<>();
    lost.forEach(entry -> packs.add(entry.pack()));
    try {
      for (UUID pack : packs) {
        try (var file = new RandomAccessFile(folder.pack(pack).toFile(), "r")) {
          disk.sync(file);
        }
      }
      index.append(lost.stream().map(entry -> new Statement(entry, false)).toList());
    } catch (IOException e) {
      return; // a store that can only be read: this process remembers them in memory
    }
  }

  /** A removed index is made anew before anything is said to be missing. */
  private void recoverIfIndexIsGone() {
    if (indexSeen) {
      return;
    }
    scanning.lock();
    try {
      if (!indexSeen) {
        if (!Files.exists(folder.index())) {
          recover();
        }
        indexSeen = true;
      }
    } finally {
      scanning.unlock();
    }
  }

  private Index.Places places(Digest digest) {
    try {
      return index.find(digest);
    } catch (IOException e) {
      throw folder.unreadable(folder.index(), e);
    }
  }

  /** Whether the pack is there and long enough; its bytes are verified when they are read. */
  private boolean isThere(Entry entry) {
    if (packBytes.getOrDefault(entry.pack(), 0L) >= entry.end()) {
      return true;
    }
    try {
      long size = Files.size(folder.pack(entry.pack()));
      packBytes.put(entry.pack(), size);
      return size >= entry.end();
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw folder.unreadable(folder.pack(entry.pack()), e);
    }
  }

  void close() throws IOException {
    index.close();
  }
}
