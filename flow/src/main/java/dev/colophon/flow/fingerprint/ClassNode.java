package dev.colophon.flow.fingerprint;

import dev.colophon.flow.fingerprint.ClassFacts.FieldFacts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.objectweb.asm.Opcodes;

/** A class of the author's, among the others. Confined to the thread of its {@link Universe}. */
final class ClassNode {
  private static final int NOT_INHERITED = Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE;

  private final Universe universe;
  private final ClassFacts facts;
  private final int id;
  private final Map<String, MethodNode> methods = new LinkedHashMap<>();
  private final Map<String, List<MethodNode>> selected = new HashMap<>();
  private Optional<List<ClassNode>> supertypes = Optional.empty();
  private Optional<Set<String>> outsideSupertypes = Optional.empty();
  private Optional<List<MethodNode>> callbacks = Optional.empty();
  private final TypeEffects effects;

  ClassNode(Universe universe, ClassFacts facts, int id) {
    this.universe = universe;
    this.facts = facts;
    this.id = id;
    this.effects = new TypeEffects(universe, this);
    facts
        .methods()
        .forEach(
            method ->
                methods.put(
                    method.name() + method.descriptor(),
                    new MethodNode(universe, this, method, universe.nextMethod())));
  }

  ClassFacts facts() {
    return facts;
  }

  /** From 0, within its universe. */
  int id() {
    return id;
  }

  String name() {
    return facts.name();
  }

  boolean isInterface() {
    return facts.is(Opcodes.ACC_INTERFACE);
  }

  boolean isRecord() {
    return facts.is(Opcodes.ACC_RECORD);
  }

  /** Its own, without those that it inherits. */
  Iterable<MethodNode> methods() {
    return methods.values();
  }

  /**
   * One of its own.
   *
   * @param member name and descriptor
   */
  Optional<MethodNode> method(String member) {
    return Optional.ofNullable(methods.get(member));
  }

  Optional<ClassNode> superclass() {
    return facts.superName().isEmpty() ? Optional.empty() : universe.find(facts.superName());
  }

  /** The author's types that it is one of: itself, its superclasses, then all interfaces. */
  List<ClassNode> supertypes() {
    var known = supertypes;
    if (known.isEmpty()) {
      Set<ClassNode> found = new LinkedHashSet<>();
      for (var at = Optional.of(this); at.isPresent(); at = at.get().superclass()) {
        if (!found.add(at.get())) {
          break; // a class that extends itself is never loaded
        }
      }
      for (ClassNode each : List.copyOf(found)) {
        each.addInterfaces(found);
      }
      known = Optional.of(new ArrayList<>(found));
      supertypes = known;
    }
    return known.get();
  }

  private void addInterfaces(Set<ClassNode> found) {
    for (String face : facts.interfaces()) {
      universe
          .find(face)
          .ifPresent(
              node -> {
                if (found.add(node)) {
                  node.addInterfaces(found);
                }
              });
    }
  }

  /** The nearest types above it that are not the author's, {@code java.lang.Object} included. */
  Set<String> outsideSupertypes() {
    var known = outsideSupertypes;
    if (known.isEmpty()) {
      Set<String> found = new LinkedHashSet<>();
      for (ClassNode each : supertypes()) {
        if (each.superclass().isEmpty()) {
          found.add(each.facts.superName());
        }
        each.facts.interfaces().stream()
            .filter(face -> universe.find(face).isEmpty())
            .forEach(found::add);
      }
      found.remove("");
      known = Optional.of(found);
      outsideSupertypes = known;
    }
    return known.get();
  }

  /** What a call of this member of this type refers to; empty if it is not the author's. */
  Optional<MethodNode> resolve(String member) {
    return supertypes().stream().flatMap(type -> type.method(member).stream()).findFirst();
  }

  /** The field that this name means in this type. */
  Optional<ClassNode> ownerOf(String field) {
    return supertypes().stream().filter(type -> type.field(field).isPresent()).findFirst();
  }

  Optional<FieldFacts> field(String field) {
    return facts.fields().stream().filter(each -> each.name().equals(field)).findFirst();
  }

  /**
   * What may be executed if the member is called on an instance of exactly this class: of its
   * superclasses the first that declares it, and if it may be hidden by another package's, all of
   * them; else of its interfaces all.
   */
  List<MethodNode> select(String member) {
    var known = selected.get(member);
    if (known == null) {
      known = doSelect(member);
      selected.put(member, known);
    }
    return known;
  }

  private List<MethodNode> doSelect(String member) {
    List<MethodNode> ofClasses = new ArrayList<>();
    List<MethodNode> ofInterfaces = new ArrayList<>();
    for (ClassNode type : supertypes()) {
      type.method(member)
          .filter(method -> !method.facts().is(Opcodes.ACC_STATIC))
          .ifPresent(method -> (type.isInterface() ? ofInterfaces : ofClasses).add(method));
    }
    if (ofClasses.isEmpty()) {
      return ofInterfaces;
    }
    boolean plain = ofClasses.stream().allMatch(ClassNode::isVisibleEverywhere);
    return plain ? List.of(ofClasses.getFirst()) : ofClasses;
  }

  private static boolean isVisibleEverywhere(MethodNode method) {
    return method.facts().is(Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED);
  }

  /**
   * What code that is not the author's may call on an instance of this class: whatever overrides a
   * method of a supertype that is not the author's.
   */
  List<MethodNode> callbacks() {
    var known = callbacks;
    if (known.isEmpty()) {
      known = Optional.of(findCallbacks());
      callbacks = known;
    }
    return known.get();
  }

  private List<MethodNode> findCallbacks() {
    Set<String> outside = new LinkedHashSet<>();
    boolean all = false;
    for (String type : outsideSupertypes()) {
      var members = universe.outsideMembers(type);
      all |= members.isEmpty();
      outside.addAll(members.orElse(Set.of()));
    }
    Set<MethodNode> found = new LinkedHashSet<>();
    for (ClassNode type : supertypes()) {
      for (MethodNode method : type.methods()) {
        var facts = method.facts();
        var member = facts.name() + facts.descriptor();
        boolean inherited = !facts.is(NOT_INHERITED) && !facts.name().startsWith("<");
        if (inherited && (all || outside.contains(member))) {
          found.addAll(select(member));
        }
      }
    }
    return List.copyOf(found);
  }

  /** Whether initialising an implementing class initialises this interface. */
  boolean hasDefaultMethods() {
    return facts.methods().stream()
        .anyMatch(method -> !method.is(NOT_INHERITED | Opcodes.ACC_ABSTRACT));
  }

  /** What follows from making an instance. */
  List<Effect> whenMade() {
    return effects.whenMade();
  }

  /** What follows from initialising it. */
  List<Effect> whenInitialised() {
    return effects.whenInitialised();
  }

  /** What follows from a codec's taking it apart and putting it together. */
  List<Effect> whenStored() {
    return effects.whenStored();
  }

  /** What follows from handing it to code that may do anything with it. */
  List<Effect> whenOpened() {
    return effects.whenOpened();
  }

  /** {@code pkg.Outer.Inner}. */
  String readable() {
    return ReadableName.type(name());
  }

  @Override
  public String toString() {
    return readable();
  }
}
