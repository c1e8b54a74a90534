package dev.colophon.flow.fingerprint;

import dev.colophon.core.Digest;
import dev.colophon.flow.fingerprint.ClassFacts.Constant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Puts the content of lambdas, anonymous and local classes in the place of their names, which the
 * compiler numbers by what else there is. What contains itself is named by how far out it is.
 * Confined to one thread.
 */
final class Folding {
  /** Deeper nesting is no program of a person's; a stack has an end. */
  private static final int DEEPEST = 200;

  /**
   * A piece of code with all that was folded into it.
   *
   * @param digest of all of it
   * @param sources the methods that it is made of
   * @param classes the anonymous and local classes in it
   */
  record Linked(Digest digest, List<MethodNode> sources, List<ClassNode> classes) {}

  /** What is being put together, and what of the outside it refers to. */
  private static final class Frame {
    final Object subject;
    final List<MethodNode> sources = new ArrayList<>();
    final List<ClassNode> classes = new ArrayList<>();
    int outermost = Integer.MAX_VALUE;

    Frame(Object subject) {
      this.subject = subject;
    }
  }

  private final Universe universe;
  private final Map<Object, Linked> known = new HashMap<>();
  private final Deque<Frame> frames = new ArrayDeque<>();

  Folding(Universe universe) {
    this.universe = universe;
  }

  Linked link(MethodNode method) {
    var code = method.facts().code();
    return code.holes().isEmpty()
        ? new Linked(code.digest(), List.of(method), List.of())
        : fold(method);
  }

  /** What a type is: its shape, or of an anonymous or local one all of it. */
  Digest shape(ClassNode type) {
    return filled(type, type.facts().shape());
  }

  Digest members(ClassNode type) {
    return filled(type, type.facts().members());
  }

  private Digest filled(ClassNode type, Code code) {
    frames.push(new Frame(type));
    try {
      return fill(code);
    } finally {
      frames.pop();
    }
  }

  private Linked fold(Object subject) {
    var before = known.get(subject);
    if (before != null) {
      return before;
    }
    var frame = new Frame(subject);
    frames.push(frame);
    int depth = frames.size();
    Digest digest;
    try {
      digest =
          switch (subject) {
            case MethodNode method -> ofMethod(frame, method);
            case ClassNode type -> ofClass(frame, type);
            default -> throw new IllegalArgumentException("can't fold " + subject);
          };
    } finally {
      frames.pop();
    }
    var linked = new Linked(digest, List.copyOf(frame.sources), List.copyOf(frame.classes));
    if (frame.outermost >= depth) {
      known.put(subject, linked);
    } else if (!frames.isEmpty()) {
      var outer = frames.element();
      outer.outermost = Math.min(outer.outermost, frame.outermost);
    }
    return linked;
  }

  private Digest ofMethod(Frame frame, MethodNode method) {
    frame.sources.add(method);
    return fill(method.facts().code());
  }

  private Digest ofClass(Frame frame, ClassNode type) {
    frame.classes.add(type);
    List<Digest> parts = new ArrayList<>();
    for (MethodNode method : type.methods()) {
      if (!method.facts().isFolded()) {
        parts.add(include(method).digest());
      }
    }
    parts.sort(Digest::compareTo);
    var text = new CanonicalText();
    text.digest(fill(type.facts().shape()));
    text.digest(fill(type.facts().members()));
    parts.forEach(text::digest);
    return text.digest();
  }

  /** The digest of a text with its holes filled in the order of their numbers. */
  private Digest fill(Code code) {
    if (code.holes().isEmpty()) {
      return code.digest();
    }
    var text = new CanonicalText();
    text.digest(code.digest());
    for (Hole hole : code.holes()) {
      switch (hole) {
        case Hole.Fold(String owner, String name, String descriptor) ->
            fillMethod(text, owner, name, descriptor);
        case Hole.Local(String name) -> fillClass(text, name);
        case Hole.LocalField(String owner, String name) -> fillField(text, owner, name);
        case Hole.EnumSwitch jump -> fillSwitch(text, jump);
      }
    }
    return text.digest();
  }

  private void fillMethod(CanonicalText text, String owner, String name, String descriptor) {
    var target =
        universe
            .find(owner)
            .flatMap(type -> type.method(name + descriptor))
            .filter(method -> method.facts().isFolded());
    if (target.isEmpty()) {
      text.text(name);
    } else {
      fold(text, target.get());
    }
  }

  private void fillClass(CanonicalText text, String name) {
    var type = universe.find(name).filter(found -> found.facts().local());
    if (type.isEmpty()) {
      text.text(name);
    } else {
      fold(text, type.get());
    }
  }

  private void fold(CanonicalText text, Object subject) {
    int depth = frames.size();
    for (Frame frame : frames) { // the innermost first
      if (frame.subject.equals(subject)) {
        var current = frames.element();
        current.outermost = Math.min(current.outermost, depth);
        text.u1('^');
        text.u4(frames.size() - depth);
        return;
      }
      depth--;
    }
    if (frames.size() >= DEEPEST) {
      text.text(subject.toString());
      return;
    }
    text.u1('(');
    text.digest(include(subject).digest());
  }

  private Linked include(Object subject) {
    var inner = fold(subject);
    var frame = frames.element();
    frame.sources.addAll(inner.sources());
    frame.classes.addAll(inner.classes());
    return inner;
  }

  private void fillField(CanonicalText text, String owner, String name) {
    int number = universe.find(owner).map(type -> type.facts().captured().indexOf(name)).orElse(-1);
    if (number >= 0) {
      text.u1('#');
      text.u4(number);
    } else {
      text.text(name);
    }
  }

  private void fillSwitch(CanonicalText text, Hole.EnumSwitch jump) {
    Optional<SortedMap<Integer, Constant>> map =
        universe
            .find(jump.owner())
            .flatMap(type -> Optional.ofNullable(type.facts().switchMaps().get(jump.map())));
    SortedMap<String, Integer> targets = new TreeMap<>();
    jump.targets()
        .forEach(
            (number, target) ->
                targets.put(
                    map.flatMap(constants -> Optional.ofNullable(constants.get(number)))
                        .map(constant -> constant.owner() + "." + constant.name())
                        .orElse("#" + number),
                    target));
    text.u4(targets.size());
    targets.forEach(
        (constant, target) -> {
          text.text(constant);
          text.u4(target);
        });
  }
}
