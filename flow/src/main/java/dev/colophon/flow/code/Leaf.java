package dev.colophon.flow.code;

import dev.colophon.core.Artifact;
import dev.colophon.core.TreeListing.Kind;

/**
 * A file or link of a snapshot, or a whole folder that was captured on its own.
 *
 * @param path from the snapshot's root, with slashes
 */
record Leaf(String path, Kind kind, Artifact artifact) {}
