package dev.colophon.flow.fingerprint;

import dev.colophon.core.Digest;
import dev.colophon.core.code.Fingerprint;
import dev.colophon.core.code.Fingerprint.Kind;
import dev.colophon.core.code.Fingerprint.Part;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.BitSet;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * All parts of several fingerprints in the order of their text, so that each fingerprint is a set
 * of places in it. Immutable.
 */
final class Ranking {
  private final List<Part> parts;
  private final byte[] lines;
  private final int[] starts;

  /** Parts in their order, each once. */
  Ranking(List<Part> parts) {
    this.parts = List.copyOf(parts);
    this.starts = new int[parts.size() + 1];
    var text = new CanonicalText();
    for (int i = 0; i < this.parts.size(); i++) {
      text.raw(this.parts.get(i).line().getBytes(StandardCharsets.UTF_8));
      starts[i + 1] = text.size();
    }
    this.lines = text.copy();
  }

  /** The places of parts by their numbers. */
  static BitSet places(BitSet numbers, int[] placeOf) {
    var places = new BitSet(placeOf.length);
    for (int i = numbers.nextSetBit(0); i >= 0; i = numbers.nextSetBit(i + 1)) {
      places.set(placeOf[i]);
    }
    return places;
  }

  /** All parts, in order. */
  List<Part> parts() {
    return parts;
  }

  /** The digest of the fingerprint with the parts at these places. */
  Digest digest(BitSet places) {
    MessageDigest sha = Digest.sha256();
    sha.update(Fingerprint.FIRST_LINE.getBytes(StandardCharsets.UTF_8));
    for (int from = places.nextSetBit(0); from >= 0; ) {
      int to = places.nextClearBit(from);
      sha.update(lines, starts[from], starts[to] - starts[from]);
      from = places.nextSetBit(to);
    }
    return Digest.ofBytes(sha.digest());
  }

  /** Names of the parts of a kind. */
  SortedSet<String> names(BitSet places, Kind kind) {
    SortedSet<String> names = new TreeSet<>();
    for (int i = places.nextSetBit(first(kind)); i >= 0; i = places.nextSetBit(i + 1)) {
      if (parts.get(i).kind() != kind) {
        break;
      }
      names.add(parts.get(i).name());
    }
    return names;
  }

  /** The place at which the parts of a kind begin. */
  private int first(Kind kind) {
    int low = 0;
    int high = parts.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (parts.get(middle).kind().compareTo(kind) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  Fingerprint fingerprint(BitSet places) {
    return new Fingerprint(places.stream().mapToObj(parts::get).toList());
  }
}
