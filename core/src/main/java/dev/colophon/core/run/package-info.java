/** Runs and tasks, what they read and left behind, and the port that keeps their record. */
@NullMarked
package dev.colophon.core.run;

import org.jspecify.annotations.NullMarked;
