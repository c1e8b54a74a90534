package dev.colophon.flow.reflect;

import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.flow.All;
import dev.colophon.flow.Cache;
import dev.colophon.flow.Each;
import dev.colophon.flow.Flow;
import dev.colophon.flow.Input;
import dev.colophon.flow.Param;
import dev.colophon.flow.Project;
import dev.colophon.flow.Secret;
import dev.colophon.flow.Step;
import dev.colophon.flow.graph.CheckedFlow;
import dev.colophon.flow.graph.FlowChecker;
import dev.colophon.flow.graph.FlowDeclaration;
import dev.colophon.flow.graph.FlowDeclaration.Argument;
import dev.colophon.flow.graph.FlowDeclaration.Field;
import dev.colophon.flow.graph.FlowDeclaration.Trait;
import dev.colophon.flow.graph.FlowGraph;
import dev.colophon.flow.graph.Position;
import dev.colophon.flow.graph.Problem;
import java.lang.reflect.Executable;
import java.lang.reflect.MalformedParameterizedTypeException;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads flows from their compiled classes. The class is not initialised, and nothing of it runs.
 * Positions are the best that a class file holds: a method stands at the first line of its body, as
 * do its arguments; a field at its initialiser; columns are unknown.
 */
public final class ReflectedFlow {
  private ReflectedFlow() {}

  /**
   * The checked graph of a flow; all its types are {@link ReflectedType}s.
   *
   * @throws Invalid listing all problems, one a line
   */
  public static FlowGraph graph(Class<?> flow) {
    return switch (FlowChecker.check(read(flow))) {
      case CheckedFlow.Valid(FlowGraph graph) -> graph;
      case CheckedFlow.Refused(List<Problem> problems) ->
          throw new Invalid(
              problems.stream()
                  .map(Problem::toString)
                  .collect(
                      Collectors.joining(
                          "\n  ", "flow %s cannot run:\n  ".formatted(flow.getSimpleName()), "")));
    };
  }

  /**
   * What the class declares, unchecked.
   *
   * @throws Invalid if it was compiled without parameter names, or names a class that is missing
   */
  public static FlowDeclaration read(Class<?> flow) {
    try {
      var lines = ClassLines.of(flow);
      return new FlowDeclaration(
          flow.getSimpleName(),
          Optional.ofNullable(flow.getAnnotation(Flow.class))
              .map(Flow::value)
              .filter(name -> !name.isEmpty())
              .orElse(flow.getSimpleName()),
          Optional.ofNullable(flow.getAnnotation(Project.class)).map(Project::value),
          flow.isAnnotationPresent(Flow.class),
          traits(flow),
          lines.ofClass(),
          fields(flow, lines),
          steps(flow, lines));
    } catch (LinkageError | TypeNotPresentException | MalformedParameterizedTypeException e) {
      throw new Invalid(
          "flow %s names a class that is not on its class path (%s); add the library"
              .formatted(flow.getSimpleName(), e.getMessage()),
          e);
    }
  }

  private static Set<Trait> traits(Class<?> flow) {
    var traits = traits(flow.getModifiers());
    if (flow.isInterface() || flow.isRecord() || flow.isEnum()) {
      return Set.of(Trait.NOT_A_CLASS);
    }
    boolean isStatic = Modifier.isStatic(flow.getModifiers());
    boolean nested = flow.isMemberClass() && !isStatic;
    if (nested || flow.isLocalClass() || flow.isAnonymousClass()) {
      traits.add(Trait.INNER);
    } else if (Arrays.stream(flow.getDeclaredConstructors())
        .noneMatch(c -> c.getParameterCount() == 0 && !Modifier.isPrivate(c.getModifiers()))) {
      traits.add(Trait.NO_DEFAULT_CONSTRUCTOR);
    }
    if (flow.getTypeParameters().length > 0) {
      traits.add(Trait.GENERIC);
    }
    return traits;
  }

  private static Set<Trait> traits(int modifiers) {
    Set<Trait> traits = EnumSet.noneOf(Trait.class);
    if (Modifier.isAbstract(modifiers)) {
      traits.add(Trait.ABSTRACT);
    }
    if (Modifier.isPrivate(modifiers)) {
      traits.add(Trait.PRIVATE);
    }
    if (Modifier.isStatic(modifiers)) {
      traits.add(Trait.STATIC);
    }
    if (Modifier.isFinal(modifiers)) {
      traits.add(Trait.FINAL);
    }
    return traits;
  }

