package dev.colophon.flow.fingerprint;

import dev.colophon.core.Name;
import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The fingerprints of all steps of a flow.
 *
 * @param places of each step's parts in the ranking, in the order of the steps
 */
record Found(Ranking ranking, Map<Name, BitSet> places) {
  Found {
    places = Collections.unmodifiableMap(new LinkedHashMap<>(places));
  }
}
