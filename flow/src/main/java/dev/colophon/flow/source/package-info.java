/** Flows as plain source files: their libraries, their compilation, and classes kept by content. */
@NullMarked
package dev.colophon.flow.source;

import org.jspecify.annotations.NullMarked;
