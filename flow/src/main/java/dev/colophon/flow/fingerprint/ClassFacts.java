package dev.colophon.flow.fingerprint;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.objectweb.asm.Opcodes;

/**
 * What a class file says that matters to fingerprints, independent of all other class files. Names
 * are internal: {@code pkg/Outer$Inner}.
 *
 * @param superName empty for {@code Object} and modules
 * @param local whether it is anonymous, local, or a member of such a class
 * @param shape what it extends, implements and permits, and the components of a record
 * @param members all that reflection shows of it
 * @param memberTypes types named by its members and annotations
 * @param componentTypes types named by the components of a record
 * @param components of a record, in order
 * @param permitted its permitted subclasses
 * @param captured its compiler-made fields, in order
 * @param switchMaps of each compiler-made map for switches: owner and name of the constant that a
 *     number stands for
 */
record ClassFacts(
    String name,
    int access,
    String superName,
    List<String> interfaces,
    boolean local,
    Code shape,
    Code members,
    List<String> memberTypes,
    List<String> componentTypes,
    List<Component> components,
    List<String> permitted,
    List<String> captured,
    Map<String, SortedMap<Integer, Constant>> switchMaps,
    List<FieldFacts> fields,
    List<MethodFacts> methods) {
  /** A component of a record. */
  record Component(String name, String descriptor) {}

  /** A constant of an enum. */
  record Constant(String owner, String name) {}

  /**
   * A field.
   *
   * @param value text of its constant, if it has one that is not assigned by code
   * @param param whether it is a parameter of a flow
   * @param types named by its type
   */
  record FieldFacts(
      String name,
      String descriptor,
      int access,
      Optional<String> value,
      boolean param,
      List<String> types) {
    FieldFacts {
      types = List.copyOf(types);
    }
  }

  /**
   * A method.
   *
   * @param step name of the step that it is, empty if that is its own name; absent if it is none
   * @param types named by its generic signature, for a step; otherwise none
   * @param signature generic signature of a step, or its descriptor; otherwise empty
   * @param plain of a constructor: it does nothing but set fields of its own instance
   */
  record MethodFacts(
      String name,
      String descriptor,
      int access,
      Code code,
      List<Ref> refs,
      Optional<String> step,
      String signature,
      List<String> types,
      boolean plain) {
    MethodFacts {
      refs = List.copyOf(refs);
      types = List.copyOf(types);
    }

    boolean is(int flag) {
      return (access & flag) != 0;
    }

    boolean isSynthetic() {
      return is(Opcodes.ACC_SYNTHETIC);
    }

    /** Whether the compiler made it for a piece of another method's code, whose part it is. */
    boolean isFolded() {
      return isSynthetic() && !is(Opcodes.ACC_BRIDGE) && name.indexOf('$') >= 0;
    }
  }

  ClassFacts {
    interfaces = List.copyOf(interfaces);
    memberTypes = List.copyOf(memberTypes);
    componentTypes = List.copyOf(componentTypes);
    components = List.copyOf(components);
    permitted = List.copyOf(permitted);
    captured = List.copyOf(captured);
    switchMaps = Map.copyOf(switchMaps);
    fields = List.copyOf(fields);
    methods = List.copyOf(methods);
  }

  boolean is(int flag) {
    return (access & flag) != 0;
  }
}
