package dev.colophon.flow.fingerprint;

import dev.colophon.core.code.Fingerprint.Kind;
import dev.colophon.core.code.Fingerprint.Part;
import dev.colophon.flow.fingerprint.ClassFacts.MethodFacts;
import java.util.List;
import java.util.Optional;

/** A method of the author's. Confined to the thread of its {@link Universe}. */
final class MethodNode {
  private final Universe universe;
  private final ClassNode owner;
  private final MethodFacts facts;
  private final int id;
  private Optional<Folding.Linked> linked = Optional.empty();
  private Optional<List<Effect>> effects = Optional.empty();
  private int part = -1;

  MethodNode(Universe universe, ClassNode owner, MethodFacts facts, int id) {
    this.universe = universe;
    this.owner = owner;
    this.facts = facts;
    this.id = id;
  }

  ClassNode owner() {
    return owner;
  }

  MethodFacts facts() {
    return facts;
  }

  /** From 0, within its universe. */
  int id() {
    return id;
  }

  String readable() {
    return ReadableName.method(owner.name(), facts.name(), facts.descriptor());
  }

  /** With all that was folded into it. */
  Folding.Linked linked() {
    var known = linked;
    if (known.isEmpty()) {
      known = Optional.of(universe.folding().link(this));
      linked = known;
    }
    return known.get();
  }

  /** Number of its part; a local class's method has none, being part of another's. */
  int part() {
    if (part < 0) {
      part = universe.parts().add(asPart());
    }
    return part;
  }

  /** What it is in a fingerprint. */
  Part asPart() {
    boolean initialiser = facts.name().equals("<clinit>");
    return new Part(
        initialiser ? Kind.INITIALISER : Kind.METHOD,
        initialiser ? owner.readable() : readable(),
        linked().digest());
  }

  /** What follows from its being executed. */
  List<Effect> effects() {
    var known = effects;
    if (known.isEmpty()) {
      known = Optional.of(universe.linker().effects(this));
      effects = known;
    }
    return known.get();
  }
}
