package dev.colophon.flow.fingerprint;

import dev.colophon.core.Digest;
import dev.colophon.core.code.Fingerprint;
import dev.colophon.core.code.Fingerprint.Kind;
import dev.colophon.core.code.Fingerprint.Part;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * All parts of several fingerprints, as the lines of their text and in its order, so that each
 * fingerprint is a set of places in it. Immutable.
 */
final class Ranking {
  private static final int DIGITS = 64;
  private static final byte[] FIRST_LINE = Fingerprint.FIRST_LINE.getBytes(StandardCharsets.UTF_8);

  private final byte[] lines;
  private final int[] starts;

  /** Lines in their order, each once, each ended by a line feed. */
  private Ranking(byte[] lines) {
    this.lines = lines;
    int[] found = new int[lines.length / DIGITS + 2];
    int count = 0;
    for (int i = 0; i < lines.length; i++) {
      if (lines[i] == '\n') {
        found[++count] = i + 1;
      }
    }
    this.starts = Arrays.copyOf(found, count + 1);
  }

  /** Parts in their order, each once. */
  static Ranking of(List<Part> parts) {
    var text = new CanonicalText();
    parts.forEach(part -> text.raw(part.line().getBytes(StandardCharsets.UTF_8)));
    return new Ranking(text.copy());
  }

  /** What {@link #text} gave. */
  static Ranking of(String text) {
    return new Ranking(text.getBytes(StandardCharsets.UTF_8));
  }

  /** All lines. */
  String text() {
    return new String(lines, StandardCharsets.UTF_8);
  }

  /** The places of parts by their numbers. */
  static BitSet places(BitSet numbers, int[] placeOf) {
    var places = new BitSet(placeOf.length);
    for (int i = numbers.nextSetBit(0); i >= 0; i = numbers.nextSetBit(i + 1)) {
      places.set(placeOf[i]);
    }
    return places;
  }

  /** The digest of the fingerprint with the parts at these places. */
  Digest digest(BitSet places) {
    MessageDigest sha = Digest.sha256();
    sha.update(FIRST_LINE);
    for (int from = places.nextSetBit(0); from >= 0; ) {
      int to = places.nextClearBit(from);
      sha.update(lines, starts[from], starts[to] - starts[from]);
      from = places.nextSetBit(to);
    }
    return Digest.ofBytes(sha.digest());
  }

  /** Names of the parts of a kind. */
  SortedSet<String> names(BitSet places, Kind kind) {
    byte[] word = (kind.word() + " ").getBytes(StandardCharsets.UTF_8);
    SortedSet<String> names = new TreeSet<>();
    for (int i = places.nextSetBit(0); i >= 0; i = places.nextSetBit(i + 1)) {
      int end = starts[i] + word.length;
      if (Arrays.equals(lines, starts[i], end, word, 0, word.length)) {
        int from = end + DIGITS + 1;
        names.add(new String(lines, from, starts[i + 1] - 1 - from, StandardCharsets.UTF_8));
      }
    }
    return names;
  }

  Fingerprint fingerprint(BitSet places) {
    var text = new CanonicalText();
    text.raw(FIRST_LINE);
    places.stream()
        .forEach(place -> text.raw(Arrays.copyOfRange(lines, starts[place], starts[place + 1])));
    return Fingerprint.parse(text.copy());
  }

  /**
   * The same with other digests for some of its parts, which stay where they are.
   *
   * @param replaced digests by part; those that are not in here are passed over
   * @return empty if a part has a namesake, from which only its digest tells it apart
   */
  Optional<Ranking> with(Map<Part, Digest> replaced) {
    byte[] copy = lines.clone();
    var text = "\n" + new String(lines, StandardCharsets.ISO_8859_1);
    for (Map.Entry<Part, Digest> each : replaced.entrySet()) {
      byte[] line = each.getKey().line().getBytes(StandardCharsets.UTF_8);
      int at = text.indexOf("\n" + new String(line, StandardCharsets.ISO_8859_1));
      if (at >= 0) {
        int place = Arrays.binarySearch(starts, at);
        if (isNamesake(place, place - 1) || isNamesake(place, place + 1)) {
          return Optional.empty();
        }
        byte[] digest = each.getValue().hex().getBytes(StandardCharsets.US_ASCII);
        int from = at + each.getKey().kind().word().length() + 1;
        System.arraycopy(digest, 0, copy, from, digest.length);
      }
    }
    return Optional.of(new Ranking(copy));
  }

  private boolean isNamesake(int place, int other) {
    if (other < 0 || other >= starts.length - 1) {
      return false;
    }
    return kindAndName(place).equals(kindAndName(other));
  }

  /** Kind and name. */
  private String kindAndName(int place) {
    var line =
        new String(lines, starts[place], starts[place + 1] - starts[place], StandardCharsets.UTF_8);
    int digest = line.indexOf(' ');
    return line.substring(0, digest) + line.substring(line.indexOf(' ', digest + 1));
  }
}
