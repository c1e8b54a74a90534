@NullMarked
package dev.colophon.flow.checkout;

import org.jspecify.annotations.NullMarked;
