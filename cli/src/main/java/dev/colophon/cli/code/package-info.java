/** The commands about the code of a run: shown, compared, brought back. */
@NullMarked
package dev.colophon.cli.code;

import org.jspecify.annotations.NullMarked;
