/**
 * Conditions on runs: what a person writes after {@code --where}, and what every catalog answers.
 */
@NullMarked
package dev.colophon.core.query;

import org.jspecify.annotations.NullMarked;
