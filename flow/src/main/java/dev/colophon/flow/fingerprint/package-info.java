/**
 * The fingerprint of a step's code: which of the author's methods, types, initialisers, parameters
 * and libraries it can reach, each with a digest that no cosmetic edit changes
 * (docs/formats/fingerprints.md).
 */
@NullMarked
package dev.colophon.flow.fingerprint;

import org.jspecify.annotations.NullMarked;
