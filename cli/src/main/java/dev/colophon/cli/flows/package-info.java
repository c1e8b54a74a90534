/** Flows as a whole: which there are, and what each consists of. */
@NullMarked
package dev.colophon.cli.flows;

import org.jspecify.annotations.NullMarked;
