package dev.colophon.flow.fingerprint;

import dev.colophon.core.Digest;
import dev.colophon.core.Name;
import dev.colophon.core.code.Fingerprint;
import dev.colophon.core.error.ColophonException.Corrupt;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.flow.code.CacheFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The last fingerprints of a flow. Two {@link CacheFile}s: what the engine always needs, and the
 * parts, read when asked for.
 */
final class KeptPrints {
  /** To be raised whenever fingerprints are found in another way. */
  static final String VERSION = "prints 1";

  private static final int FIELDS = 4;

  private final CacheFile summary;
  private final CacheFile parts;

  /**
   * @param name of the file, for the parts with {@code .parts}
   */
  KeptPrints(Path folder, String name) {
    this.summary = new CacheFile(folder.resolve(name));
    this.parts = new CacheFile(folder.resolve(name + ".parts"));
  }

  /**
   * What is known of a step.
   *
   * @param asks what of the run it asks for
   */
  record Kept(Digest digest, SortedSet<String> parameters, SortedSet<String> asks) {}

  /**
   * What was kept under exactly this key.
   *
   * @param key of all stamps
   */
  Optional<Map<Name, Kept>> find(String key) {
    return key.isEmpty() ? Optional.empty() : fields(summary, key).flatMap(KeptPrints::steps);
  }

  private static Optional<Map<Name, Kept>> steps(List<String> fields) {
    try {
      Map<Name, Kept> found = new LinkedHashMap<>();
      for (int i = 0; i + FIELDS <= fields.size(); i += FIELDS) {
        found.put(
            Name.of(fields.get(i)),
            new Kept(
                new Digest(fields.get(i + 1)), split(fields.get(i + 2)), split(fields.get(i + 3))));
      }
      return Optional.of(found);
    } catch (Invalid e) {
      return Optional.empty(); // written by something else
    }
  }

  private static Optional<List<String>> fields(CacheFile file, String key) {
    return file.read()
        .filter(fields -> fields.size() > 1)
        .filter(fields -> fields.getFirst().equals(VERSION) && fields.get(1).equals(key))
        .map(fields -> fields.subList(2, fields.size()));
  }

  private static SortedSet<String> split(String names) {
    return names.isEmpty() ? new TreeSet<>() : new TreeSet<>(List.of(names.split(" ", -1)));
  }

  /**
   * All parts, if they were kept of exactly this state.
   *
   * @param state digest of all that the fingerprints follow from
   */
  Optional<Found> parts(Digest state) {
    return fields(parts, state.hex()).flatMap(KeptPrints::parse);
  }

  private static Optional<Found> parse(List<String> fields) {
    try {
      Map<Name, BitSet> places = new LinkedHashMap<>();
      for (int i = 1; i + 1 < fields.size(); i += 2) {
        places.put(
            Name.of(fields.get(i)), BitSet.valueOf(HexFormat.of().parseHex(fields.get(i + 1))));
      }
      return Optional.of(new Found(Ranking.of(fields.getFirst()), places));
    } catch (IllegalArgumentException | IndexOutOfBoundsException | Invalid e) {
      return Optional.empty(); // written by something else
    }
  }

  /** All parts of a step with this digest, if they are still there. */
  Optional<Fingerprint> fingerprint(Name step, Digest digest) {
    try {
      return parts
          .read()
          .filter(fields -> fields.size() > 2 && fields.getFirst().equals(VERSION))
          .flatMap(fields -> parse(fields.subList(2, fields.size())))
          .flatMap(
              found ->
                  Optional.ofNullable(found.places().get(step)).map(found.ranking()::fingerprint))
          .filter(found -> found.digest().equals(digest));
    } catch (Corrupt | IndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  /** Keeps parts in the place of those before. */
  void keep(Digest state, Found found) {
    List<String> fields = new ArrayList<>(List.of(VERSION, state.hex()));
    fields.add(found.ranking().text());
    found
        .places()
        .forEach(
            (step, places) -> {
              fields.add(step.text());
              fields.add(HexFormat.of().formatHex(places.toByteArray()));
            });
    parts.write(fields);
  }

  /** Keeps what the engine needs in the place of what was before. */
  void keep(String key, Map<Name, StepPrint> prints) {
    if (key.isEmpty()) {
      return;
    }
    List<String> fields = new ArrayList<>(List.of(VERSION, key));
    prints.forEach(
        (step, print) -> {
          fields.add(step.text());
          fields.add(print.digest().hex());
          fields.add(String.join(" ", print.parameters()));
          fields.add(String.join(" ", asks(print)));
        });
    summary.write(fields);
  }

  private static List<String> asks(StepPrint print) {
    List<String> asks = new ArrayList<>();
    if (print.asksAsOf()) {
      asks.add(Fingerprint.AS_OF);
    }
    if (print.asksId()) {
      asks.add(Fingerprint.ID);
    }
    return asks;
  }
}
