/** The command as a person has it: in processes of its own, with whatever can go wrong. */
@NullMarked
package dev.colophon.cli.e2e;

import org.jspecify.annotations.NullMarked;
