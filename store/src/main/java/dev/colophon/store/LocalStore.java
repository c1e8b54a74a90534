package dev.colophon.store;

import dev.colophon.core.Artifact;
import dev.colophon.core.ArtifactStore;
import dev.colophon.core.Digest;
import dev.colophon.core.error.ColophonException.Conflict;
import dev.colophon.core.error.ColophonException.Corrupt;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.error.ColophonException.NotFound;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * An {@link ArtifactStore} in a folder of a local disk.
 *
 * <p>Content is appended to packs, each written by one process, so that a run leaves a handful of
 * files however many things it keeps; an index says where in the packs something lies, and can be
 * made anew from them (docs/formats/store.md). What one process put is seen by the others once it
 * is synced. The death of a process leaves at worst bytes that nothing names.
 *
 * <p>Opening costs one look at a small file; folders appear when the first content comes. Content
 * is compressed where that pays. Any thread may call.
 */
public final class LocalStore implements ArtifactStore {
  private static final long FULL_PACK_BYTES = 1L << 30;

  /** Of the heap, one such part may hold verified content that is being read. */
  private static final int PARTS_OF_HEAP = 8;

  private static final int COPIED_AT_ONCE = 1 << 18;

  private final StoreFolder folder;
  private final Disk disk;
  private final Supplier<UUID> ids;
  private final Finder finder;
  private final PackWriter writer;
  private final ExecutorService beside;
  private final Memory memory;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * Opens the store in a folder, which need not exist yet.
   *
   * @param ids where the names of new files come from: each id once only, among all processes
   * @throws Invalid if another version of Colophon wrote it
   * @throws Corrupt if the folder is no store
   */
  public LocalStore(Path folder, Supplier<UUID> ids) {
    this(
        folder, ids, new Disk(), FULL_PACK_BYTES, Runtime.getRuntime().maxMemory() / PARTS_OF_HEAP);
  }

  LocalStore(
      Path root, Supplier<UUID> ids, Disk disk, long fullPackBytes, long readersMemoryBytes) {
    this.folder = new StoreFolder(root, disk, ids);
    this.disk = disk;
    this.ids = ids;
    folder.check();
    var index = new Index(folder.index(), disk);
    this.beside = Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory());
    this.memory = new Memory(readersMemoryBytes);
    this.finder = new Finder(folder, disk, index, this::content);
    var packs = new Packs(folder, disk, ids, fullPackBytes);
    this.writer = new PackWriter(folder, packs, index, finder, beside);
  }

  @Override
  public Artifact.Blob put(Writer content) throws IOException {
    var incoming = new Incoming(writer);
    try {
      content.writeTo(incoming);
      return incoming.finish();
    } finally {
      incoming.abandon();
    }
  }

  @Override
  public Artifact.Blob putFile(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return put(
          out -> {
            var buffer = new byte[COPIED_AT_ONCE];
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
              out.write(buffer, 0, length);
            }
          });
    }
  }

  @Override
  public Artifact.Blob put(byte[] content) {
    if (content.length <= Incoming.GATHERED_BYTES) {
      return writer.keep(content, content.length);
    }
    return ArtifactStore.super.put(content);
  }

  @Override
  public Set<Digest> missing(Collection<Digest> digests) {
    Set<Digest> missing = new HashSet<>();
    for (Digest digest : digests) {
      if (!writer.isKept(digest)) {
        missing.add(digest);
      }
    }
    return missing;
  }

  @Override
  public InputStream open(Digest digest) {
    return read(digest, StoredContent::open);
  }

  /**
   * @throws Conflict if the file exists
   * @throws Invalid if the folder that it should be in does not
   */
  @Override
  public void copyTo(Digest digest, Path file) {
    var target = file.toAbsolutePath();
    var parent = Optional.ofNullable(target.getParent()).filter(Files::isDirectory);
    if (parent.isEmpty()) {
      throw new Invalid("file %s: its folder does not exist; create it first".formatted(target));
    }
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new Conflict(
          "file %s: it exists, expected a new one; move it away or choose another name"
              .formatted(target));
    }
    var partial = parent.get().resolve(".colophon-" + ids.get() + ".tmp");
    try {
      try {
        boolean done = read(digest, content -> copy(content, parent.get(), partial));
        if (done) {
          disk.rename(partial, target);
        }
      } finally {
        Files.deleteIfExists(partial);
      }
    } catch (IOException e) {
      throw StoreFolder.unwritable("folder", parent.get(), "the file " + target, e);
    }
  }

  private boolean copy(StoredContent content, Path parent, Path partial) {
    try (var out = new FileOutputStream(partial.toFile())) {
      content.passOver((block, length) -> out.write(block, 0, length));
      return true;
    } catch (IOException e) {
      throw StoreFolder.unwritable("folder", parent, "a file of stored content", e);
    }
  }

  /**
   * Reads from the first place that holds the right bytes. A place that does not is noted, so that
   * the content is kept anew when it is put again.
   */
  private <T> T read(Digest digest, Function<StoredContent, T> use) {
    Set<Entry> tried = new LinkedHashSet<>();
    Optional<Corrupt> refusal = Optional.empty();
    for (boolean scanned : new boolean[] {false, true}) {
      if (scanned) {
        finder.recover();
      }
      Set<Entry> places = new LinkedHashSet<>();
      writer.pending(digest).ifPresent(places::add);
      places.addAll(finder.find(digest));
      for (Entry entry : places) {
        if (tried.add(entry)) {
          try {
            return use.apply(content(entry));
          } catch (Corrupt e) {
            refusal = refusal.or(() -> Optional.of(e));
            writer.forget(entry);
            finder.condemn(entry);
          }
        }
      }
    }
    throw refusal
        .<RuntimeException>map(e -> e)
        .orElseGet(
            () ->
                new NotFound(
                    "content %s: store %s does not have it; look whether this is the right store"
                        .formatted(digest, folder.root())));
  }

  private StoredContent content(Entry entry) {
    return new StoredContent(entry, folder, beside, memory);
  }

  @Override
  public void sync() {
    writer.sync();
  }

  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    try {
      writer.sync();
    } finally {
      letGo();
    }
  }

  private void letGo() {
    beside.shutdown();
    try {
      writer.close();
      finder.close();
    } catch (IOException e) {
      throw folder.unwritable("the end of its packs", e);
    }
  }
}
