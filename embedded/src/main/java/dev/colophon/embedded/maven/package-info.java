/** Libraries of single-file flows, found the way Maven finds them. */
@NullMarked
package dev.colophon.embedded.maven;

import org.jspecify.annotations.NullMarked;
