/** Tests of tracking. */
@NullMarked
package dev.colophon.embedded.track;

import org.jspecify.annotations.NullMarked;
