/** Runs what the guide shows. */
@NullMarked
package dev.colophon.cli.guide;

import org.jspecify.annotations.NullMarked;
