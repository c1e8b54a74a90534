package dev.colophon.flow.reflect;

import dev.colophon.flow.ModelVersion;
import dev.colophon.flow.NewVersion;
import dev.colophon.flow.graph.FlowType;
import java.lang.invoke.MethodType;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A type read by reflection. All types of a graph that {@link ReflectedFlow} makes are such.
 *
 * @param type a class, or a generic type whose arguments are known
 */
public record ReflectedType(Type type) implements FlowType {
  @Override
  public String display() {
    return display(type);
  }

  @Override
  public boolean accepts(FlowType other) {
    return other instanceof ReflectedType reflected && Subtyping.passes(reflected.type, type);
  }

  @Override
  public Shape shape() {
    return switch (type) {
      case Class<?> c -> shape(c, Map.of());
      case ParameterizedType p -> shape(Subtyping.raw(p), Substitution.of(p));
      case GenericArrayType a -> new Array(new ReflectedType(a.getGenericComponentType()));
      case WildcardType w ->
          w.getLowerBounds().length == 0 && !w.getUpperBounds()[0].equals(Object.class)
              ? new ReflectedType(w.getUpperBounds()[0]).shape()
              : new Declared("<?>", List.of());
      default -> new Declared("<" + display() + ">", List.of());
    };
  }

  private Shape shape(Class<?> c, Map<TypeVariable<?>, Type> arguments) {
    var unboxed = MethodType.methodType(c).unwrap().returnType();
    if (unboxed.isPrimitive() && c != Void.class) {
      return new Primitive(unboxed.getName());
    }
    if (c.isArray()) {
      return new Array(new ReflectedType(c.getComponentType()));
    }
    if (c.isEnum()) {
      return new Enumeration();
    }
    boolean known =
        c.getName().startsWith("java.") || c == NewVersion.class || c == ModelVersion.class;
    boolean family = c.isSealed() && Modifier.isAbstract(c.getModifiers());
    if (known || !(c.isRecord() || family)) {
      return new Declared(c.getName(), arguments(type));
    }
    if (c.getTypeParameters().length > 0 && arguments.isEmpty()) {
      return new Declared("<raw>", List.of());
    }
    return family ? new Sealed(permitted(c)) : new RecordShape(components(c, arguments));
  }

  private static List<FlowType> arguments(Type type) {
    return type instanceof ParameterizedType p
        ? Arrays.stream(p.getActualTypeArguments()).<FlowType>map(ReflectedType::new).toList()
        : List.of();
  }

  private static List<Component> components(Class<?> c, Map<TypeVariable<?>, Type> arguments) {
    return Arrays.stream(c.getRecordComponents())
        .map(
            part ->
                new Component(
                    part.getName(),
                    new ReflectedType(Substitution.apply(part.getGenericType(), arguments))))
        .toList();
  }

  private List<FlowType> permitted(Class<?> c) {
    return Arrays.stream(Optional.ofNullable(c.getPermittedSubclasses()).orElse(new Class<?>[0]))
        .<FlowType>map(member -> new ReflectedType(Subtyping.member(member, type)))
        .toList();
  }

  private static String display(Type type) {
    return switch (type) {
      case Class<?> c -> c.getSimpleName();
      case ParameterizedType p ->
          display(p.getRawType())
              + Arrays.stream(p.getActualTypeArguments())
                  .map(ReflectedType::display)
                  .collect(Collectors.joining(", ", "<", ">"));
      case GenericArrayType a -> display(a.getGenericComponentType()) + "[]";
      case WildcardType w when w.getLowerBounds().length > 0 ->
          "? super " + display(w.getLowerBounds()[0]);
      case WildcardType w when w.getUpperBounds()[0].equals(Object.class) -> "?";
      case WildcardType w -> "? extends " + display(w.getUpperBounds()[0]);
      default -> type.getTypeName();
    };
  }

  /** As in source, without packages. */
  @Override
  public String toString() {
    return display();
  }
}
