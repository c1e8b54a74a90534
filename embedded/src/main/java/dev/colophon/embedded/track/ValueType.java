package dev.colophon.embedded.track;

import dev.colophon.core.error.ColophonException.Invalid;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.stream.Collectors;

/**
 * The type by which a value is stored that no step declares, so that it is told by the value: that
 * of a list or map by what it holds. Something empty is stored alike whatever it could hold.
 */
final class ValueType {
  private ValueType() {}

  /**
   * The type of a value.
   *
   * @throws Invalid if it holds values of several types
   */
  static Type of(Object value) {
    return switch (value) {
      case Path path -> Path.class;
      case Enum<?> constant -> constant.getDeclaringClass();
      case List<?> list -> new Generic(List.class, List.of(common(list)));
      case SortedSet<?> set -> new Generic(SortedSet.class, List.of(common(set)));
      case Set<?> set -> new Generic(Set.class, List.of(common(set)));
      case SortedMap<?, ?> map ->
          new Generic(SortedMap.class, List.of(common(map.keySet()), common(map.values())));
      case Map<?, ?> map ->
          new Generic(Map.class, List.of(common(map.keySet()), common(map.values())));
      case Optional<?> optional ->
          new Generic(Optional.class, List.of(common(optional.stream().toList())));
      default -> value.getClass();
    };
  }

  /** The one type of all of these, which may be the sealed family that they are of. */
  private static Type common(Collection<?> values) {
    Set<Type> types = new LinkedHashSet<>();
    for (Object value : values) {
      types.add(of(value));
    }
    if (types.isEmpty()) {
      return String.class;
    }
    if (types.size() == 1) {
      return types.iterator().next();
    }
    return family(types)
        .orElseThrow(
            () ->
                new Invalid(
                    "it holds values of %s, expected values of one type, or of one sealed family"
                        .formatted(
                            types.stream()
                                .map(Type::getTypeName)
                                .collect(Collectors.joining(", ")))));
  }

  private static Optional<Type> family(Set<Type> types) {
    Set<Class<?>> shared = new LinkedHashSet<>();
    boolean first = true;
    for (Type type : types) {
      Set<Class<?>> families = new LinkedHashSet<>();
      if (type instanceof Class<?> one) {
        Arrays.stream(one.getInterfaces())
            .filter(face -> face.isSealed() && face.getModule() != Object.class.getModule())
            .forEach(families::add);
      }
      if (first) {
        shared.addAll(families);
      }
      shared.retainAll(families);
      first = false;
    }
    return shared.size() == 1 ? Optional.of(shared.iterator().next()) : Optional.empty();
  }

  /** A type with arguments. */
  private record Generic(Class<?> raw, List<Type> arguments) implements ParameterizedType {
    @Override
    public Type[] getActualTypeArguments() {
      return arguments.toArray(Type[]::new);
    }

    @Override
    public Type getRawType() {
      return raw;
    }

    @Override
    @SuppressWarnings("NullAway") // the contract of the interface: a class at the top has no owner
    public Type getOwnerType() {
      return null;
    }

    @Override
    public String getTypeName() {
      return arguments.stream()
          .map(Type::getTypeName)
          .collect(Collectors.joining(", ", raw.getTypeName() + "<", ">"));
    }

    @Override
    public String toString() {
      return getTypeName();
    }
  }
}
