/** The code version and environment of a run. */
@NullMarked
package dev.colophon.core.code;

import org.jspecify.annotations.NullMarked;
