package dev.colophon.flow.reflect;

import java.lang.invoke.MethodType;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which generic type may stand for which: the language's subtyping, without unchecked conversion.
 */
final class Subtyping {
  private Subtyping() {}

  /** Whether a value may be passed: boxed and unboxed as needed, but no number is widened. */
  static boolean passes(Type from, Type to) {
    var given = bound(from);
    var wanted = bound(to);
    if (given == void.class || wanted == void.class) {
      return false;
    }
    boolean bothPrimitive = isPrimitive(given) && isPrimitive(wanted);
    return bothPrimitive ? given.equals(wanted) : isSubtype(boxed(given), boxed(wanted));
  }

  /** The class without its type arguments. */
  static Class<?> raw(Type type) {
    return switch (type) {
      case Class<?> c -> c;
      case ParameterizedType p -> raw(p.getRawType());
      case GenericArrayType a -> raw(a.getGenericComponentType()).arrayType();
      case WildcardType w -> raw(w.getUpperBounds()[0]);
      case TypeVariable<?> v -> raw(v.getBounds()[0]);
      default -> Object.class;
    };
  }

  /** A member of a sealed family, its type arguments taken from those of the family. */
  static Type member(Class<?> member, Type family) {
    if (member.getTypeParameters().length == 0) {
      return member;
    }
    Map<TypeVariable<?>, Type> known = new HashMap<>();
    if (family instanceof ParameterizedType given
        && supertype(member, raw(family)).orElse(member) instanceof ParameterizedType declared) {
      var declaredArguments = declared.getActualTypeArguments();
      for (int i = 0; i < declaredArguments.length; i++) {
        if (declaredArguments[i] instanceof TypeVariable<?> variable) {
          known.put(variable, given.getActualTypeArguments()[i]);
        }
      }
    }
    List<Type> arguments = new ArrayList<>();
    for (TypeVariable<?> variable : member.getTypeParameters()) {
      arguments.add(known.getOrDefault(variable, variable));
    }
    return Substitution.generic(member, arguments);
  }

  private static Type bound(Type type) {
    if (type instanceof WildcardType wildcard) {
      return wildcard.getLowerBounds().length > 0
          ? wildcard.getLowerBounds()[0]
          : wildcard.getUpperBounds()[0];
    }
    return type;
  }

  private static boolean isPrimitive(Type type) {
    return type instanceof Class<?> c && c.isPrimitive();
  }

  private static Type boxed(Type type) {
    return type instanceof Class<?> c ? MethodType.methodType(c).wrap().returnType() : type;
  }

  private static boolean isSubtype(Type from, Type to) {
    if (from.equals(to) || to == Object.class) {
      return true;
    }
    if (from instanceof TypeVariable<?> variable) {
      return Arrays.stream(variable.getBounds()).anyMatch(bound -> isSubtype(bound, to));
    }
    return switch (to) {
      case Class<?> c when c.isArray() -> isArrayOf(from, c.getComponentType());
      case Class<?> c -> c.isAssignableFrom(raw(from));
      case GenericArrayType a -> isArrayOf(from, a.getGenericComponentType());
      case ParameterizedType p ->
          supertype(from, raw(p)).orElse(Object.class) instanceof ParameterizedType found
              && contains(p.getActualTypeArguments(), found.getActualTypeArguments());
      default -> false;
    };
  }

  private static boolean isArrayOf(Type array, Type component) {
    return switch (array) {
      case GenericArrayType a -> isSubtype(a.getGenericComponentType(), component);
      case Class<?> c when c.isArray() ->
          c.getComponentType().isPrimitive()
              ? c.getComponentType().equals(component)
              : isSubtype(c.getComponentType(), component);
      default -> false;
    };
  }

  private static boolean contains(Type[] wanted, Type[] found) {
    for (int i = 0; i < wanted.length; i++) {
      if (!contains(wanted[i], found[i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean contains(Type wanted, Type found) {
    if (!(wanted instanceof WildcardType wildcard)) {
      return wanted.equals(found);
    }
    if (wildcard.getLowerBounds().length > 0) {
      var lower = wildcard.getLowerBounds()[0];
      return found instanceof WildcardType other
          ? other.getLowerBounds().length > 0 && isSubtype(lower, other.getLowerBounds()[0])
          : isSubtype(lower, found);
    }
    var upper = found instanceof WildcardType other ? other.getUpperBounds()[0] : found;
    return isSubtype(upper, wildcard.getUpperBounds()[0]);
  }

  /** The type as a type of the given class: {@code ArrayList<String>} as {@code List<String>}. */
  private static Optional<Type> supertype(Type type, Class<?> wanted) {
    var raw = raw(type);
    if (raw == wanted) {
      return Optional.of(type);
    }
    var arguments =
        type instanceof ParameterizedType p ? Substitution.of(p) : Map.<TypeVariable<?>, Type>of();
    return Stream.concat(
            Optional.ofNullable(raw.getGenericSuperclass()).stream(),
            Arrays.stream(raw.getGenericInterfaces()))
        .filter(parent -> wanted.isAssignableFrom(raw(parent)))
        .findFirst()
        .flatMap(parent -> supertype(Substitution.apply(parent, arguments), wanted));
  }
}
