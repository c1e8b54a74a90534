/** Artifact bytes on a local disk. */
@NullMarked
package dev.colophon.store;

import org.jspecify.annotations.NullMarked;
