/** Flows on real data, to read and to run. */
@NullMarked
package dev.colophon.examples;

import org.jspecify.annotations.NullMarked;
