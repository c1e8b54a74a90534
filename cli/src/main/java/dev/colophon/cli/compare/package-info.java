/** What differs between two runs or two versions of a model. */
@NullMarked
package dev.colophon.cli.compare;

import org.jspecify.annotations.NullMarked;
