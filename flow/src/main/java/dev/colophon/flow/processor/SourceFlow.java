package dev.colophon.flow.processor;

import dev.colophon.flow.All;
import dev.colophon.flow.Cache;
import dev.colophon.flow.Each;
import dev.colophon.flow.Flow;
import dev.colophon.flow.Input;
import dev.colophon.flow.Param;
import dev.colophon.flow.Project;
import dev.colophon.flow.Secret;
import dev.colophon.flow.Step;
import dev.colophon.flow.graph.FlowDeclaration;
import dev.colophon.flow.graph.FlowDeclaration.Argument;
import dev.colophon.flow.graph.FlowDeclaration.Field;
import dev.colophon.flow.graph.FlowDeclaration.Trait;
import dev.colophon.flow.graph.Position;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.NestingKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/**
 * Reads a flow from its source. The compiler knows the lines and isn't asked for them: each {@link
 * Position} stands for an element, at which the compiler reports.
 */
final class SourceFlow {
  private final TypeElement flow;
  private final Types types;
  private final Elements elements;
  private final IdentityHashMap<Position, Element> places = new IdentityHashMap<>();
  private boolean broken;

  SourceFlow(TypeElement flow, Types types, Elements elements) {
    this.flow = flow;
    this.types = types;
    this.elements = elements;
  }

  /** What the class declares, unchecked. */
  FlowDeclaration read() {
    var simpleName = flow.getSimpleName().toString();
    var mark = Optional.ofNullable(flow.getAnnotation(Flow.class));
    return new FlowDeclaration(
        simpleName,
        mark.map(Flow::value).filter(name -> !name.isEmpty()).orElse(simpleName),
        Optional.ofNullable(flow.getAnnotation(Project.class)).map(Project::value),
        mark.isPresent(),
        classTraits(),
        at(flow),
        fields(),
        steps());
  }

  /** The element that a position of this flow stands for. */
  Element place(Position position) {
    return places.getOrDefault(position, flow);
  }

  /** Whether a type in it could not be found, so that there is nothing to check yet. */
  boolean isBroken() {
    return broken;
  }

  private Position at(Element element) {
    var position = new Position(flow.getSimpleName() + ".java", 0, 0);
    places.put(position, element);
    return position;
  }

  private Set<Trait> classTraits() {
    if (flow.getKind() != ElementKind.CLASS) {
      return Set.of(Trait.NOT_A_CLASS);
    }
    var traits = traits(flow);
    boolean nested = flow.getNestingKind() != NestingKind.TOP_LEVEL;
    if (nested && !flow.getModifiers().contains(Modifier.STATIC)) {
      traits.add(Trait.INNER);
    } else if (ElementFilter.constructorsIn(flow.getEnclosedElements()).stream()
        .noneMatch(
            c -> c.getParameters().isEmpty() && !c.getModifiers().contains(Modifier.PRIVATE))) {
      traits.add(Trait.NO_DEFAULT_CONSTRUCTOR);
    }
    if (!flow.getTypeParameters().isEmpty()) {
      traits.add(Trait.GENERIC);
    }
    return traits;
  }

  private static Set<Trait> traits(Element element) {
    Set<Trait> traits = EnumSet.noneOf(Trait.class);
    for (Modifier modifier : element.getModifiers()) {
      switch (modifier) {
        case ABSTRACT -> traits.add(Trait.ABSTRACT);
        case PRIVATE -> traits.add(Trait.PRIVATE);
        case STATIC -> traits.add(Trait.STATIC);
        case FINAL -> traits.add(Trait.FINAL);
        default -> {}
      }
    }
    return traits;
  }

  private List<Field> fields() {
    List<Field> fields = new ArrayList<>();
    for (TypeElement type : lineage()) {
      for (VariableElement field : ElementFilter.fieldsIn(type.getEnclosedElements())) {
        if (field.getKind() == ElementKind.FIELD) {
          fields.add(field(field, type));
        }
      }
    }
    return fields;
  }

  private Field field(VariableElement field, TypeElement owner) {
    return new Field(
        field.getSimpleName().toString(),
        owner.getSimpleName().toString(),
        type(field.asType()),
        traits(field),
        Optional.ofNullable(field.getAnnotation(Param.class)).map(Param::value),
        at(owner.equals(flow) ? field : flow));
  }

  private FlowDeclaration.Step step(ExecutableElement method, TypeElement owner) {
    var traits = traits(method);
    if (method.isVarArgs()) {
      traits.add(Trait.VARARGS);
    }
    if (!method.getTypeParameters().isEmpty()) {
      traits.add(Trait.GENERIC);
    }
    var name = method.getSimpleName().toString();
    var given = Optional.ofNullable(method.getAnnotation(Step.class));
    if (given.map(Step::cache).orElse(Cache.ON) == Cache.OFF) {
      traits.add(Trait.UNCACHED);
    }
    return new FlowDeclaration.Step(
        given.map(Step::value).filter(text -> !text.isEmpty()).orElse(name),
        name,
        owner.getSimpleName().toString(),
        traits,
        type(method.getReturnType()),
        method.getParameters().stream().map(this::argument).toList(),
        at(owner.equals(flow) ? method : flow));
  }

  private Argument argument(VariableElement parameter) {
    return new Argument(
        parameter.getSimpleName().toString(),
        type(parameter.asType()),
        Optional.ofNullable(parameter.getAnnotation(Each.class)).map(Each::value),
        parameter.getAnnotation(All.class) != null,
        Optional.ofNullable(parameter.getAnnotation(Input.class)).map(Input::value),
        Optional.ofNullable(parameter.getAnnotation(Secret.class)).map(Secret::value),
        at(parameter));
  }

  private MirrorType type(TypeMirror mirror) {
    var type = new MirrorType(mirror, types, elements);
    broken |= type.isBroken();
    return type;
  }

  private List<FlowDeclaration.Step> steps() {
    Set<TypeElement> owners = new LinkedHashSet<>(lineage());
    lineage().forEach(type -> interfaces(type, owners));
    List<FlowDeclaration.Step> steps = new ArrayList<>();
    for (TypeElement owner : owners) {
      for (ExecutableElement method : ElementFilter.methodsIn(owner.getEnclosedElements())) {
        if (method.getAnnotation(Step.class) != null) {
          steps.add(step(method, owner));
        }
      }
    }
    return steps;
  }

  /** The flow, then its superclasses. */
  private List<TypeElement> lineage() {
    List<TypeElement> lineage = new ArrayList<>(List.of(flow));
    while (lineage.getLast().getSuperclass() instanceof DeclaredType parent
        && parent.asElement() instanceof TypeElement element
        && !element.getQualifiedName().contentEquals("java.lang.Object")) {
      lineage.add(element);
    }
    return lineage;
  }

  private static void interfaces(TypeElement type, Set<TypeElement> found) {
    for (TypeMirror face : type.getInterfaces()) {
      if (face instanceof DeclaredType declared
          && declared.asElement() instanceof TypeElement element
          && found.add(element)) {
        interfaces(element, found);
      }
    }
  }
}
