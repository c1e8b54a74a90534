package dev.colophon.flow.graph;

import dev.colophon.core.Name;
import dev.colophon.flow.Artifact;
import dev.colophon.flow.ModelVersion;
import dev.colophon.flow.NewVersion;
import dev.colophon.flow.graph.BoundStep.Binding;
import dev.colophon.flow.graph.BoundStep.OfElement;
import dev.colophon.flow.graph.BoundStep.OfParam;
import dev.colophon.flow.graph.BoundStep.OfStep;
import dev.colophon.flow.graph.BoundStep.Ready;
import dev.colophon.flow.graph.FlowDeclaration.Argument;
import dev.colophon.flow.graph.FlowDeclaration.Step;
import dev.colophon.flow.graph.FlowGraph.ElementArgument;
import dev.colophon.flow.graph.FlowGraph.Gather;
import dev.colophon.flow.graph.FlowGraph.ParamArgument;
import dev.colophon.flow.graph.FlowGraph.StepArgument;
import dev.colophon.flow.graph.FlowGraph.StepNode;
import dev.colophon.flow.graph.FlowGraph.Wrapping;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;

/**
 * Compares the types of arguments with those of what they name, and works out the dimensions of
 * each step from those of the steps that it reads. Wants the steps in their order; confined to one
 * check.
 */
final class Wiring {
  /** Of the steps so far that are right. */
  private final Map<String, List<String>> dimensions = new HashMap<>();

  private final Problems problems;

  Wiring(Problems problems) {
    this.problems = problems;
  }

  /** The checked step; empty if it is wrong, or reads one that is. */
  Optional<StepNode> wire(BoundStep bound) {
    SequencedSet<String> own = new LinkedHashSet<>();
    List<FlowGraph.Argument> arguments = new ArrayList<>();
    for (Binding binding : bound.bindings()) {
      if (binding.reads().filter(step -> !dimensions.containsKey(step.name())).isEmpty()) {
        argument(binding, own).ifPresent(arguments::add);
      }
    }
    var step = bound.step();
    if (arguments.size() < step.arguments().size() || !Name.isValid(step.name())) {
      return Optional.empty();
    }
    dimensions.put(step.name(), List.copyOf(own));
    return Optional.of(
        new StepNode(
            Name.of(step.name()),
            step.method(),
            List.copyOf(own),
            arguments,
            step.result(),
            !step.traits().contains(FlowDeclaration.Trait.UNCACHED)));
  }

  private Optional<? extends FlowGraph.Argument> argument(
      Binding binding, SequencedSet<String> own) {
    return switch (binding) {
      case Ready ready -> Optional.of(ready.argument());
      case OfParam(Argument argument, FlowDeclaration.Field param) -> param(argument, param);
      case OfElement element -> element(element, own);
      case OfStep(Argument argument, Step source) -> {
        var taken = value(argument, source);
        taken.ifPresent(value -> own.addAll(left(value)));
        yield taken;
      }
    };
  }

  /** The dimensions of the source that an argument doesn't close. */
  private List<String> left(StepArgument value) {
    var all = dimensionsOf(value.step().text());
    return switch (value.gather()) {
      case ONE -> all;
      case INNERMOST -> all.subList(0, all.size() - 1);
      case ALL -> List.of();
    };
  }

  private List<String> dimensionsOf(String step) {
    return dimensions.getOrDefault(step, List.of());
  }

  private Optional<ParamArgument> param(Argument argument, FlowDeclaration.Field param) {
    return argument.type().accepts(param.type())
        ? Optional.of(new ParamArgument(argument.name(), argument.type()))
        : refuse(
            argument,
            "argument \"%s\" has type %s, but parameter %s has type %s; declare %s %s"
                .formatted(
                    argument.name(),
                    argument.type().display(),
                    param.name(),
                    param.type().display(),
                    param.type().display(),
                    argument.name()));
  }

  private Optional<ElementArgument> element(OfElement element, SequencedSet<String> own) {
    var argument = element.argument();
    var member = element.list().argumentOf(List.class);
    if (member.isEmpty()) {
      return refuse(
          argument,
          "@Each(\"%s\") on argument \"%s\", but %s has type %s, which is no List; make it List<%s>"
              .formatted(
                  element.source(),
                  argument.name(),
                  element.source(),
                  element.list().display(),
                  boxed(argument.type())));
    }
    if (!argument.type().accepts(member.get())) {
      return refuse(
          argument,
          "argument \"%s\" has type %s, but the elements of %s have type %s; declare %s %s"
              .formatted(
                  argument.name(),
                  argument.type().display(),
                  element.source(),
                  member.get().display(),
                  member.get().display(),
                  argument.name()));
    }
    element.reads().ifPresent(source -> own.addAll(dimensionsOf(source.name())));
    own.add(element.source());
    return Optional.of(new ElementArgument(argument.name(), argument.type(), element.source()));
  }

