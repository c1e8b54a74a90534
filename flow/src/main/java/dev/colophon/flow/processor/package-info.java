/** Reads a flow from its source, while it is compiled. */
@NullMarked
package dev.colophon.flow.processor;

import org.jspecify.annotations.NullMarked;
