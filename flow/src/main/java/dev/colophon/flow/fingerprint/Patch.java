package dev.colophon.flow.fingerprint;

import dev.colophon.core.Digest;
import dev.colophon.core.code.Fingerprint.Kind;
import dev.colophon.core.code.Fingerprint.Part;
import dev.colophon.flow.fingerprint.ClassFacts.MethodFacts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Mends fingerprints after edits that changed instructions, but nothing that they refer to: then
 * the steps reach what they reached before, and only digests are others. That is what most edits
 * are. Confined to one thread.
 */
final class Patch {
  private final Author author;
  private final FactsMemory memory;
  private final String flow;

  /**
   * @param flow internal name of the flow class
   */
  Patch(Author author, FactsMemory memory, String flow) {
    this.author = author;
    this.memory = memory;
    this.flow = flow;
  }

  /**
   * The fingerprints now.
   *
   * @param before found of the class files that the memory has loaded
   * @return empty if the edits may have changed what is reached
   */
  Optional<Found> apply(Found before) {
    Set<String> families = new HashSet<>();
    for (String name : author.classNames()) {
      var file = author.find(name).orElseThrow();
      var old = memory.changed(file);
      if (old.isPresent()) {
        // Where the flow's own instance goes doesn't show in what its code refers to.
        if (name.equals(flow)
            || name.startsWith(flow + "$")
            || !reachesTheSame(old.get(), memory.facts(file))) {
          return Optional.empty();
        }
        families.add(outermost(name));
      }
    }
    return digests(families)
        .flatMap(before.ranking()::with)
        .map(ranking -> new Found(ranking, before.places()));
  }

  private static boolean reachesTheSame(ClassFacts old, ClassFacts now) {
    return withoutInstructions(old).equals(withoutInstructions(now));
  }

  private static ClassFacts withoutInstructions(ClassFacts facts) {
    return new ClassFacts(
        facts.name(),
        facts.access(),
        facts.superName(),
        facts.interfaces(),
        facts.local(),
        facts.shape(),
        facts.members(),
        facts.memberTypes(),
        facts.componentTypes(),
        facts.components(),
        facts.permitted(),
        facts.captured(),
        facts.switchMaps(),
        facts.fields(),
        facts.methods().stream().map(Patch::withoutInstructions).toList());
  }

  private static MethodFacts withoutInstructions(MethodFacts method) {
    List<Hole> holes =
        method.code().holes().stream().map(Patch::withoutTargets).distinct().toList();
    return new MethodFacts(
        method.name(),
        method.descriptor(),
        method.access(),
        new Code(Digest.of(""), holes),
        method.refs(),
        method.step(),
        method.signature(),
        method.types(),
        method.plain());
  }

  private static Hole withoutTargets(Hole hole) {
    return hole instanceof Hole.EnumSwitch jump
        ? new Hole.EnumSwitch(jump.owner(), jump.map(), new TreeMap<>())
        : hole;
  }

  /** Of a class nested however deep; what is folded is folded within one such family. */
  private static String outermost(String name) {
    int end = name.indexOf('$', name.lastIndexOf('/') + 2);
    return end < 0 ? name : name.substring(0, end);
  }

  /**
   * The digests that parts of some families have now, by what they were; empty if two parts that
   * were alike are not any more.
   */
  private Optional<Map<Part, Digest>> digests(Set<String> families) {
    var before = universe(memory::before);
    var now = universe(memory::facts);
    Map<Part, Digest> digests = new HashMap<>();
    for (String name : author.classNames()) {
      if (!families.contains(outermost(name))) {
        continue;
      }
      var old = before.find(name).orElseThrow();
      if (old.facts().local()) {
        continue;
      }
      List<Part> was = parts(before, old);
      List<Part> is = parts(now, now.find(name).orElseThrow());
      for (int i = 0; i < was.size(); i++) {
        var other = digests.put(was.get(i), is.get(i).digest());
        if (other != null && !other.equals(is.get(i).digest())) {
          return Optional.empty();
        }
      }
    }
    digests.entrySet().removeIf(each -> each.getKey().digest().equals(each.getValue()));
    return Optional.of(digests);
  }

  /** All parts that a class can give, in an order that instructions don't change. */
  private static List<Part> parts(Universe universe, ClassNode type) {
    List<Part> parts = new ArrayList<>();
    type.methods().forEach(method -> parts.add(method.asPart()));
    parts.add(new Part(Kind.TYPE, type.readable(), universe.folding().shape(type)));
    parts.add(new Part(Kind.MEMBERS, type.readable(), universe.folding().members(type)));
    return parts;
  }

  /** Enough of one to put together what is folded. */
  private Universe universe(Function<AuthorFile, ClassFacts> facts) {
    return new Universe(
        name -> author.find(name).map(facts),
        Patch.class.getClassLoader(),
        new Libraries(List.of(), Libraries.Source.NONE),
        new Leaks(flow, author::read));
  }
}
