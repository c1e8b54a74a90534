/** How it is told why tasks run or don't. */
@NullMarked
package dev.colophon.cli.reuse;

import org.jspecify.annotations.NullMarked;
