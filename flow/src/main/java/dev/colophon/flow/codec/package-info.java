/** How a value becomes bytes and back. */
@NullMarked
package dev.colophon.flow.codec;

import org.jspecify.annotations.NullMarked;
