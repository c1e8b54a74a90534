/** Wires the ports from configuration: what a Java program or notebook depends on. */
@NullMarked
package dev.colophon.embedded;

import org.jspecify.annotations.NullMarked;
