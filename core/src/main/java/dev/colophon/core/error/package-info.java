/** The one family of errors, and the table of their codes. */
@NullMarked
package dev.colophon.core.error;

import org.jspecify.annotations.NullMarked;
