/** What tasks said, read and shown. */
@NullMarked
package dev.colophon.cli.logs;

import org.jspecify.annotations.NullMarked;
