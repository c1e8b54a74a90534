/** Nouns that all of Colophon speaks in, and the port that keeps bytes. */
@NullMarked
package dev.colophon.core;

import org.jspecify.annotations.NullMarked;
