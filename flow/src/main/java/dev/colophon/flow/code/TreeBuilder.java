package dev.colophon.flow.code;

import dev.colophon.core.Artifact;
import dev.colophon.core.ArtifactStore;
import dev.colophon.core.Digest;
import dev.colophon.core.TreeListing;
import dev.colophon.core.TreeListing.Entry;
import dev.colophon.core.TreeListing.Kind;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Makes a tree from paths, and keeps the listings and links that it needs. Not thread-safe.
 *
 * <p>Paths are relative, with slashes; folders on the way are made.
 */
public final class TreeBuilder {
  private final Folder root = new Folder();
  private final Map<Digest, byte[]> small = new HashMap<>();

  /** A folder under construction: leaves and folders by name. */
  private static final class Folder {
    final Map<String, Entry> leaves = new TreeMap<>();
    final Map<String, Folder> folders = new TreeMap<>();
  }

  /** Adds a file whose bytes are in the store, or a folder whose tree is. */
  public TreeBuilder add(String path, Kind kind, Artifact artifact) {
    int slash = path.lastIndexOf('/');
    folder(path.substring(0, Math.max(slash, 0)))
        .leaves
        .put(path.substring(slash + 1), new Entry(kind, artifact));
    return this;
  }

  /** Keeps the target of a symbolic link, for {@link #add} to name. */
  Artifact.Blob linkTo(String target) {
    return keep(target.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds a folder that may stay empty. */
  public TreeBuilder addFolder(String path) {
    folder(path);
    return this;
  }

  /** Puts what the store lacks of the listings and links, and gives the tree. */
  public Artifact.Tree put(ArtifactStore store) {
    Artifact.Tree tree = list(root);
    Set<Digest> missing = store.missing(small.keySet());
    small.forEach(
        (digest, content) -> {
          if (missing.contains(digest)) {
            store.put(content);
          }
        });
    return tree;
  }

  /** Digests of the listings and links of the tree that was put last. */
  Set<Digest> smallDigests() {
    return Set.copyOf(small.keySet());
  }

  private Artifact.Tree list(Folder folder) {
    Map<String, Entry> entries = new TreeMap<>(folder.leaves);
    folder.folders.forEach((name, inner) -> entries.put(name, new Entry(Kind.FOLDER, list(inner))));
    TreeListing listing = new TreeListing(entries);
    byte[] content = listing.bytes();
    return new Artifact.Tree(keep(content).digest(), listing.sizeBytes());
  }

  private Artifact.Blob keep(byte[] content) {
    Digest digest = Digest.of(content);
    small.put(digest, content);
    return new Artifact.Blob(digest, content.length);
  }

  private Folder folder(String path) {
    Folder folder = root;
    for (int from = 0; from < path.length(); ) {
      int slash = path.indexOf('/', from);
      int end = slash < 0 ? path.length() : slash;
      folder = folder.folders.computeIfAbsent(path.substring(from, end), name -> new Folder());
      from = end + 1;
    }
    return folder;
  }
}
