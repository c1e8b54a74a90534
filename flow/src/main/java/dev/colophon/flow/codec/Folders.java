package dev.colophon.flow.codec;

import dev.colophon.core.Artifact;
import dev.colophon.core.TreeListing;
import dev.colophon.core.TreeListing.Entry;
import dev.colophon.core.TreeListing.Kind;
import dev.colophon.core.error.ColophonException.Corrupt;
import dev.colophon.core.error.ColophonException.Invalid;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Files and folders as blobs and trees, and back to where a step finds them. */
final class Folders {
  /** What stands in a name for bytes that are no text. */
  private static final char REPLACEMENT = '\ufffd';

  private Folders() {}

  /** Last name of a path. @throws Invalid if it has none, or one that UTF-8 can't say */
  static String nameOf(Path path) {
    Path name = path.toAbsolutePath().normalize().getFileName();
    if (name == null) {
      throw new Invalid(
          "path \"%s\" has no name of its own, expected a file or folder".formatted(path));
    }
    String text = name.toString();
    if (text.indexOf(REPLACEMENT) >= 0 || Texts.loneSurrogate(text) >= 0) {
      throw new Invalid(
          "path \"%s\": its name is not text in this process's character set; rename it, or start"
                  .formatted(path)
              + " again with LC_ALL=C.UTF-8");
    }
    return text;
  }

  /**
   * Keeps a file or a folder. A link is followed to what it leads to; links inside a folder stay
   * links.
   *
   * @throws Invalid if there is neither at this path
   */
  static Entry put(Path path, Contents contents) throws IOException {
    if (Files.isDirectory(path)) {
      Path real = path.toRealPath();
      return new Entry(Kind.FOLDER, putFolder(real, real, contents));
    }
    if (Files.isRegularFile(path)) {
      return putFile(path, contents);
    }
    throw new Invalid(
        Files.exists(path, LinkOption.NOFOLLOW_LINKS)
            ? "path \"%s\" is neither a file nor a folder, and nothing else can be stored"
                .formatted(path)
            : "path \"%s\" does not exist; a step that returns a path must have written it"
                .formatted(path));
  }

  private static Entry putFile(Path file, Contents contents) throws IOException {
    return new Entry(isExecutable(file) ? Kind.EXECUTABLE : Kind.FILE, contents.putFile(file));
  }

  private static boolean isExecutable(Path file) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    return view != null
        && view.readAttributes().permissions().contains(PosixFilePermission.OWNER_EXECUTE);
  }

  private static Artifact.Tree putFolder(Path root, Path folder, Contents contents)
      throws IOException {
    List<Path> children;
    try (Stream<Path> listed = Files.list(folder)) {
      children = listed.toList();
    }
    SortedMap<String, Entry> entries = new TreeMap<>();
    for (Path child : children) {
      entries.put(nameOf(child), putChild(root, child, contents));
    }
    return putListing(new TreeListing(entries), contents);
  }

  private static Entry putChild(Path root, Path child, Contents contents) throws IOException {
    if (Files.isSymbolicLink(child)) {
      Path target = Files.readSymbolicLink(child);
      if (!staysInside(root, child, target)) {
        throw new Invalid(
            "link \"%s\" leads to \"%s\", outside the folder that is stored; copy the file instead"
                .formatted(child, target));
      }
      byte[] text = target.toString().getBytes(StandardCharsets.UTF_8);
      return new Entry(Kind.LINK, contents.put(out -> out.write(text)));
    }
    return Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)
        ? new Entry(Kind.FOLDER, putFolder(root, child, contents))
        : put(child, contents);
  }

  /**
   * Whether a link leads nowhere but into its own tree. Steps upwards may only come first: after a
   * name they could start from where another link led.
   */
  private static boolean staysInside(Path root, Path link, Path target) {
    boolean named = false;
    for (Path step : target) {
      boolean upwards = step.toString().equals("..");
      if (upwards && named) {
        return false;
      }
      named |= !upwards && !step.toString().equals(".");
    }
    return !target.isAbsolute() && link.resolveSibling(target).normalize().startsWith(root);
  }

  /** Keeps the listing of a tree. */
  static Artifact.Tree putListing(TreeListing listing, Contents contents) throws IOException {
    byte[] bytes = listing.bytes();
    contents.put(out -> out.write(bytes));
    return listing.tree();
  }

  /** The listing of a tree. @throws Corrupt if its content is none, or one of another size */
  static TreeListing listing(Artifact tree, Contents contents) throws IOException {
    if (!(tree instanceof Artifact.Tree)) {
      throw new Corrupt("artifact %s is a single file, expected a tree".formatted(tree.digest()));
    }
    byte[] bytes;
    try (InputStream in = contents.open(tree.digest())) {
      bytes = in.readAllBytes();
    }
    TreeListing listing;
    try {
      listing = TreeListing.parse(bytes);
    } catch (Invalid e) {
      throw new Corrupt("tree %s: %s".formatted(tree.digest(), e.text()), e);
    }
    if (!listing.tree().equals(tree)) {
      throw new Corrupt(
          "tree %s lists %s, expected %d bytes"
              .formatted(tree.digest(), listing.tree(), tree.sizeBytes()));
    }
    return listing;
  }

  /**
   * Writes what an entry leads to into a folder, verified.
   *
   * @return the new file or folder
   */
  static Path place(Entry entry, Path folder, String name, Contents contents) throws IOException {
    Path path = child(folder, name);
    place(path, entry, path, contents);
    return path;
  }

  private static void place(Path root, Entry entry, Path path, Contents contents)
      throws IOException {
    Artifact artifact = entry.artifact();
    switch (entry.kind()) {
      case FILE -> contents.copyTo(artifact.digest(), path);
      case EXECUTABLE -> {
        contents.copyTo(artifact.digest(), path);
        makeExecutable(path);
      }
      case LINK -> placeLink(root, artifact, path, contents);
      case FOLDER -> {
        Files.createDirectory(path);
        for (var child : listing(artifact, contents).entries().entrySet()) {
          place(root, child.getValue(), child(path, child.getKey()), contents);
        }
      }
    }
  }

  private static void placeLink(Path root, Artifact artifact, Path path, Contents contents)
      throws IOException {
    String text;
    try (InputStream in = contents.open(artifact.digest())) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    Path target = path.getFileSystem().getPath(text);
    if (!staysInside(root, path, target)) {
      throw new Corrupt(
          "link \"%s\" leads to \"%s\", outside the folder that was stored"
              .formatted(root.relativize(path), text));
    }
    Files.createSymbolicLink(path, target);
  }

  private static void makeExecutable(Path file) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view != null) {
      Set<PosixFilePermission> permissions = new HashSet<>(view.readAttributes().permissions());
      permissions.add(PosixFilePermission.OWNER_EXECUTE);
      view.setPermissions(permissions);
    }
  }

  /**
   * A name in a folder.
   *
   * @throws Corrupt if it leads elsewhere
   */
  static Path child(Path folder, String name) {
    Path parent = folder.toAbsolutePath().normalize();
    try {
      Path child = parent.resolve(name).normalize();
      if (parent.equals(child.getParent())) {
        return child;
      }
    } catch (InvalidPathException e) {
      throw new Corrupt("stored file name \"%s\" is no name here".formatted(name), e);
    }
    throw new Corrupt("stored file name \"%s\": expected a plain name".formatted(name));
  }
}
