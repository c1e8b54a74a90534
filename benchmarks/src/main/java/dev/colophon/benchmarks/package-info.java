/** Measurements; run by hand, not by the build. */
@NullMarked
package dev.colophon.benchmarks;

import org.jspecify.annotations.NullMarked;
