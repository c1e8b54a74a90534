package dev.colophon.core;

import dev.colophon.core.TreeListing.Entry;
import dev.colophon.core.TreeListing.Kind;
import dev.colophon.core.error.ColophonException.Conflict;
import dev.colophon.core.error.ColophonException.Corrupt;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.error.ColophonException.NotFound;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Folders in an {@link ArtifactStore}: a folder goes in as one {@link TreeListing} for each level,
 * and comes out again into an empty folder. Links are kept as links: neither way are they followed.
 *
 * <p>Times, owners and permissions other than the owner's execute bit are not kept, so equal
 * content gives an equal tree. Any thread may call.
 */
public final class Trees {
  /** Deepest nesting that is read or written, so that a hostile tree can't use up the stack. */
  private static final int DEEPEST = 200;

  private static final char REPLACEMENT = '\ufffd';

  private Trees() {}

  /**
   * Keeps a folder and all below it.
   *
   * @throws Invalid if it holds something that is no file, link or folder, or a name that is no
   *     text
   * @throws IOException if it can't be read
   */
  public static Artifact.Tree put(Path folder, ArtifactStore store) throws IOException {
    return put(folder, store, 0);
  }

  private static Artifact.Tree put(Path folder, ArtifactStore store, int depth) throws IOException {
    checkDepth(folder.toString(), depth);
    SortedMap<String, Entry> entries = new TreeMap<>();
    try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
      for (Path child : children) {
        entries.put(name(child), entry(child, store, depth));
      }
    }
    var listing = new TreeListing(entries);
    store.put(listing.bytes());
    return listing.tree();
  }

  private static Entry entry(Path path, ArtifactStore store, int depth) throws IOException {
    var attributes =
        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (attributes.isSymbolicLink()) {
      var target = Files.readSymbolicLink(path).toString();
      return new Entry(Kind.LINK, store.put(target.getBytes(StandardCharsets.UTF_8)));
    }
    if (attributes.isDirectory()) {
      return new Entry(Kind.FOLDER, put(path, store, depth + 1));
    }
    if (attributes.isRegularFile()) {
      return new Entry(isExecutable(path) ? Kind.EXECUTABLE : Kind.FILE, store.putFile(path));
    }
    throw new Invalid(
        "%s: it is neither a file nor a link nor a folder, so it can't be kept; remove it or leave it out"
            .formatted(path));
  }

  private static String name(Path path) {
    var name = path.getFileName().toString();
    if (name.indexOf(REPLACEMENT) >= 0) {
      throw new Invalid(
          "%s: its name is not text in this process's character set; rename it, or start again with LC_ALL=C.UTF-8"
              .formatted(path));
    }
    return name;
  }

  private static boolean isExecutable(Path file) throws IOException {
    var view =
        Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    return view != null
        && view.readAttributes().permissions().contains(PosixFilePermission.OWNER_EXECUTE);
  }

  /**
   * What a tree holds, one level deep.
   *
   * @throws NotFound if the store does not have it
   * @throws Corrupt if that content is no listing, or not of this size
   */
  public static TreeListing list(Artifact.Tree tree, ArtifactStore store) {
    byte[] bytes;
    try (InputStream in = store.open(tree.digest())) {
      bytes = in.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException("a store's stream raises errors of our family only", e);
    }
    var listing = TreeListing.parse(bytes);
    try {
      if (listing.sizeBytes() == tree.sizeBytes()) {
        return listing;
      }
      throw new Corrupt(
          "tree %s: its listing adds up to %,d bytes, expected %,d"
              .formatted(tree.digest(), listing.sizeBytes(), tree.sizeBytes()));
    } catch (ArithmeticException e) {
      throw new Corrupt(
          "tree %s: its listing adds up to more than 2^63 bytes".formatted(tree.digest()), e);
    }
  }

  /**
   * Writes a tree into a folder, which is created if it is missing. If it fails, what was written
   * so far stays, each file of it whole and verified.
   *
   * @throws Conflict if the folder is not empty, or two names of the tree are one on this disk
   * @throws Invalid if a name would lead out of the folder, or this disk can't bear it
   * @throws NotFound if the store lacks part of it
   * @throws Corrupt if a listing or a file is not what its digest and size say
   * @throws IOException if the folder can't be written
   */
  public static void restore(Artifact.Tree tree, ArtifactStore store, Path folder)
      throws IOException {
    if (Files.isSymbolicLink(folder)) {
      throw new Conflict(
          "folder %s: it is a link, expected a folder; name the one it leads to".formatted(folder));
    }
    Files.createDirectories(folder);
    try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
      if (children.iterator().hasNext()) {
        throw new Conflict(
            "folder %s: it holds something, expected an empty one; choose another"
                .formatted(folder));
      }
    }
    restore(tree, store, folder.toAbsolutePath(), 0);
  }

  private static void restore(Artifact.Tree tree, ArtifactStore store, Path folder, int depth)
      throws IOException {
    checkDepth(folder.toString(), depth);
    for (var named : list(tree, store).entries().entrySet()) {
      Path path = child(folder, named.getKey());
      if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        throw new Conflict(
            "%s: another name of the tree is the same one on this disk; restore it on a disk that tells capitals from small letters"
                .formatted(path));
      }
      var entry = named.getValue();
      switch (entry.kind()) {
        case FILE -> restoreFile(entry, store, path);
        case EXECUTABLE -> {
          restoreFile(entry, store, path);
          markExecutable(path);
        }
        case LINK -> restoreLink(entry, store, path);
        case FOLDER -> {
          Files.createDirectory(path);
          restore((Artifact.Tree) entry.artifact(), store, path, depth + 1);
        }
      }
    }
  }

  /** A path directly in the folder, whatever separators this disk knows. */
  private static Path child(Path folder, String name) {
    try {
      Path path = folder.resolve(name);
      if (folder.equals(path.getParent()) && name.equals(path.getFileName().toString())) {
        return path;
      }
    } catch (InvalidPathException e) {
      throw new Invalid(
          "tree entry \"%s\": this disk can't bear the name: %s; try LC_ALL=C.UTF-8 or another disk"
              .formatted(name, e.getReason()),
          e);
    }
    throw new Invalid(
        "tree entry \"%s\": it leads out of folder %s, expected a plain name"
            .formatted(name, folder));
  }

  private static void restoreFile(Entry entry, ArtifactStore store, Path path) throws IOException {
    store.copyTo(entry.artifact().digest(), path);
    long found = Files.size(path);
    if (found != entry.artifact().sizeBytes()) {
      Files.delete(path);
      throw new Corrupt(
          "tree entry \"%s\": %,d bytes, expected %,d"
              .formatted(path.getFileName(), found, entry.artifact().sizeBytes()));
    }
  }

  private static void restoreLink(Entry entry, ArtifactStore store, Path path) throws IOException {
    String target;
    try (InputStream in = store.open(entry.artifact().digest())) {
      target = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    try {
      Files.createSymbolicLink(path, path.getFileSystem().getPath(target));
    } catch (InvalidPathException | UnsupportedOperationException e) {
      throw new Invalid(
          "tree entry \"%s\": it can't be made a link to \"%s\": %s; choose a disk that has links"
              .formatted(path.getFileName(), target, e.getMessage()),
          e);
    }
  }

  private static void markExecutable(Path file) throws IOException {
    var view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view != null) {
      var permissions = view.readAttributes().permissions();
      permissions.add(PosixFilePermission.OWNER_EXECUTE);
      if (permissions.contains(PosixFilePermission.GROUP_READ)) {
        permissions.add(PosixFilePermission.GROUP_EXECUTE);
      }
      if (permissions.contains(PosixFilePermission.OTHERS_READ)) {
        permissions.add(PosixFilePermission.OTHERS_EXECUTE);
      }
      view.setPermissions(permissions);
    }
  }

  private static void checkDepth(String folder, int depth) {
    if (depth > DEEPEST) {
      throw new Invalid(
          "folder %s: more than %,d folders deep, expected fewer".formatted(folder, DEEPEST));
    }
  }
}
