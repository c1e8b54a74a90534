/** Tests. */
@NullMarked
package dev.colophon.embedded.config;

import org.jspecify.annotations.NullMarked;
