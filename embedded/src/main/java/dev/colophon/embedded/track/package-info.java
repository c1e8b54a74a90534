/** Runs of programs that are not flows: they tell what they read, measure and make. */
@NullMarked
package dev.colophon.embedded.track;

import org.jspecify.annotations.NullMarked;
