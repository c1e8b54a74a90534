/** Reads a flow from its compiled class. */
@NullMarked
package dev.colophon.flow.reflect;

import org.jspecify.annotations.NullMarked;
