package dev.colophon.flow.fingerprint;

import dev.colophon.core.Digest;
import dev.colophon.core.code.Fingerprint;
import dev.colophon.core.code.Fingerprint.Kind;
import dev.colophon.core.code.Fingerprint.Part;
import dev.colophon.flow.fingerprint.ClassFacts.FieldFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns what code refers to into what follows from executing it. Confined to one thread. */
final class Linker {
  private final Universe universe;

  Linker(Universe universe) {
    this.universe = universe;
  }

  /** What follows from executing a method and all that was folded into it; some of it twice. */
  List<Effect> effects(MethodNode method) {
    List<Effect> effects = new ArrayList<>();
    for (MethodNode source : method.linked().sources()) {
      source.facts().refs().forEach(ref -> add(ref, method, effects));
      source.facts().code().holes().forEach(hole -> add(hole, effects));
      if (universe.leaks().isLeaked(source)) {
        effects.add(new Effect.Leaks());
      }
    }
    return effects;
  }

  private void add(Ref ref, MethodNode in, List<Effect> effects) {
    var type = universe.find(ref.owner());
    switch (ref.kind()) {
      case STATIC -> type.ifPresent(node -> call(node, ref, true, in, effects));
      case SPECIAL -> type.ifPresent(node -> call(node, ref, false, in, effects));
      case VIRTUAL ->
          type.ifPresent(
              node -> {
                if (!call(node, ref, false, in, effects)) {
                  var member = ref.name() + ref.descriptor();
                  effects.add(new Effect.Calls(universe.target(node, member)));
                }
              });
      case NEW -> type.ifPresent(node -> effects.add(new Effect.Makes(node)));
      case STATIC_FIELD -> type.ifPresent(node -> readStatic(node, ref.name(), effects));
      case READ -> type.ifPresent(node -> read(node, ref.name(), effects));
      case LITERAL -> type.ifPresent(node -> effects.add(new Effect.Opens(node)));
      case INITIALISE -> type.ifPresent(node -> effects.add(new Effect.Initialises(node)));
      case TYPE -> name(ref.owner(), effects);
      case STRING -> spell(type, ref.owner(), effects);
      case UNDECIDED -> effects.add(undecided(in, ref.owner()));
      case ASKS -> effects.add(asks(ref.owner().equals("id") ? Fingerprint.ID : Fingerprint.AS_OF));
      case STORES -> effects.add(new Effect.StoresRecords());
    }
  }

  /** The class that maps enums for switches initialises all of them. */
  private void add(Hole hole, List<Effect> effects) {
    if (hole instanceof Hole.EnumSwitch jump) {
      universe.find(jump.owner()).stream()
          .flatMap(maps -> maps.facts().switchMaps().values().stream())
          .flatMap(map -> map.values().stream())
          .flatMap(constant -> universe.find(constant.owner()).stream())
          .forEach(type -> effects.add(new Effect.Initialises(type)));
    }
  }

  private Effect asks(String what) {
    return new Effect.Adds(universe.parts().number(Part.of(Kind.ASKS, what)));
  }

  private Effect undecided(MethodNode in, String what) {
    var part = Part.of(Kind.UNDECIDED, in.readable() + " " + what);
    return new Effect.Undecided(universe.parts().number(part));
  }

  /** Whether the target is part of the calling code. */
  private boolean call(
      ClassNode type, Ref ref, boolean isStatic, MethodNode in, List<Effect> effects) {
    var target = type.resolve(ref.name() + ref.descriptor());
    boolean folded = target.filter(method -> method.facts().isFolded()).isPresent();
    if (!folded) {
      target.ifPresent(method -> effects.add(new Effect.Executes(method)));
    }
    if (isStatic) {
      effects.add(new Effect.Initialises(target.map(MethodNode::owner).orElse(type)));
    }
    if (target.isEmpty()) {
      for (String outside : type.outsideSupertypes()) {
        name(outside, effects);
        Outside.undecided(outside, ref.name()).ifPresent(what -> effects.add(undecided(in, what)));
      }
    }
    return folded;
  }

  private void readStatic(ClassNode type, String field, List<Effect> effects) {
    var owner = type.ownerOf(field).orElse(type);
    effects.add(new Effect.Initialises(owner));
    owner
        .field(field)
        .flatMap(FieldFacts::value)
        .ifPresent(
            value -> {
              var part = new Part(Kind.CONSTANT, owner.readable() + "." + field, Digest.of(value));
              effects.add(new Effect.Adds(universe.parts().number(part)));
            });
    if (owner.field(field).isEmpty()) {
      type.outsideSupertypes().forEach(outside -> name(outside, effects));
    }
  }

  private void read(ClassNode type, String field, List<Effect> effects) {
    type.ownerOf(field)
        .flatMap(owner -> owner.field(field))
        .filter(FieldFacts::param)
        .ifPresent(param -> effects.addAll(parameter(param)));
  }

  /** What follows from reading a parameter. */
  List<Effect> parameter(FieldFacts param) {
    List<Effect> effects = new ArrayList<>();
    var part = Part.of(Kind.PARAMETER, param.name());
    effects.add(new Effect.Adds(universe.parts().number(part)));
    for (String type : param.types()) {
      universe.find(type).ifPresent(node -> effects.add(new Effect.Stores(node)));
    }
    return effects;
  }

  /** A class is named, of the author's or not. */
  void name(String name, List<Effect> effects) {
    var home = Universe.packageOf(name);
    boolean ofLibrary = universe.libraries().have(home);
    if (ofLibrary && !universe.isGiven(name)) {
      effects.add(universe.libraries().named(home));
    } else if (!ofLibrary && universe.find(name).isEmpty() && !universe.isGiven(name)) {
      var part = Part.of(Kind.MISSING, ReadableName.type(name));
      effects.add(new Effect.Adds(universe.parts().number(part)));
    }
  }

  /** A string may be taken for the name of a class, but only a library could do so unseen. */
  private void spell(Optional<ClassNode> type, String name, List<Effect> effects) {
    var home = Universe.packageOf(name);
    if (!home.isEmpty() && universe.libraries().have(home)) {
      effects.add(new Effect.Names(home));
    }
    type.ifPresent(node -> effects.add(new Effect.Spells(node)));
  }
}
