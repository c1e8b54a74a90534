package dev.colophon.flow.fingerprint;

import dev.colophon.core.code.Fingerprint.Kind;
import dev.colophon.core.code.Fingerprint.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.objectweb.asm.Opcodes;

/** What follows from what is done to a type; found when first asked for. Confined to one thread. */
final class TypeEffects {
  private final Universe universe;
  private final ClassNode type;
  private Optional<List<Effect>> made = Optional.empty();
  private Optional<List<Effect>> initialised = Optional.empty();
  private Optional<List<Effect>> stored = Optional.empty();
  private Optional<List<Effect>> opened = Optional.empty();

  TypeEffects(Universe universe, ClassNode type) {
    this.universe = universe;
    this.type = type;
  }

  List<Effect> whenMade() {
    if (made.isEmpty()) {
      made = Optional.of(List.copyOf(findMade()));
    }
    return made.get();
  }

  List<Effect> whenInitialised() {
    if (initialised.isEmpty()) {
      initialised = Optional.of(List.copyOf(findInitialised()));
    }
    return initialised.get();
  }

  List<Effect> whenStored() {
    if (stored.isEmpty()) {
      stored = Optional.of(List.copyOf(findStored()));
    }
    return stored.get();
  }

  List<Effect> whenOpened() {
    if (opened.isEmpty()) {
      opened = Optional.of(List.copyOf(findOpened()));
    }
    return opened.get();
  }

  private List<Effect> findMade() {
    List<Effect> effects = shape();
    if (!type.isInterface()) {
      effects.add(new Effect.Initialises(type));
    }
    type.callbacks().forEach(method -> effects.add(new Effect.Executes(method)));
    return effects;
  }

  /** What it is, and all that it is one of. */
  private List<Effect> shape() {
    List<Effect> effects = new ArrayList<>();
    for (ClassNode each : type.supertypes()) {
      if (!each.facts().local()) {
        effects.add(add(new Part(Kind.TYPE, each.readable(), universe.folding().shape(each))));
      }
    }
    type.outsideSupertypes().forEach(outside -> universe.linker().name(outside, effects));
    return effects;
  }

  private Effect add(Part part) {
    return new Effect.Adds(universe.parts().number(part));
  }

  private List<Effect> findInitialised() {
    List<Effect> effects = new ArrayList<>();
    type.method("<clinit>()V").ifPresent(method -> effects.add(new Effect.Executes(method)));
    if (type.facts().is(Opcodes.ACC_ENUM)) {
      type.method("values()[L" + type.name() + ";") // called by the JDK
          .ifPresent(method -> effects.add(new Effect.Executes(method)));
    }
    for (ClassNode each : type.supertypes()) {
      if (!each.isInterface() || each.hasDefaultMethods()) {
        effects.add(new Effect.Initialises(each));
      }
    }
    return effects;
  }

  private List<Effect> findStored() {
    List<Effect> effects = shape();
    if (!type.isInterface()) {
      effects.add(new Effect.Makes(type));
    }
    var facts = type.facts();
    if (type.isRecord()) {
      for (MethodNode method : type.methods()) {
        if (method.facts().name().equals("<init>") || isAccessor(method)) {
          effects.add(new Effect.Executes(method));
        }
      }
      facts.componentTypes().forEach(name -> store(name, effects));
    }
    facts.permitted().forEach(name -> store(name, effects));
    return effects;
  }

  private boolean isAccessor(MethodNode method) {
    return method.facts().descriptor().startsWith("()")
        && type.facts().components().stream()
            .anyMatch(component -> component.name().equals(method.facts().name()));
  }

  private void store(String name, List<Effect> effects) {
    universe.find(name).ifPresent(found -> effects.add(new Effect.Stores(found)));
  }

  private List<Effect> findOpened() {
    List<Effect> effects = new ArrayList<>();
    if (!type.facts().local()) {
      effects.add(add(new Part(Kind.MEMBERS, type.readable(), universe.folding().members(type))));
    }
    effects.add(new Effect.Initialises(type));
    effects.add(new Effect.Makes(type));
    for (MethodNode method : type.methods()) {
      if (!method.facts().isFolded()) {
        effects.add(new Effect.Executes(method));
      }
    }
    type.supertypes().forEach(each -> effects.add(new Effect.Opens(each)));
    List<String> named = new ArrayList<>(type.facts().memberTypes());
    named.addAll(type.facts().permitted());
    for (String name : named) {
      universe.find(name).ifPresent(found -> effects.add(new Effect.Opens(found)));
    }
    return effects;
  }
}
