/** Captures the inputs of a flow into the store before any step reads them. */
@NullMarked
package dev.colophon.flow.dataset;

import org.jspecify.annotations.NullMarked;
