package dev.colophon.flow.fingerprint;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.objectweb.asm.Type;

/** Names as an author would write them. */
final class ReadableName {
  private ReadableName() {}

  /** {@code pkg.Outer.Inner}. */
  static String type(String internalName) {
    return escaped(internalName.replace('/', '.').replace('$', '.'));
  }

  /** {@code pkg.Type.method(int, String)}; a constructor bears the name of its type. */
  static String method(String owner, String name, String descriptor) {
    var head = name.equals("<init>") ? type(owner) : type(owner) + "." + escaped(name);
    return Arrays.stream(Type.getArgumentTypes(descriptor))
        .map(ReadableName::simple)
        .collect(Collectors.joining(", ", head + "(", ")"));
  }

  private static String simple(Type type) {
    var name = type.getClassName().replace('$', '.');
    return escaped(name.substring(name.lastIndexOf('.') + 1));
  }

  /** Class files may hold names of any characters. */
  static String escaped(String name) {
    if (name.chars().noneMatch(Character::isISOControl)) {
      return name;
    }
    return name.chars()
        .mapToObj(
            c -> Character.isISOControl(c) ? "\\u%04x".formatted(c) : Character.toString((char) c))
        .collect(Collectors.joining());
  }
}
