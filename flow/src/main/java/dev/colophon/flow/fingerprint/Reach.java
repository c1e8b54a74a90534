package dev.colophon.flow.fingerprint;

import dev.colophon.core.code.Fingerprint;
import dev.colophon.core.code.Fingerprint.Kind;
import dev.colophon.core.code.Fingerprint.Part;
import dev.colophon.flow.fingerprint.ClassFacts.FieldFacts;
import dev.colophon.flow.fingerprint.Effect.CallTarget;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What one step reaches. A call of a method that can be overridden reaches what overrides it in
 * those classes only of which the step can make an instance (rapid type analysis; Bacon and
 * Sweeney, OOPSLA 1996). Used once, by one thread.
 */
final class Reach {
  private final Universe universe;
  private final Author author;
  private final ClassNode flow;
  private final BitSet parts = new BitSet();
  private final BitSet executed = new BitSet();
  private final BitSet initialised = new BitSet();
  private final BitSet made = new BitSet();
  private final BitSet opened = new BitSet();
  private final BitSet stored = new BitSet();
  private final BitSet called = new BitSet();
  private final Deque<List<Effect>> open = new ArrayDeque<>();
  private final List<ClassNode> instances = new ArrayList<>();
  private final Set<ClassNode> spelled = new LinkedHashSet<>();
  private final ByClass<ClassNode> instancesOf = new ByClass<>();
  private final ByClass<CallTarget> calledOn = new ByClass<>();
  private final Set<String> packages = new HashSet<>();
  private boolean storesRecords;
  private boolean leaks;
  private boolean undecided;
  private boolean followedAll;
  private boolean followedServices;

  /** A list for each class that has one. */
  private static final class ByClass<T> {
    private final List<List<T>> lists = new ArrayList<>();

    /** Those of a class; not to be changed. */
    List<T> get(ClassNode type) {
      return type.id() < lists.size() ? lists.get(type.id()) : List.of();
    }

    void add(ClassNode type, T item) {
      while (lists.size() <= type.id()) {
        lists.add(List.of());
      }
      if (lists.get(type.id()).isEmpty()) {
        lists.set(type.id(), new ArrayList<>(4));
      }
      lists.get(type.id()).add(item);
    }
  }

  Reach(Universe universe, Author author, ClassNode flow) {
    this.universe = universe;
    this.author = author;
    this.flow = flow;
  }

  /** Numbers of the parts that a step consists of. */
  BitSet of(MethodNode step) {
    make(flow);
    flow.method("<init>()V").ifPresent(this::construct);
    execute(step);
    step.facts().types().forEach(type -> universe.find(type).ifPresent(this::store));
    boolean more = true;
    while (more) {
      drain();
      more = followEverything() || followLibraries();
    }
    return parts;
  }

  private void drain() {
    while (!open.isEmpty()) {
      for (Effect effect : open.pop()) {
        effect.on(this);
      }
    }
  }

  /**
   * A constructor that only sets parameters gives them defaults, which come by value; what it calls
   * for them is executed all the same.
   */
  private void construct(MethodNode constructor) {
    if (constructor.facts().plain()) {
      executed.set(constructor.id());
      open.push(constructor.effects());
    } else {
      execute(constructor);
    }
  }

  void add(int part) {
    parts.set(part);
  }

  private void add(Part part) {
    add(universe.parts().number(part));
  }

  void giveUp(int part) {
    add(part);
    undecided = true;
  }

  void execute(MethodNode method) {
    if (!executed.get(method.id())) {
      executed.set(method.id());
      if (!method.owner().facts().local()) {
        add(method.part());
      }
      open.push(method.effects());
    }
  }

  void call(CallTarget target) {
    if (!called.get(target.id())) {
      called.set(target.id());
      calledOn.add(target.type(), target);
      for (ClassNode instance : instancesOf.get(target.type())) {
        target.in(instance).forEach(this::execute);
      }
    }
  }

  void make(ClassNode type) {
    if (made.get(type.id())) {
      return;
    }
    made.set(type.id());
    instances.add(type);
    open.push(type.whenMade());
    for (ClassNode each : type.supertypes()) {
      instancesOf.add(each, type);
      for (CallTarget target : calledOn.get(each)) {
        target.in(type).forEach(this::execute);
      }
    }
    if (storesRecords && type.isRecord()) {
      store(type);
    }
    if (!packages.isEmpty()) {
      show(type);
    }
  }

  void initialise(ClassNode type) {
    if (!initialised.get(type.id())) {
      initialised.set(type.id());
      open.push(type.whenInitialised());
    }
  }

  /** A codec takes it apart or puts it together. */
  void store(ClassNode type) {
    if (!stored.get(type.id())) {
      stored.set(type.id());
      open.push(type.whenStored());
    }
  }

  void storeRecords() {
    storesRecords = true;
    List.copyOf(instances).stream().filter(ClassNode::isRecord).forEach(this::store);
  }

  void leak() {
    if (!leaks) {
      leaks = true;
      for (FieldFacts field : flow.facts().fields()) {
        if (field.param()) {
          open.push(universe.linker().parameter(field));
        }
      }
      if (!packages.isEmpty()) {
        open(flow);
      }
    }
  }

  void name(String home) {
    boolean first = packages.isEmpty();
    packages.add(home);
    if (first) {
      List.copyOf(instances).forEach(this::show);
      spelled.forEach(this::open);
    }
  }

  /** A library may look into any instance that it can be given. */
  private void show(ClassNode type) {
    if (!type.equals(flow) || leaks) {
      open(type);
    }
  }

  void spell(ClassNode type) {
    spelled.add(type);
    if (!packages.isEmpty()) {
      open(type);
    }
  }

  /** Whatever can be done with a class is done. */
  void open(ClassNode type) {
    if (!opened.get(type.id())) {
      opened.set(type.id());
      open.push(type.whenOpened());
    }
  }

  private boolean followEverything() {
    if (!undecided || followedAll) {
      return false;
    }
    followedAll = true;
    leak();
    for (String name : author.classNames()) {
      universe.find(name).filter(type -> !type.facts().local()).ifPresent(this::open);
    }
    author.resources().forEach(this::add);
    universe.libraries().all().parts().forEach(this::add);
    followedServices = true;
    return true;
  }

  private boolean followLibraries() {
    if (packages.isEmpty()) {
      return false;
    }
    var reached = universe.libraries().reached(packages);
    reached.parts().forEach(this::add);
    if (reached.asksRun()) {
      add(Part.of(Kind.ASKS, Fingerprint.AS_OF));
      add(Part.of(Kind.ASKS, Fingerprint.ID));
    }
    if (!reached.searches() || followedServices) {
      return false;
    }
    followedServices = true;
    author.resources().forEach(this::add);
    author.services().forEach(name -> universe.find(name).ifPresent(this::open));
    return true;
  }
}
