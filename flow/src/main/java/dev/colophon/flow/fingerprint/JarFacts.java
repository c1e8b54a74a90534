package dev.colophon.flow.fingerprint;

import dev.colophon.core.Digest;
import java.util.Set;

/**
 * What the content of a library's jar is.
 *
 * @param digest of its entries, whatever their order, times and compression, without signatures
 * @param named packages that its classes refer to, with slashes
 * @param searches whether it looks for classes, services or resources by names that nobody can
 *     foresee
 * @param asksRun whether it may ask a task for its moment or address
 */
record JarFacts(Digest digest, Set<String> named, boolean searches, boolean asksRun) {
  JarFacts {
    named = Set.copyOf(named);
  }
}
