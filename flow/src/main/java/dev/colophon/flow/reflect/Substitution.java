package dev.colophon.flow.reflect;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts types in the place of type variables. */
final class Substitution {
  private Substitution() {}

  /** What the type variables of a generic class are in this type. */
  static Map<TypeVariable<?>, Type> of(ParameterizedType type) {
    Map<TypeVariable<?>, Type> arguments = new HashMap<>();
    var variables = Subtyping.raw(type).getTypeParameters();
    for (int i = 0; i < variables.length; i++) {
      arguments.put(variables[i], type.getActualTypeArguments()[i]);
    }
    return arguments;
  }

  /** The type with all variables replaced that are known; others stay. */
  static Type apply(Type type, Map<TypeVariable<?>, Type> arguments) {
    return switch (type) {
      case TypeVariable<?> variable -> arguments.getOrDefault(variable, variable);
      case ParameterizedType p ->
          new Generic(
              Subtyping.raw(p),
              Optional.ofNullable(p.getOwnerType()),
              apply(p.getActualTypeArguments(), arguments));
      case GenericArrayType a -> arrayOf(apply(a.getGenericComponentType(), arguments));
      case WildcardType w ->
          new Wildcard(apply(w.getUpperBounds(), arguments), apply(w.getLowerBounds(), arguments));
      default -> type;
    };
  }

  /** A generic class with the given arguments. */
  static Type generic(Class<?> raw, List<Type> arguments) {
    return new Generic(raw, Optional.ofNullable(raw.getDeclaringClass()), arguments);
  }

  private static List<Type> apply(Type[] types, Map<TypeVariable<?>, Type> arguments) {
    return Arrays.stream(types).map(type -> apply(type, arguments)).toList();
  }

  private static Type arrayOf(Type component) {
    return component instanceof Class<?> c ? c.arrayType() : new GenericArray(component);
  }

  /** Equal to the JDK's own, whose equality asks for the interface only. */
  private record Generic(Class<?> raw, Optional<Type> owner, List<Type> arguments)
      implements ParameterizedType {
    @Override
    public Type[] getActualTypeArguments() {
      return arguments.toArray(new Type[0]);
    }

    @Override
    public Type getRawType() {
      return raw;
    }

    @Override
    public @Nullable Type getOwnerType() {
      return owner.orElse(null);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof ParameterizedType that
          && raw.equals(that.getRawType())
          && Objects.equals(getOwnerType(), that.getOwnerType())
          && Arrays.equals(getActualTypeArguments(), that.getActualTypeArguments());
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(getActualTypeArguments())
          ^ Objects.hashCode(getOwnerType())
          ^ raw.hashCode();
    }

    @Override
    public String toString() {
      return raw.getName()
          + arguments.stream().map(Type::getTypeName).collect(Collectors.joining(", ", "<", ">"));
    }
  }

  private record GenericArray(Type component) implements GenericArrayType {
    @Override
    public Type getGenericComponentType() {
      return component;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof GenericArrayType that
          && component.equals(that.getGenericComponentType());
    }

    @Override
    public int hashCode() {
      return component.hashCode();
    }

    @Override
    public String toString() {
      return component.getTypeName() + "[]";
    }
  }

  private record Wildcard(List<Type> upper, List<Type> lower) implements WildcardType {
    @Override
    public Type[] getUpperBounds() {
      return upper.toArray(new Type[0]);
    }

    @Override
    public Type[] getLowerBounds() {
      return lower.toArray(new Type[0]);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof WildcardType that
          && Arrays.equals(getUpperBounds(), that.getUpperBounds())
          && Arrays.equals(getLowerBounds(), that.getLowerBounds());
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(getLowerBounds()) ^ Arrays.hashCode(getUpperBounds());
    }

    @Override
    public String toString() {
      return lower.isEmpty()
          ? "? extends " + upper.getFirst().getTypeName()
          : "? super " + lower.getFirst().getTypeName();
    }
  }
}
