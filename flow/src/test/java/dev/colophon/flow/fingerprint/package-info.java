@NullMarked
package dev.colophon.flow.fingerprint;

import org.jspecify.annotations.NullMarked;
