package dev.colophon.flow.fingerprint;

import dev.colophon.core.Digest;
import java.util.List;

/**
 * The digest of a canonical text, but for the holes in it.
 *
 * @param holes in the order in which the text first refers to them
 */
record Code(Digest digest, List<Hole> holes) {
  Code {
    holes = List.copyOf(holes);
  }
}
