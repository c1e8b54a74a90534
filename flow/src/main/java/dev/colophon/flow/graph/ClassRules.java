package dev.colophon.flow.graph;

import dev.colophon.core.Name;
import dev.colophon.flow.graph.FlowDeclaration.Field;
import dev.colophon.flow.graph.FlowDeclaration.Step;
import dev.colophon.flow.graph.FlowDeclaration.Trait;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What each class, field and method of a flow must keep, looked at by itself. */
final class ClassRules {
  private static final String NAME_SHAPE =
      "expected a letter or digit, then up to 127 of A-Z a-z 0-9 . _ -";

  private static final Map<Trait, String> OF_CLASS =
      Map.of(
          Trait.NOT_A_CLASS,
          "is not a class; declare the flow as an ordinary class",
          Trait.ABSTRACT,
          "is abstract, but each task needs an instance of it; remove \"abstract\"",
          Trait.PRIVATE,
          "is private, but each task needs an instance of it; remove \"private\"",
          Trait.INNER,
          "belongs to an instance or a method of another class; make it static, or move it to a"
              + " file of its own",
          Trait.GENERIC,
          "has type parameters, which nobody could fill in; name the types",
          Trait.NO_DEFAULT_CONSTRUCTOR,
          "has no constructor without arguments, but each task needs an instance of it; take values"
              + " as @Param fields");

  private static final Map<Trait, String> OF_STEP =
      Map.of(
          Trait.PRIVATE,
          "is private; remove \"private\"",
          Trait.STATIC,
          "is static; remove \"static\"",
          Trait.ABSTRACT,
          "is abstract; give it a body",
          Trait.VARARGS,
          "takes a varying number of arguments; declare one argument for each value",
          Trait.GENERIC,
          "has type parameters, which nobody could fill in; name the types");

  private final FlowDeclaration flow;
  private final Problems problems;

  ClassRules(FlowDeclaration flow, Problems problems) {
    this.flow = flow;
    this.problems = problems;
  }

  void check() {
    checkClass();
    Set<String> inheritedFrom = new HashSet<>();
    for (Field field : flow.fields()) {
      if (field.owner().equals(flow.className())) {
        checkField(field);
      } else if (!isConstant(field) && inheritedFrom.add(field.owner())) {
        problems.add(
            field.position(),
            "superclass %s has a field \"%s\", but a flow holds nothing but @Params of its own;"
                    .formatted(field.owner(), field.name())
                + " don't extend "
                + field.owner());
      }
    }
    flow.steps().forEach(this::checkStep);
  }

  private void checkClass() {
    if (!flow.marked()) {
      problems.add(
          flow.position(),
          "class %s has @Steps or @Params, but is not marked @Flow; write @Flow above it"
              .formatted(flow.className()));
    }
    for (Trait trait : Trait.values()) {
      if (OF_CLASS.containsKey(trait) && flow.traits().contains(trait) && !follows(trait)) {
        problems.add(
            flow.position(), "flow %s %s".formatted(flow.className(), OF_CLASS.get(trait)));
      }
    }
    if (!Name.isValid(flow.flowName())) {
      problems.add(flow.position(), "flow name \"%s\": %s".formatted(flow.flowName(), NAME_SHAPE));
    }
    flow.project()
        .filter(project -> !Name.isValid(project))
        .ifPresent(
            project ->
                problems.add(
                    flow.position(), "project name \"%s\": %s".formatted(project, NAME_SHAPE)));
    if (flow.steps().isEmpty()) {
      problems.add(
          flow.position(),
          "flow %s has no steps; mark a method with @Step".formatted(flow.className()));
    }
  }

  /** The constructor that the compiler gives to a private class is private too. */
  private boolean follows(Trait trait) {
    return trait == Trait.NO_DEFAULT_CONSTRUCTOR && flow.traits().contains(Trait.PRIVATE);
  }

  private static boolean isConstant(Field field) {
    return field.traits().contains(Trait.STATIC) && field.traits().contains(Trait.FINAL);
  }

  private void checkField(Field field) {
    if (field.help().isPresent()) {
      checkParam(field);
    } else if (!field.traits().contains(Trait.STATIC)) {
      problems.add(
          field.position(),
          "field \"%s\" would be lost, since each task gets a new instance; return its value from a"
                  .formatted(field.name())
              + " step, or mark it @Param");
    } else if (!field.traits().contains(Trait.FINAL)) {
      problems.add(
          field.position(),
          "static field \"%s\" can change between two tasks; make it final"
              .formatted(field.name()));
    }
  }

  private void checkParam(Field field) {
    for (Trait trait : new Trait[] {Trait.STATIC, Trait.FINAL}) {
      if (field.traits().contains(trait)) {
        var word = trait == Trait.STATIC ? "static" : "final";
        problems.add(
            field.position(),
            "@Param on %s field \"%s\", which a run can't set; remove \"%s\""
                .formatted(word, field.name(), word));
      }
    }
    if (!Scalar.isGiven(field.type())) {
      problems.add(
          field.position(),
          "parameter \"%s\" has type %s, which nobody can type; expected a number, boolean, text,"
                  .formatted(field.name(), field.type().display())
              + " enum, java.time value, Path, BigDecimal, BigInteger, UUID, URI, a record (given"
              + " as JSON) or a List of one of these");
    }
  }

  private void checkStep(Step step) {
    if (!step.owner().equals(flow.className())) {
      problems.add(
          step.position(),
          "step %s is inherited from %s; declare it in %s itself"
              .formatted(step.name(), step.owner(), flow.className()));
      return;
    }
    if (!Name.isValid(step.name())) {
      problems.add(step.position(), "step name \"%s\": %s".formatted(step.name(), NAME_SHAPE));
    }
    for (Trait trait : Trait.values()) {
      if (OF_STEP.containsKey(trait) && step.traits().contains(trait)) {
        problems.add(step.position(), "step %s %s".formatted(step.name(), OF_STEP.get(trait)));
      }
    }
    if (!step.traits().contains(Trait.GENERIC)) {
      Storable.whyNot(step.result())
          .ifPresent(
              why ->
                  problems.add(
                      step.position(),
                      "step %s returns %s, which can't be stored: %s"
                          .formatted(step.name(), step.result().display(), why)));
    }
  }
}
