package dev.colophon.flow.fingerprint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.Type;

/**
 * A canonical text with {@link Hole}s in place of names that the compiler made up, and all that it
 * refers to.
 */
final class HoledText {
  private static final int HOLE = 0xff;

  final CanonicalText text = new CanonicalText();
  private final Set<String> locals;
  private final Map<Hole, Integer> holes = new LinkedHashMap<>();
  private final Set<Ref> refs = new LinkedHashSet<>();

  /**
   * @param locals names of anonymous and local classes
   */
  HoledText(Set<String> locals) {
    this.locals = locals;
  }

  Code code() {
    return new Code(text.digest(), List.copyOf(holes.keySet()));
  }

  List<Ref> refs() {
    return new ArrayList<>(refs);
  }

  List<Hole> holes() {
    return new ArrayList<>(holes.keySet());
  }

  void refer(Ref ref) {
    refs.add(ref);
  }

  boolean isLocal(String name) {
    return locals.contains(name);
  }

  void hole(Hole hole) {
    text.u1(HOLE);
    text.u4(number(hole));
  }

  int number(Hole hole) {
    var known = holes.putIfAbsent(hole, holes.size());
    return known == null ? holes.size() - 1 : known;
  }

  /** A class or array type by its internal name. */
  void type(String name) {
    if (name.startsWith("[")) {
      descriptor(name);
    } else {
      mention(name);
      if (locals.contains(name)) {
        hole(new Hole.Local(name));
      } else {
        text.text(name);
      }
    }
  }

  /** A descriptor of a field or method, or a generic signature. */
  void descriptor(String descriptor) {
    int from = 0;
    for (int at = descriptor.indexOf('L'); at >= 0; at = descriptor.indexOf('L', at)) {
      int end = endOfName(descriptor, at + 1);
      var name = descriptor.substring(at + 1, end);
      if (locals.contains(name)) {
        text.text(descriptor.substring(from, at));
        hole(new Hole.Local(name));
        from = end;
      } else {
        mention(name);
      }
      at = end;
    }
    text.text(descriptor.substring(from));
  }

  private static int endOfName(String descriptor, int from) {
    int end = from;
    while (end < descriptor.length()
        && descriptor.charAt(end) != ';'
        && descriptor.charAt(end) != '<'
        && descriptor.charAt(end) != '.') {
      end++;
    }
    return end;
  }

  void mention(String name) {
    if (!name.startsWith("java/")) {
      refer(Ref.of(Ref.Kind.TYPE, name));
    }
  }

  /** Refers to the class of an array's elements, or to the class itself. */
  void refer(Ref.Kind kind, String type) {
    var name = type;
    if (type.startsWith("[")) {
      var element = Type.getType(type).getElementType();
      if (element.getSort() != Type.OBJECT) {
        return;
      }
      name = element.getInternalName();
    }
    if (!name.startsWith("java/")) {
      refer(Ref.of(kind, name));
    }
  }
}
