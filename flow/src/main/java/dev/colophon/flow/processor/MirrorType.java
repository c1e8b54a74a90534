package dev.colophon.flow.processor;

import dev.colophon.flow.ModelVersion;
import dev.colophon.flow.NewVersion;
import dev.colophon.flow.graph.FlowType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.TypeParameterElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.PrimitiveType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/** A type read from source. Valid as long as the compiler's round that it came from. */
final class MirrorType implements FlowType {
  private static final Map<String, String> BOXES =
      Map.of(
          "java.lang.Boolean", "boolean",
          "java.lang.Byte", "byte",
          "java.lang.Short", "short",
          "java.lang.Integer", "int",
          "java.lang.Long", "long",
          "java.lang.Character", "char",
          "java.lang.Float", "float",
          "java.lang.Double", "double");

  private final TypeMirror type;
  private final Types types;
  private final Elements elements;

  MirrorType(TypeMirror type, Types types, Elements elements) {
    this.type = type;
    this.types = types;
    this.elements = elements;
  }

  private MirrorType like(TypeMirror other) {
    return new MirrorType(other, types, elements);
  }

  @Override
  public String display() {
    return display(type);
  }

  private static String display(TypeMirror type) {
    return switch (type) {
      case DeclaredType d when d.getTypeArguments().isEmpty() -> simpleName(d);
      case DeclaredType d ->
          simpleName(d)
              + d.getTypeArguments().stream()
                  .map(MirrorType::display)
                  .collect(Collectors.joining(", ", "<", ">"));
      case ArrayType a -> display(a.getComponentType()) + "[]";
      case WildcardType w when w.getSuperBound() != null -> "? super " + display(w.getSuperBound());
      case WildcardType w when w.getExtendsBound() != null ->
          "? extends " + display(w.getExtendsBound());
      case WildcardType w -> "?";
      case TypeVariable v -> v.asElement().getSimpleName().toString();
      default -> type.getKind().name().toLowerCase(Locale.ROOT);
    };
  }

  private static String simpleName(DeclaredType type) {
    return type.asElement().getSimpleName().toString();
  }

  @Override
  public boolean accepts(FlowType other) {
    if (!(other instanceof MirrorType mirror)) {
      return false;
    }
    var from = bound(mirror.type);
    var to = bound(type);
    if (from.getKind() == TypeKind.VOID || to.getKind() == TypeKind.VOID) {
      return false;
    }
    boolean bothPrimitive = from.getKind().isPrimitive() && to.getKind().isPrimitive();
    return bothPrimitive ? from.getKind() == to.getKind() : types.isSubtype(boxed(from), boxed(to));
  }

  private TypeMirror bound(TypeMirror mirror) {
    if (!(mirror instanceof WildcardType wildcard)) {
      return mirror;
    }
    return Optional.ofNullable(wildcard.getSuperBound())
        .or(() -> Optional.ofNullable(wildcard.getExtendsBound()))
        .orElseGet(() -> elements.getTypeElement("java.lang.Object").asType());
  }

  private TypeMirror boxed(TypeMirror mirror) {
    return mirror instanceof PrimitiveType primitive
        ? types.boxedClass(primitive).asType()
        : mirror;
  }

  @Override
  public Shape shape() {
    return switch (type) {
      case ArrayType a -> new Array(like(a.getComponentType()));
      case WildcardType w when w.getExtendsBound() != null && !isObject(w.getExtendsBound()) ->
          like(w.getExtendsBound()).shape();
      case WildcardType w -> new Declared("<?>", List.of());
      case DeclaredType d when d.asElement() instanceof TypeElement element -> shape(d, element);
      default ->
          type.getKind().isPrimitive() || type.getKind() == TypeKind.VOID
              ? new Primitive(display())
              : new Declared("<" + display() + ">", List.of());
    };
  }

  private static boolean isObject(TypeMirror bound) {
    return bound instanceof DeclaredType declared
        && declared.asElement() instanceof TypeElement element
        && element.getQualifiedName().contentEquals("java.lang.Object");
  }

