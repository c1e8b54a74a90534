/** What people set once: files, the environment, and where secrets come from. */
@NullMarked
package dev.colophon.embedded.config;

import org.jspecify.annotations.NullMarked;
