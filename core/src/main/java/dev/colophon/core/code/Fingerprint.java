package dev.colophon.core.code;

import dev.colophon.core.Digest;
import dev.colophon.core.error.ColophonException.Corrupt;
import dev.colophon.core.error.ColophonException.Invalid;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All the code that a step can execute, part by part: what of the author's classes it reaches, and
 * each library. Two steps with equal fingerprints do the same with the same inputs.
 *
 * <p>Its text is canonical (docs/formats/fingerprints.md): a first line, then a line {@code kind
 * digest name} for each part, in order. The digest of the text is the digest of the fingerprint.
 *
 * @param parts in order, each once
 */
public record Fingerprint(List<Part> parts) {
  /** With which the text begins. */
  public static final String FIRST_LINE = "colophon-fingerprint 1\n";

  /** What a part is. The order is that of the text. */
  public enum Kind {
    /** How the arguments of the step are wired; the name is that of the step. */
    ARGUMENTS,
    /** The instructions of a method or constructor, with those of the lambdas written in it. */
    METHOD,
    /** What a class does when it is initialised. */
    INITIALISER,
    /** What a type extends, implements and permits, and the components of a record. */
    TYPE,
    /** All that reflection shows of a type: members, generic types, annotations. */
    MEMBERS,
    /** The value of a constant field that is read at run time. */
    CONSTANT,
    /** A parameter of the flow whose field is read: its value belongs to what the step reads. */
    PARAMETER,
    /** Something of the run that the code asks for: {@link #AS_OF} or {@link #ID}. */
    ASKS,
    /** A file of the author's class path that is no class. */
    RESOURCE,
    /** A library jar, by its file name; the digest is of the content of its entries. */
    LIBRARY,
    /** A class that the code names and nobody provides. */
    MISSING,
    /**
     * A reason why reach can't be decided, so that all of the author's code counts: {@code
     * pkg.Type.method calls Class.forName}.
     */
    UNDECIDED;

    /** The word in the text. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Name of the {@link Kind#ASKS} part of code that asks for the run's moment. */
  public static final String AS_OF = "as-of";

  /** Name of the {@link Kind#ASKS} part of code that asks for the task's address. */
  public static final String ID = "id";

  /**
   * One thing that the step reaches.
   *
   * @param name for a person, and to compare by: {@code pkg.Type.method(int, String)}
   * @param digest of its content; of nothing where the name says all
   */
  public record Part(Kind kind, String name, Digest digest) implements Comparable<Part> {
    private static final Digest NOTHING = Digest.of("");

    public Part {
      if (name.indexOf('\n') >= 0) {
        throw new Invalid("fingerprint part \"%s\": expected a name of one line".formatted(name));
      }
    }

    /** A part whose name says all. */
    public static Part of(Kind kind, String name) {
      return new Part(kind, name, NOTHING);
    }

    /** Its line of the text. */
    public String line() {
      return kind.word() + " " + digest.hex() + " " + name + "\n";
    }

    @Override
    public int compareTo(Part other) {
      if (kind != other.kind) {
        return kind.compareTo(other.kind);
      }
      int byName = name.compareTo(other.name);
      return byName != 0 ? byName : digest.compareTo(other.digest);
    }
  }

  /**
   * A part that two fingerprints don't have in common.
   *
   * @param from its digest before; empty if it was not reached
   * @param to its digest now; empty if it is not reached any more
   */
  public record Difference(Kind kind, String name, Optional<Digest> from, Optional<Digest> to) {}

  public Fingerprint {
    parts = parts.stream().sorted().distinct().toList();
  }

  /** The canonical text, as UTF-8. */
  public byte[] text() {
    return textOf(parts);
  }

  /** Digest of the text. */
  public Digest digest() {
    return Digest.of(text());
  }

  /** The text of parts that are in order, each once. */
  private static byte[] textOf(List<Part> parts) {
    var text = new StringBuilder(FIRST_LINE);
    parts.forEach(part -> text.append(part.line()));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Names of all parts of a kind, in order. */
  public SortedSet<String> names(Kind kind) {
    return parts.stream()
        .filter(part -> part.kind() == kind)
        .map(Part::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * Reads what {@link #text} wrote.
   *
   * @throws Corrupt if the bytes are no such text
   */
  public static Fingerprint parse(byte[] text) {
    var content = new String(text, StandardCharsets.UTF_8);
    if (!content.startsWith(FIRST_LINE)) {
      throw new Corrupt(
          "fingerprint: expected a first line \"%s\"".formatted(FIRST_LINE.stripTrailing()));
    }
    List<Part> parts = new ArrayList<>();
    content.lines().skip(1).forEach(line -> parts.add(part(line)));
    var fingerprint = new Fingerprint(parts);
    if (!Arrays.equals(fingerprint.text(), text)) {
      throw new Corrupt("fingerprint: expected lines in order, each once, ended by a line feed");
    }
    return fingerprint;
  }

  private static Part part(String line) {
    var fields = line.split(" ", 3);
    try {
      return new Part(
          Kind.valueOf(fields[0].toUpperCase(Locale.ROOT)), fields[2], new Digest(fields[1]));
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException | Invalid e) {
      throw new Corrupt(
          "fingerprint: expected \"kind digest name\", found \"%s\"".formatted(line), e);
    }
  }

  /**
   * What is not the same in two fingerprints, by kind and name. Parts that share a name and are in
   * both are left out.
   */
  public static List<Difference> differences(Fingerprint from, Fingerprint to) {
    var before = without(from, to);
    var now = without(to, from);
    SortedSet<Part> keys = new TreeSet<>(before.keySet());
    keys.addAll(now.keySet());
    return keys.stream()
        .map(
            key ->
                new Difference(
                    key.kind(),
                    key.name(),
                    Optional.ofNullable(before.get(key)),
                    Optional.ofNullable(now.get(key))))
        .toList();
  }

  /** Digests of the parts that the other one lacks, by the part without its digest. */
  private static SortedMap<Part, Digest> without(Fingerprint one, Fingerprint other) {
    var common = new TreeSet<>(other.parts);
    Stream<Part> own = one.parts.stream().filter(part -> !common.contains(part));
    Function<Part, Part> key = part -> Part.of(part.kind(), part.name());
    return own.collect(Collectors.toMap(key, Part::digest, (first, second) -> first, TreeMap::new));
  }
}