  private Optional<StepArgument> value(Argument argument, Step source) {
    if (source.result().shape().equals(new FlowType.Primitive("void"))) {
      return refuse(
          argument,
          "argument \"%s\" is the value of step %s, which returns nothing; let it return a value,"
                  .formatted(argument.name(), source.name())
              + " or remove the argument");
    }
    return argument.all() ? all(argument, source) : plain(argument, source);
  }

  private Optional<StepArgument> all(Argument argument, Step source) {
    if (dimensionsOf(source.name()).isEmpty()) {
      return refuse(
          argument,
          "@All on argument \"%s\", but step %s is not fanned out, so there is nothing to join;"
                  .formatted(argument.name(), source.name())
              + " declare %s %s".formatted(arriving(source), argument.name()));
    }
    return joined(argument, source, Gather.ALL)
        .or(
            () ->
                refuse(
                    argument,
                    "argument \"%s\" has type %s, but step %s returns %s; declare @All List<%s> %s"
                        .formatted(
                            argument.name(),
                            argument.type().display(),
                            source.name(),
                            source.result().display(),
                            boxed(source),
                            argument.name())));
  }

  private Optional<StepArgument> plain(Argument argument, Step source) {
    var type = argument.type();
    boolean fanned = !dimensionsOf(source.name()).isEmpty();
    return one(argument, source, type, Wrapping.PLAIN)
        .or(() -> wrapped(argument, source, Optional.class, Wrapping.OPTIONAL))
        .or(() -> wrapped(argument, source, Artifact.class, Wrapping.HANDLE))
        .or(() -> fanned ? joined(argument, source, Gather.INNERMOST) : Optional.empty())
        .or(() -> refuse(argument, mismatch(argument, source, fanned)));
  }

  private static Optional<StepArgument> wrapped(
      Argument argument, Step source, Class<?> wrapper, Wrapping wrapping) {
    return argument
        .type()
        .argumentOf(wrapper)
        .flatMap(inside -> one(argument, source, inside, wrapping));
  }

  private static Optional<StepArgument> one(
      Argument argument, Step source, FlowType wanted, Wrapping wrapping) {
    return accepts(wanted, source)
        ? Optional.of(bound(argument, source, Gather.ONE, wrapping))
        : Optional.empty();
  }

  private static Optional<StepArgument> joined(Argument argument, Step source, Gather gather) {
    return argument
        .type()
        .argumentOf(List.class)
        .flatMap(
            member -> {
              if (accepts(member, source)) {
                return Optional.of(bound(argument, source, gather, Wrapping.PLAIN));
              }
              return member
                  .argumentOf(Artifact.class)
                  .filter(inside -> accepts(inside, source))
                  .map(inside -> bound(argument, source, gather, Wrapping.HANDLE));
            });
  }

  private static StepArgument bound(
      Argument argument, Step source, Gather gather, Wrapping wrapping) {
    return new StepArgument(
        argument.name(), argument.type(), Name.of(source.name()), gather, wrapping);
  }

  private static boolean accepts(FlowType wanted, Step source) {
    return source.result().is(NewVersion.class)
        ? wanted.is(ModelVersion.class)
        : wanted.accepts(source.result());
  }

  private String mismatch(Argument argument, Step source, boolean fanned) {
    var name = argument.name();
    var found = "argument \"%s\" has type %s, but ".formatted(name, argument.type().display());
    var arriving = arriving(source);
    if (fanned) {
      return found
          + "step %s returns %s, once for each of %s; declare %s %s for one of them, List<%s> %s"
              .formatted(
                  source.name(),
                  source.result().display(),
                  String.join(", ", dimensionsOf(source.name())),
                  arriving,
                  name,
                  boxed(source),
                  name)
          + " to join the last, or @All List<%s> %s to join them all"
              .formatted(boxed(source), name);
    }
    return found
        + "step %s %s; declare %s %s"
            .formatted(source.name(), gives(argument, source), arriving, name);
  }

  /** What a step without dimensions does instead. */
  private static String gives(Argument argument, Step source) {
    var result = source.result().display();
    if (source.result().is(NewVersion.class)) {
      return "returns NewVersion, which arrives with its number";
    }
    boolean joins =
        argument.type().argumentOf(List.class).filter(t -> accepts(t, source)).isPresent();
    return joins ? "is not fanned out and returns one " + result : "returns " + result;
  }

  /** The type in which the value of a step arrives at others. */
  private static String arriving(Step source) {
    return source.result().is(NewVersion.class) ? "ModelVersion" : source.result().display();
  }

  private static String boxed(Step source) {
    return source.result().is(NewVersion.class) ? "ModelVersion" : boxed(source.result());
  }

  /** The type as it is written as a type argument. */
  private static String boxed(FlowType type) {
    return switch (type.display()) {
      case "int" -> "Integer";
      case "char" -> "Character";
      case "boolean" -> "Boolean";
      case "byte" -> "Byte";
      case "short" -> "Short";
      case "long" -> "Long";
      case "float" -> "Float";
      case "double" -> "Double";
      default -> type.display();
    };
  }

  private <T> Optional<T> refuse(Argument argument, String message) {
    problems.add(argument.position(), message);
    return Optional.empty();
  }
}
