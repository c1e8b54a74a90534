/** The contracts of the ports, in-memory fakes that pass them, and the rules of the house. */
@NullMarked
package dev.colophon.testkit;

import org.jspecify.annotations.NullMarked;
