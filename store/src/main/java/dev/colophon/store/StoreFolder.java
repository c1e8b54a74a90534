package dev.colophon.store;

import dev.colophon.core.error.ColophonException.Corrupt;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.error.ColophonException.Unavailable;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** The folder of a store: what lies where, and which format it is in (docs/formats/store.md). */
final class StoreFolder {
  /** The format that this version reads and writes. */
  static final int FORMAT = 1;

  private static final String PACK_SUFFIX = ".pack";
  private static final Pattern CONFIG = Pattern.compile("colophon-store (\\d{1,9})\\n");
  private static final int LONGEST_CONFIG = 60;

  private final Path root;
  private final Disk disk;
  private final Supplier<UUID> ids;

  StoreFolder(Path root, Disk disk, Supplier<UUID> ids) {
    this.root = root.toAbsolutePath().normalize();
    this.disk = disk;
    this.ids = ids;
  }

  Path root() {
    return root;
  }

  Path packs() {
    return root.resolve("packs");
  }

  Path pack(UUID id) {
    return packs().resolve(id + PACK_SUFFIX);
  }

  Path index() {
    return root.resolve("index.log");
  }

  private Path config() {
    return root.resolve("config");
  }

  /** All packs by id, whichever process made them. */
  SortedMap<UUID, Path> allPacks() {
    var found = new TreeMap<UUID, Path>();
    try (var files = Files.newDirectoryStream(packs(), "*" + PACK_SUFFIX)) {
      for (Path file : files) {
        idOf(file).ifPresent(id -> found.put(id, file));
      }
    } catch (NoSuchFileException e) {
      return found;
    } catch (IOException e) {
      throw unreadable(packs(), e);
    }
    return found;
  }

  private static Optional<UUID> idOf(Path pack) {
    var name = pack.getFileName().toString();
    try {
      return Optional.of(UUID.fromString(name.substring(0, name.length() - PACK_SUFFIX.length())));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // not one of ours
    }
  }

  /**
   * Looks whether this version can read the store; a folder that is missing or empty is a store
   * without content.
   *
   * @throws Invalid if a newer version wrote it
   * @throws Corrupt if it is no store
   */
  void check() {
    if (!Files.exists(config())) {
      if (Files.exists(packs()) || Files.exists(index())) {
        throw new Corrupt(
            "store %s: it holds packs but no file \"config\", expected one with the line \"colophon-store %d\"; put it back if the packs are Colophon's, or choose another folder"
                .formatted(root, FORMAT));
      }
      return;
    }
    var text = configText();
    var format = CONFIG.matcher(text);
    if (!format.matches()) {
      throw new Corrupt(
          "store %s: its file \"config\" says \"%s\", expected the line \"colophon-store %d\"; put that back if the packs are Colophon's, or choose another folder"
              .formatted(root, text.strip(), FORMAT));
    }
    if (Integer.parseInt(format.group(1)) != FORMAT) {
      throw new Invalid(
          "store %s: format %s, expected %d; another version of Colophon wrote it: use that one, or choose another folder"
              .formatted(root, format.group(1), FORMAT));
    }
  }

  private String configText() {
    try (var in = new FileInputStream(config().toFile())) {
      return new String(in.readNBytes(LONGEST_CONFIG), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw unreadable(config(), e);
    }
  }

  /** Makes the folder a store, if it is not one yet. */
  void prepare() throws IOException {
    if (Files.exists(packs())) {
      return;
    }
    disk.createFolders(root);
    if (!Files.exists(config())) {
      writeConfig();
    }
    disk.createFolders(packs());
    disk.syncFolder(root);
  }

  private void writeConfig() throws IOException {
    var whole = root.resolve("config." + ids.get() + ".tmp");
    try {
      try (var file = disk.create(whole)) {
        var text = ("colophon-store " + FORMAT + "\n").getBytes(StandardCharsets.US_ASCII);
        disk.write(file, text, 0, text.length);
        disk.sync(file);
      }
      disk.rename(whole, config());
    } finally {
      Files.deleteIfExists(whole);
    }
  }

  /**
   * What to say when the disk refused a write.
   *
   * @param what the thing that was to be written, such as {@code "3,000 bytes of content"}
   */
  Unavailable unwritable(String what, IOException cause) {
    return unwritable("store", root, what, cause);
  }

  /** The same for any folder, named by what it is, such as {@code "folder"}. */
  static Unavailable unwritable(String noun, Path folder, String what, IOException cause) {
    var reason = reason(cause);
    String next;
    if (reason.contains("No space left") || reason.contains("quota")) {
      next = "%s free; free some space there or choose another folder".formatted(free(folder));
    } else if (reason.contains("Read-only") || reason.contains("ermission denied")) {
      next = "make the folder writable for this user or choose another one";
    } else {
      next = "look after the disk, then try again";
    }
    return new Unavailable(
        "%s %s: can't write %s: %s; %s".formatted(noun, folder, what, reason, next), cause);
  }

  /** What to say when the disk refused a read. */
  Unavailable unreadable(Path file, IOException cause) {
    return new Unavailable(
        "store %s: can't read %s: %s; make it readable for this user or look after the disk, then try again"
            .formatted(root, file, reason(cause)),
        cause);
  }

  private static String reason(IOException cause) {
    return switch (cause) {
      case AccessDeniedException e -> "permission denied on " + e.getFile();
      case FileAlreadyExistsException e -> "a file of that name exists: " + e.getFile();
      default -> String.valueOf(cause.getMessage());
    };
  }

  private static String free(Path folder) {
    for (Path at = folder; at != null; at = at.getParent()) {
      if (Files.exists(at)) {
        try {
          return "%,d bytes".formatted(Files.getFileStore(at).getUsableSpace());
        } catch (IOException e) {
          return "an unknown number of bytes";
        }
      }
    }
    return "an unknown number of bytes";
  }
}
