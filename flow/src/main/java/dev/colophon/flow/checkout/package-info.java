/**
 * The code of a run in a folder of its own, where it runs again: writes one, and finds what is in
 * it (docs/formats/code.md, "checkout").
 */
@NullMarked
package dev.colophon.flow.checkout;

import org.jspecify.annotations.NullMarked;
