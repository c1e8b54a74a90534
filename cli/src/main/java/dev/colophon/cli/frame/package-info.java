/** What all commands share: the world they run in, their answers, how a text looks. */
@NullMarked
package dev.colophon.cli.frame;

import org.jspecify.annotations.NullMarked;