  private static List<Field> fields(Class<?> flow, ClassLines lines) {
    List<Field> fields = new ArrayList<>();
    Arrays.stream(flow.getDeclaredFields())
        .filter(field -> !field.isSynthetic())
        .sorted(lines.fieldOrder())
        .forEach(field -> fields.add(field(field, lines.of(field))));
    for (Class<?> parent : superclasses(flow)) {
      Arrays.stream(parent.getDeclaredFields())
          .filter(field -> !field.isSynthetic())
          .forEach(field -> fields.add(field(field, lines.ofClass())));
    }
    return fields;
  }

  private static Field field(java.lang.reflect.Field field, Position position) {
    return new Field(
        field.getName(),
        owner(field),
        new ReflectedType(field.getGenericType()),
        traits(field.getModifiers()),
        Optional.ofNullable(field.getAnnotation(Param.class)).map(Param::value),
        position);
  }

  private static String owner(Member member) {
    return member.getDeclaringClass().getSimpleName();
  }

  private static List<Class<?>> superclasses(Class<?> type) {
    List<Class<?>> parents = new ArrayList<>();
    for (var at = type.getSuperclass(); at != null; at = at.getSuperclass()) {
      if (at != Object.class) {
        parents.add(at);
      }
    }
    return parents;
  }

  private static List<FlowDeclaration.Step> steps(Class<?> flow, ClassLines lines) {
    List<FlowDeclaration.Step> steps = new ArrayList<>();
    own(flow).sorted(lines.methodOrder()).forEach(m -> steps.add(step(m, lines.of(m))));
    Set<Class<?>> parents = new LinkedHashSet<>(superclasses(flow));
    interfaces(flow, parents);
    for (Class<?> parent : parents) {
      own(parent).forEach(m -> steps.add(step(m, lines.ofClass())));
    }
    return steps;
  }

  private static void interfaces(Class<?> type, Set<Class<?>> found) {
    for (var at = type; at != null; at = at.getSuperclass()) {
      for (Class<?> face : at.getInterfaces()) {
        found.add(face);
        interfaces(face, found);
      }
    }
  }

  private static Stream<Method> own(Class<?> type) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(method -> method.isAnnotationPresent(Step.class) && !method.isBridge());
  }

  private static FlowDeclaration.Step step(Method method, Position position) {
    var traits = traits(method.getModifiers());
    if (method.isVarArgs()) {
      traits.add(Trait.VARARGS);
    }
    if (method.getTypeParameters().length > 0) {
      traits.add(Trait.GENERIC);
    }
    var given = method.getAnnotation(Step.class);
    if (given != null && given.cache() == Cache.OFF) {
      traits.add(Trait.UNCACHED);
    }
    return new FlowDeclaration.Step(
        given == null || given.value().isEmpty() ? method.getName() : given.value(),
        method.getName(),
        owner(method),
        traits,
        new ReflectedType(method.getGenericReturnType()),
        arguments(method, position),
        position);
  }

  private static List<Argument> arguments(Executable method, Position position) {
    List<Argument> arguments = new ArrayList<>();
    var types = method.getGenericParameterTypes();
    var parameters = method.getParameters();
    for (int i = 0; i < parameters.length; i++) {
      arguments.add(argument(parameters[i], types[i], position));
    }
    return arguments;
  }

  private static Argument argument(Parameter parameter, Type type, Position position) {
    if (!parameter.isNamePresent()) {
      throw new Invalid(
          "%s was compiled without the names of parameters, by which steps are wired; compile with"
                  .formatted(position)
              + " -parameters (Maven: <maven.compiler.parameters>true</maven.compiler.parameters>)");
    }
    return new Argument(
        parameter.getName(),
        new ReflectedType(type),
        Optional.ofNullable(parameter.getAnnotation(Each.class)).map(Each::value),
        parameter.isAnnotationPresent(All.class),
        Optional.ofNullable(parameter.getAnnotation(Input.class)).map(Input::value),
        Optional.ofNullable(parameter.getAnnotation(Secret.class)).map(Secret::value),
        position);
  }
}
