package dev.colophon.flow.graph;

import dev.colophon.flow.SecretValue;
import dev.colophon.flow.TaskContext;
import dev.colophon.flow.graph.BoundStep.Binding;
import dev.colophon.flow.graph.BoundStep.OfElement;
import dev.colophon.flow.graph.BoundStep.OfParam;
import dev.colophon.flow.graph.BoundStep.OfStep;
import dev.colophon.flow.graph.BoundStep.Ready;
import dev.colophon.flow.graph.FlowDeclaration.Argument;
import dev.colophon.flow.graph.FlowDeclaration.Field;
import dev.colophon.flow.graph.FlowDeclaration.Step;
import dev.colophon.flow.graph.FlowGraph.ContextArgument;
import dev.colophon.flow.graph.FlowGraph.DatasetArgument;
import dev.colophon.flow.graph.FlowGraph.RandomArgument;
import dev.colophon.flow.graph.FlowGraph.SecretArgument;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** Finds what the arguments of a step name, and refuses annotations that make no sense. */
final class Binder {
  private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

  private final Names names;
  private final Problems problems;

  Binder(Names names, Problems problems) {
    this.names = names;
    this.problems = problems;
  }

  BoundStep bind(Step step) {
    List<Binding> bindings = new ArrayList<>();
    Map<String, String> dimensions = new HashMap<>();
    for (Argument argument : step.arguments()) {
      bind(step, argument).ifPresent(bindings::add);
      if (argument.each().isPresent()) {
        var source = argument.each().get();
        var other = dimensions.putIfAbsent(source, argument.name());
        if (other != null) {
          refuse(
              argument,
              "arguments \"%s\" and \"%s\" are both @Each(\"%s\"), which is one dimension; keep one"
                  .formatted(other, argument.name(), source));
        }
      }
    }
    return new BoundStep(step, bindings);
  }

  private Optional<Binding> bind(Step step, Argument argument) {
    var marks = marks(argument);
    if (marks.size() > 1) {
      return refuse(
          argument,
          "argument \"%s\" is marked %s; keep one"
              .formatted(argument.name(), String.join(" and ", marks)));
    }
    var offered = offered(argument);
    if (offered.isPresent()) {
      return marks.isEmpty()
          ? offered.map(Ready::new)
          : refuse(
              argument,
              "%s on argument \"%s\", which is a %s that the engine offers; remove %s"
                  .formatted(
                      marks.getFirst(),
                      argument.name(),
                      argument.type().display(),
                      marks.getFirst()));
    }
    if (argument.input().isPresent()) {
      return dataset(argument, argument.input().get());
    }
    if (argument.secret().isPresent()) {
      return secret(argument, argument.secret().get());
    }
    return argument.each().isPresent()
        ? element(step, argument, argument.each().get())
        : value(step, argument);
  }

  private static List<String> marks(Argument argument) {
    List<String> marks = new ArrayList<>();
    argument.each().ifPresent(source -> marks.add("@Each"));
    if (argument.all()) {
      marks.add("@All");
    }
    argument.input().ifPresent(pattern -> marks.add("@Input"));
    argument.secret().ifPresent(name -> marks.add("@Secret"));
    return marks;
  }

  private static Optional<FlowGraph.Argument> offered(Argument argument) {
    if (argument.type().is(TaskContext.class)) {
      return Optional.of(new ContextArgument(argument.name(), argument.type()));
    }
    return argument.type().is(RandomGenerator.class)
        ? Optional.of(new RandomArgument(argument.name(), argument.type()))
        : Optional.empty();
  }

  private Optional<Binding> dataset(Argument argument, String pattern) {
    boolean many = argument.type().argumentOf(List.class).filter(t -> t.is(Path.class)).isPresent();
    if (!many && !argument.type().is(Path.class)) {
      return refuse(
          argument,
          "@Input on argument \"%s\", which has type %s; expected Path, or List<Path> for a glob"
              .formatted(argument.name(), argument.type().display()));
    }
    if (pattern.isBlank()) {
      return refuse(
          argument,
          "@Input on argument \"%s\" names nothing; expected a path or glob, such as"
                  .formatted(argument.name())
              + " \"data/flights.csv\"");
    }
    if (!many && pattern.contains("*")) {
      return refuse(
          argument,
          "@Input(\"%s\") is a glob, but argument \"%s\" is one Path; declare List<Path> %s"
              .formatted(pattern, argument.name(), argument.name()));
    }
    return Optional.of(
        new Ready(new DatasetArgument(argument.name(), argument.type(), pattern, many)));
  }

  private Optional<Binding> secret(Argument argument, String secret) {
    var type = argument.type();
    boolean text = type.display().equals("String") || type.display().equals("char[]");
    if (!text && !type.is(SecretValue.class)) {
      return refuse(
          argument,
          "@Secret on argument \"%s\", which has type %s; expected SecretValue, String or char[]"
              .formatted(argument.name(), type.display()));
    }
    if (!SECRET.matcher(secret).matches()) {
      return refuse(
          argument,
          "@Secret(\"%s\") on argument \"%s\": expected a name of letters, digits, \".\", \"-\" and"
                  .formatted(secret, argument.name())
              + " \"_\", such as \"db-password\"");
    }
    return Optional.of(new Ready(new SecretArgument(argument.name(), type, secret)));
  }

  private Optional<Binding> element(Step step, Argument argument, String source) {
    var producer = names.step(source);
    if (producer.isPresent()) {
      return producer.get().equals(step)
          ? readsItself(step, argument)
          : Optional.of(new OfElement(argument, source, producer.get().result(), producer));
    }
    return names
        .param(source)
        .<Binding>map(param -> new OfElement(argument, source, param.type(), Optional.empty()))
        .or(() -> refuse(argument, names.unknown(source)));
  }

  private Optional<Binding> value(Step step, Argument argument) {
    var producer = names.step(argument.name());
    if (producer.isPresent()) {
      return producer.get().equals(step)
          ? readsItself(step, argument)
          : Optional.of(new OfStep(argument, producer.get()));
    }
    var param = names.param(argument.name());
    if (param.isPresent()) {
      return param(argument, param.get());
    }
    var type = argument.type();
    if (type.is(SecretValue.class)) {
      return refuse(
          argument,
          "argument \"%s\" has type SecretValue, but doesn't say which secret; write @Secret(\"%s\")"
              .formatted(argument.name(), argument.name()));
    }
    return type.is(Random.class) || type.is(SplittableRandom.class)
        ? refuse(
            argument,
            "argument \"%s\" has type %s, but the engine offers a seeded RandomGenerator; declare"
                    .formatted(argument.name(), type.display())
                + " RandomGenerator "
                + argument.name())
        : refuse(argument, names.unknown(argument.name()));
  }

  private Optional<Binding> param(Argument argument, Field param) {
    return argument.all()
        ? refuse(
            argument,
            "@All on argument \"%s\", which is a parameter; remove @All".formatted(argument.name()))
        : Optional.of(new OfParam(argument, param));
  }

  private Optional<Binding> readsItself(Step step, Argument argument) {
    return refuse(
        argument,
        "step %s reads its own value; rename the argument or remove it".formatted(step.name()));
  }

  private Optional<Binding> refuse(Argument argument, String message) {
    problems.add(argument.position(), message);
    return Optional.empty();
  }
}
