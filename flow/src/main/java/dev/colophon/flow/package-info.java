/** What an author of a flow writes against. */
@NullMarked
package dev.colophon.flow;

import org.jspecify.annotations.NullMarked;
