package dev.colophon.flow.code;

import dev.colophon.core.Digest;
import java.nio.file.Path;

/**
 * A source file that a flow was compiled from.
 *
 * @param path absolute
 * @param digest of the bytes that the compiler read
 */
public record SourceFile(Path path, Digest digest) {}
