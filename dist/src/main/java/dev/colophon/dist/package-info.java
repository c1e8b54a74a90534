/** Puts the distribution together at build time; no part of it. */
@NullMarked
package dev.colophon.dist;

import org.jspecify.annotations.NullMarked;
