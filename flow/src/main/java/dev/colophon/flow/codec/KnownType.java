package dev.colophon.flow.codec;

import java.lang.invoke.MethodType;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A type without variables and wildcards.
 *
 * @param raw its class
 * @param arguments of a generic class that was given any, its type arguments; of an array, its
 *     component type
 */
record KnownType(Class<?> raw, List<KnownType> arguments) {
  KnownType {
    arguments = List.copyOf(arguments);
  }

  /** A type at the top, where there are no variables to replace. */
  static KnownType of(Type type) {
    return of(type, Map.of());
  }

  /**
   * A type in which variables are replaced and wildcards are their upper bounds. A variable without
   * replacement is Object, which no codec takes.
   */
  static KnownType of(Type type, Map<TypeVariable<?>, KnownType> variables) {
    return switch (type) {
      case Class<?> array when array.isArray() ->
          new KnownType(array, List.of(of(array.getComponentType(), variables)));
      case Class<?> other -> new KnownType(other, List.of());
      case ParameterizedType generic ->
          new KnownType(
              (Class<?>) generic.getRawType(),
              Arrays.stream(generic.getActualTypeArguments())
                  .map(argument -> of(argument, variables))
                  .toList());
      case GenericArrayType array -> {
        KnownType component = of(array.getGenericComponentType(), variables);
        yield new KnownType(component.raw().arrayType(), List.of(component));
      }
      case WildcardType wildcard -> of(wildcard.getUpperBounds()[0], variables);
      case TypeVariable<?> variable ->
          variables.getOrDefault(variable, new KnownType(Object.class, List.of()));
      default -> throw new IllegalArgumentException("no Java type: " + type);
    };
  }

  /** The class, or the box of a primitive one. */
  Class<?> boxed() {
    return MethodType.methodType(raw).wrap().returnType();
  }

  /** What the variables of the class stand for; empty if it was given no arguments. */
  Map<TypeVariable<?>, KnownType> variables() {
    Map<TypeVariable<?>, KnownType> variables = new HashMap<>();
    if (!raw.isArray() && !arguments.isEmpty()) {
      TypeVariable<?>[] names = raw.getTypeParameters();
      for (int i = 0; i < names.length; i++) {
        variables.put(names[i], arguments.get(i));
      }
    }
    return variables;
  }

  /**
   * A subtype of this type, with those of its variables replaced that this type's arguments say.
   *
   * @param subtype a class that directly extends or implements this type's class
   */
  KnownType narrowedTo(Class<?> subtype) {
    Map<TypeVariable<?>, KnownType> found = new HashMap<>();
    directSupertype(subtype)
        .ifPresent(
            supertype -> {
              Type[] given = supertype.getActualTypeArguments();
              for (int i = 0; i < Math.min(given.length, arguments.size()); i++) {
                match(given[i], arguments.get(i), found);
              }
            });
    return new KnownType(
        subtype,
        Arrays.stream(subtype.getTypeParameters())
            .map(variable -> found.getOrDefault(variable, new KnownType(Object.class, List.of())))
            .toList());
  }

  private Optional<ParameterizedType> directSupertype(Class<?> subtype) {
    return Stream.concat(
            Arrays.stream(subtype.getGenericInterfaces()),
            Stream.ofNullable(subtype.getGenericSuperclass()))
        .filter(ParameterizedType.class::isInstance)
        .map(ParameterizedType.class::cast)
        .filter(supertype -> supertype.getRawType() == raw)
        .findFirst();
  }

  private static void match(Type given, KnownType known, Map<TypeVariable<?>, KnownType> found) {
    if (given instanceof TypeVariable<?> variable) {
      found.put(variable, known);
    } else if (given instanceof ParameterizedType generic && generic.getRawType() == known.raw()) {
      Type[] parts = generic.getActualTypeArguments();
      for (int i = 0; i < Math.min(parts.length, known.arguments().size()); i++) {
        match(parts[i], known.arguments().get(i), found);
      }
    }
  }

  /** As an author would write it, with packages. */
  String display() {
    if (raw.isArray()) {
      return arguments.getFirst().display() + "[]";
    }
    return arguments.isEmpty()
        ? raw.getTypeName()
        : raw.getTypeName()
            + arguments.stream()
                .map(KnownType::display)
                .collect(Collectors.joining(", ", "<", ">"));
  }
}
