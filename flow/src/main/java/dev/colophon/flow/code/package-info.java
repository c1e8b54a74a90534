/**
 * Captures the exact code of a run and the place where it took place: the snapshot that Git would
 * list, its history, the environment (docs/formats/code.md).
 *
 * <p>Its caches ({@link CacheFile}, {@link FileDigests}) save time only: losing one costs a reading
 * of the files, never a wrong digest.
 */
@NullMarked
package dev.colophon.flow.code;

import org.jspecify.annotations.NullMarked;
