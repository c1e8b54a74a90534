package dev.colophon.flow.fingerprint;

import dev.colophon.core.Digest;
import dev.colophon.core.Name;
import dev.colophon.core.code.Fingerprint;
import dev.colophon.core.code.Fingerprint.Kind;
import dev.colophon.core.code.Fingerprint.Part;
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
 * The last fingerprints of a flow, trusted only if nothing of its class path has changed. Two
 * {@link CacheFile}s: what the engine always needs, and the parts, read when asked for.
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
   * @param key digest of all that the fingerprints follow from
   */
  Optional<Map<Name, Kept>> find(Digest key) {
    return fields(summary, key)
        .map(
            fields -> {
              Map<Name, Kept> found = new LinkedHashMap<>();
              for (int i = 0; i + FIELDS <= fields.size(); i += FIELDS) {
                found.put(
                    Name.of(fields.get(i)),
                    new Kept(
                        new Digest(fields.get(i + 1)),
                        split(fields.get(i + 2)),
                        split(fields.get(i + 3))));
              }
              return found;
            });
  }

  private static Optional<List<String>> fields(CacheFile file, Digest key) {
    try {
      return file.read()
          .filter(fields -> fields.size() > 1)
          .filter(fields -> fields.getFirst().equals(VERSION) && fields.get(1).equals(key.hex()))
          .map(fields -> fields.subList(2, fields.size()));
    } catch (Invalid e) {
      return Optional.empty();
    }
  }

  private static SortedSet<String> split(String names) {
    return names.isEmpty() ? new TreeSet<>() : new TreeSet<>(List.of(names.split(" ", -1)));
  }

  /** All parts of a step, if they are still there. */
  Optional<Fingerprint> fingerprint(Digest key, Name step, Digest digest) {
    return fields(parts, key)
        .map(fields -> parse(fields, step))
        .filter(found -> found.digest().equals(digest));
  }

  private static Fingerprint parse(List<String> fields, Name step) {
    int steps = Integer.parseInt(fields.getFirst());
    int from = 1 + 2 * steps;
    for (int i = 1; i < from; i += 2) {
      if (fields.get(i).equals(step.text())) {
        return new Fingerprint(
            BitSet.valueOf(HexFormat.of().parseHex(fields.get(i + 1))).stream()
                .mapToObj(number -> part(fields, from + 3 * number))
                .toList());
      }
    }
    return new Fingerprint(List.of());
  }

  private static Part part(List<String> fields, int at) {
    return new Part(
        Kind.valueOf(fields.get(at)), fields.get(at + 1), new Digest(fields.get(at + 2)));
  }

  /**
   * Keeps fingerprints in the place of those before.
   *
   * @param places of the parts of each step
   */
  void keep(Digest key, Map<Name, StepPrint> prints, Ranking ranking, Map<Name, BitSet> places) {
    List<String> fields = new ArrayList<>(List.of(VERSION, key.hex()));
    fields.add(Integer.toString(places.size()));
    places.forEach(
        (step, own) -> {
          fields.add(step.text());
          fields.add(HexFormat.of().formatHex(own.toByteArray()));
        });
    for (Part part : ranking.parts()) {
      fields.add(part.kind().name());
      fields.add(part.name());
      fields.add(part.digest().hex());
    }
    parts.write(fields);
    List<String> brief = new ArrayList<>(List.of(VERSION, key.hex()));
    prints.forEach(
        (step, print) -> {
          brief.add(step.text());
          brief.add(print.digest().hex());
          brief.add(String.join(" ", print.parameters()));
          brief.add(String.join(" ", asks(print)));
        });
    summary.write(brief);
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
