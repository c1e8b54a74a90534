/** JSON documents; the library that reads and writes their text is hidden here. */
@NullMarked
package dev.colophon.core.json;

import org.jspecify.annotations.NullMarked;