  private Shape shape(DeclaredType declared, TypeElement element) {
    var name = elements.getBinaryName(element).toString();
    var unboxed = BOXES.get(name);
    if (unboxed != null) {
      return new Primitive(unboxed);
    }
    if (element.getKind() == ElementKind.ENUM) {
      return new Enumeration();
    }
    boolean known =
        name.startsWith("java.")
            || name.equals(NewVersion.class.getName())
            || name.equals(ModelVersion.class.getName());
    boolean isRecord = element.getKind() == ElementKind.RECORD;
    boolean family =
        element.getModifiers().contains(Modifier.SEALED)
            && (element.getKind() == ElementKind.INTERFACE
                || element.getModifiers().contains(Modifier.ABSTRACT));
    if (known || !(isRecord || family)) {
      return new Declared(
          name, declared.getTypeArguments().stream().<FlowType>map(this::like).toList());
    }
    if (!element.getTypeParameters().isEmpty() && declared.getTypeArguments().isEmpty()) {
      return new Declared("<raw>", List.of());
    }
    return family ? new Sealed(permitted(declared, element)) : components(declared, element);
  }

  private RecordShape components(DeclaredType declared, TypeElement element) {
    List<Component> components = new ArrayList<>();
    for (RecordComponentElement part : element.getRecordComponents()) {
      components.add(
          new Component(part.getSimpleName().toString(), like(componentType(declared, part))));
    }
    return new RecordShape(components);
  }

  private List<FlowType> permitted(DeclaredType family, TypeElement element) {
    return element.getPermittedSubclasses().stream()
        .<FlowType>map(
            member ->
                member instanceof DeclaredType declared
                        && declared.asElement() instanceof TypeElement subclass
                    ? like(member(subclass, family))
                    : like(member))
        .toList();
  }

  /** A member of a sealed family, its type arguments taken from those of the family. */
  private TypeMirror member(TypeElement member, DeclaredType family) {
    List<TypeMirror> arguments = new ArrayList<>();
    for (TypeParameterElement parameter : member.getTypeParameters()) {
      arguments.add(argumentFor(parameter, member, family));
    }
    return arguments.isEmpty()
        ? member.asType()
        : types.getDeclaredType(member, arguments.toArray(new TypeMirror[0]));
  }

  private TypeMirror argumentFor(
      TypeParameterElement parameter, TypeElement member, DeclaredType family) {
    for (TypeMirror parent : types.directSupertypes(member.asType())) {
      if (parent instanceof DeclaredType declared
          && declared.asElement().equals(family.asElement())) {
        for (int i = 0; i < declared.getTypeArguments().size(); i++) {
          if (types.isSameType(declared.getTypeArguments().get(i), parameter.asType())) {
            return family.getTypeArguments().get(i);
          }
        }
      }
    }
    return parameter.asType();
  }

  private TypeMirror componentType(DeclaredType declared, RecordComponentElement part) {
    return types.asMemberOf(declared, part);
  }

  /** Whether it, or a type that it is made of, could not be found: the compiler says so itself. */
  boolean isBroken() {
    return isBroken(type);
  }

  private static boolean isBroken(TypeMirror type) {
    if (type.getKind() == TypeKind.ERROR) {
      return true;
    }
    return switch (type) {
      case DeclaredType d -> d.getTypeArguments().stream().anyMatch(MirrorType::isBroken);
      case ArrayType a -> isBroken(a.getComponentType());
      case WildcardType w ->
          Optional.ofNullable(w.getExtendsBound()).filter(MirrorType::isBroken).isPresent()
              || Optional.ofNullable(w.getSuperBound()).filter(MirrorType::isBroken).isPresent();
      default -> false;
    };
  }

  /** By text: the compiler's own comparison takes time exponential in the depth of a type. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof MirrorType that && type.toString().equals(that.type.toString());
  }

  @Override
  public int hashCode() {
    return type.toString().hashCode();
  }

  @Override
  public String toString() {
    return display();
  }
}
