/** Tests of the codecs. */
@NullMarked
package dev.colophon.flow.codec;

import org.jspecify.annotations.NullMarked;
