/** Registered models, their versions and aliases, and the port that keeps them. */
@NullMarked
package dev.colophon.core.model;

import org.jspecify.annotations.NullMarked;
