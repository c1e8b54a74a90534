/** What may follow on a command line that is being typed. */
@NullMarked
package dev.colophon.cli.complete;

import org.jspecify.annotations.NullMarked;
