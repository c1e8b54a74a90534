/** The checked graph of a flow. */
@NullMarked
package dev.colophon.flow.graph;

import org.jspecify.annotations.NullMarked;
