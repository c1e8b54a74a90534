package dev.colophon.flow.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.SequencedSet;

/**
 * A flow drawn at random, and what it computes, by the plain reading of its text: the model that
 * the engine is held against. Steps give small numbers, so that outputs are often equal although
 * inputs are not.
 *
 * @param steps in an order in which none comes before one that it reads
 * @param helpers static methods of another class, none of which calls one before it
 * @param parameters values of the parameters p0, p1, …
 * @param order seed of the order of the methods in the class, which changes nothing
 */
record RandomFlow(List<Drawn> steps, List<Helper> helpers, List<Integer> parameters, int order) {
  /** What a step takes, by the name of the argument. */
  sealed interface Taken {}

  /** The value of the step's task at the same place. */
  record One(String step) implements Taken {}

  /** The values over the innermost dimension of the step. */
  record Join(String step) implements Taken {}

  /** All values of the step. */
  record All(String step) implements Taken {}

  /** An element of a list. */
  record Element(String list) implements Taken {}

  /** The value of a parameter. */
  record Parameter(int number) implements Taken {}

  /**
   * A step.
   *
   * @param length of the list that it returns; empty if it returns a number
   * @param padded whether its code does something that comes to nothing
   * @param field number of a parameter whose field its body reads
   * @param helper number of the helper that it calls
   */
  record Drawn(
      String name,
      OptionalInt length,
      List<Taken> takes,
      int constant,
      int modulus,
      boolean padded,
      OptionalInt field,
      OptionalInt helper) {
    Drawn withConstant(int other) {
      return new Drawn(name, length, takes, other, modulus, padded, field, helper);
    }

    Drawn withLength(int other) {
      return new Drawn(
          name, OptionalInt.of(other), takes, constant, modulus, padded, field, helper);
    }

    Drawn withPadding(boolean other) {
      return new Drawn(name, length, takes, constant, modulus, other, field, helper);
    }
  }

  /** A static method: multiplies, adds its number, and may hand on to another. */
  record Helper(int constant, OptionalInt calls) {}

  /** All that the outcome of a task depends on. */
  record Key(Drawn step, List<Helper> reached, List<Object> given, List<Integer> field) {}

  /** A task of the model. */
  record Task(String step, List<Integer> place, Key key, Object value) {}

  /** Draws one. */
  static RandomFlow draw(Random random) {
    List<Helper> helpers = new ArrayList<>();
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      boolean hands = i + 1 < count && random.nextBoolean();
      helpers.add(
          new Helper(
              1 + random.nextInt(50),
              hands ? OptionalInt.of(i + 1 + random.nextInt(count - i - 1)) : OptionalInt.empty()));
    }
    List<Integer> parameters = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      parameters.add(random.nextInt(5));
    }
    List<Drawn> steps = new ArrayList<>();
    RandomFlow soFar = new RandomFlow(steps, helpers, parameters, 0);
    int size = 3 + random.nextInt(7);
    for (int i = 0; i < size; i++) {
      steps.add(soFar.drawStep("s" + i, random));
    }
    return new RandomFlow(List.copyOf(steps), List.copyOf(helpers), List.copyOf(parameters), 0);
  }

  private Drawn drawStep(String name, Random random) {
    boolean list = random.nextInt(4) == 0;
    LinkedHashMap<String, Taken> takes = new LinkedHashMap<>();
    for (int i = random.nextInt(4); i > 0 && !steps.isEmpty(); i--) {
      Drawn other = steps.get(random.nextInt(steps.size()));
      take(other, list, random).ifPresent(taken -> takes.putIfAbsent(argument(taken), taken));
    }
    if (random.nextInt(3) == 0) {
      Parameter parameter = new Parameter(random.nextInt(parameters.size()));
      takes.put(argument(parameter), parameter);
    }
    return new Drawn(
        name,
        list ? OptionalInt.of(random.nextInt(4)) : OptionalInt.empty(),
        List.copyOf(takes.values()),
        random.nextInt(100),
        List.of(2, 5, 1_000_003).get(random.nextInt(3)),
        false,
        random.nextInt(5) == 0
            ? OptionalInt.of(random.nextInt(parameters.size()))
            : OptionalInt.empty(),
        random.nextInt(3) == 0
            ? OptionalInt.of(random.nextInt(helpers.size()))
            : OptionalInt.empty());
  }

  /** A list is given by a step without dimensions, so that no fan-out depends on another. */
  private Optional<Taken> take(Drawn other, boolean closing, Random random) {
    List<String> dimensions = dimensions(other);
    List<Taken> possible = new ArrayList<>();
    if (other.length().isPresent()) {
      possible.add(new One(other.name()));
      if (!closing) {
        possible.add(new Element(other.name()));
        possible.add(new Element(other.name()));
      }
    } else if (dimensions.isEmpty()) {
      possible.add(new One(other.name()));
    } else {
      possible.add(new All(other.name()));
      if (!closing) {
        possible.add(new One(other.name()));
      }
      if (!closing || dimensions.size() == 1) {
        possible.add(new Join(other.name()));
      }
    }
    return Optional.of(possible.get(random.nextInt(possible.size())));
  }

  /** The name of the argument; an element's is its own. */
  static String argument(Taken taken) {
    return switch (taken) {
      case One one -> one.step();
      case Join join -> join.step();
      case All all -> all.step();
      case Element element -> "e" + element.list();
      case Parameter parameter -> "p" + parameter.number();
    };
  }

  Drawn step(String name) {
    return steps.stream().filter(step -> step.name().equals(name)).findFirst().orElseThrow();
  }

  /** Lists that a step is fanned out over, in the order in which its arguments bring them. */
  List<String> dimensions(Drawn step) {
    SequencedSet<String> own = new LinkedHashSet<>();
    for (Taken taken : step.takes()) {
      switch (taken) {
        case One one -> own.addAll(dimensions(step(one.step())));
        case Join join -> own.addAll(outer(join));
        case Element element -> own.add(element.list());
        case All all -> {}
        case Parameter parameter -> {}
      }
    }
    return List.copyOf(own);
  }

  private List<String> outer(Join join) {
    List<String> all = dimensions(step(join.step()));
    return all.subList(0, all.size() - 1);
  }

  /** Numbers of the helpers that a step reaches. */
  private List<Helper> reached(Drawn step) {
    List<Helper> reached = new ArrayList<>();
    OptionalInt next = step.helper();
    while (next.isPresent()) {
      Helper helper = helpers.get(next.getAsInt());
      reached.add(helper);
      next = helper.calls();
    }
    return reached;
  }

  /** Every task of a run, producers first. */
  List<Task> tasks() {
    Map<String, Map<List<Integer>, Object>> values = new LinkedHashMap<>();
    List<Task> tasks = new ArrayList<>();
    for (Drawn step : steps) {
      List<String> dimensions = dimensions(step);
      Map<List<Integer>, Object> own = new LinkedHashMap<>();
      for (List<Integer> place : places(dimensions, values)) {
        List<Object> given = new ArrayList<>();
        for (Taken taken : step.takes()) {
          given.add(given(taken, dimensions, place, values));
        }
        Object value = compute(step, given);
        own.put(place, value);
        List<Integer> field =
            step.field().isPresent() ? List.of(parameters.get(step.field().getAsInt())) : List.of();
        tasks.add(new Task(step.name(), place, new Key(step, reached(step), given, field), value));
      }
      values.put(step.name(), own);
    }
    return tasks;
  }

  private static List<List<Integer>> places(
      List<String> dimensions, Map<String, Map<List<Integer>, Object>> values) {
    List<List<Integer>> places = List.of(List.of());
    for (String dimension : dimensions) {
      int length = ((List<?>) at(values, dimension, List.of())).size();
      List<List<Integer>> longer = new ArrayList<>();
      for (List<Integer> place : places) {
        for (int i = 0; i < length; i++) {
          List<Integer> one = new ArrayList<>(place);
          one.add(i);
          longer.add(one);
        }
      }
      places = longer;
    }
    return places;
  }

  private static Object at(
      Map<String, Map<List<Integer>, Object>> values, String step, List<Integer> place) {
    return Optional.ofNullable(values.getOrDefault(step, Map.of()).get(place)).orElseThrow();
  }

  private Object given(
      Taken taken,
      List<String> dimensions,
      List<Integer> place,
      Map<String, Map<List<Integer>, Object>> values) {
    return switch (taken) {
      case Parameter(int number) -> parameters.get(number);
      case Element(String list) ->
          ((List<?>) at(values, list, List.of())).get(place.get(dimensions.indexOf(list)));
      case One(String step) ->
          at(values, step, projected(dimensions, place, dimensions(step(step))));
      case All(String step) -> joined(values, step, List.of(), List.of());
      case Join join ->
          joined(values, join.step(), outer(join), projected(dimensions, place, outer(join)));
    };
  }

  private static List<Integer> projected(
      List<String> dimensions, List<Integer> place, List<String> wanted) {
    return wanted.stream().map(name -> place.get(dimensions.indexOf(name))).toList();
  }

  /** Values of the tasks whose place begins so, in the order of their places. */
  private static List<Object> joined(
      Map<String, Map<List<Integer>, Object>> values,
      String step,
      List<String> outer,
      List<Integer> begin) {
    List<Object> joined = new ArrayList<>();
    values
        .getOrDefault(step, Map.of())
        .forEach(
            (place, value) -> {
              if (place.subList(0, outer.size()).equals(begin)) {
                joined.add(value);
              }
            });
    return joined;
  }

  private Object compute(Drawn step, List<Object> given) {
    int sum = step.constant();
    for (Object one : given) {
      sum = sum * 31 + one.hashCode();
    }
    if (step.field().isPresent()) {
      sum = sum * 31 + parameters.get(step.field().getAsInt());
    }
    OptionalInt next = step.helper();
    while (next.isPresent()) {
      Helper helper = helpers.get(next.getAsInt());
      sum = sum * helper.constant() + next.getAsInt();
      next = helper.calls();
    }
    if (step.length().isEmpty()) {
      return Math.floorMod(sum, step.modulus());
    }
    List<Object> list = new ArrayList<>();
    for (int i = 0; i < step.length().getAsInt(); i++) {
      list.add(Math.floorMod(sum + i, step.modulus()));
    }
    return list;
  }

  /** The flow after an edit of one thing, or of nothing that counts. */
  RandomFlow edited(Random random) {
    int at = random.nextInt(steps.size());
    Drawn step = steps.get(at);
    return switch (random.nextInt(7)) {
      case 0, 1 -> with(at, step.withConstant(random.nextInt(100)));
      case 2 -> with(at, step.withPadding(!step.padded()));
      case 3 -> step.length().isPresent() ? with(at, step.withLength(random.nextInt(4))) : this;
      case 4 -> {
        int number = random.nextInt(helpers.size());
        List<Helper> others = new ArrayList<>(helpers);
        others.set(number, new Helper(1 + random.nextInt(50), helpers.get(number).calls()));
        yield new RandomFlow(steps, others, parameters, order);
      }
      case 5 -> {
        List<Integer> others = new ArrayList<>(parameters);
        others.set(random.nextInt(others.size()), random.nextInt(5));
        yield new RandomFlow(steps, helpers, others, order);
      }
      default -> new RandomFlow(steps, helpers, parameters, random.nextInt());
    };
  }

  private RandomFlow with(int at, Drawn step) {
    List<Drawn> others = new ArrayList<>(steps);
    others.set(at, step);
    return new RandomFlow(others, helpers, parameters, order);
  }

  /** The steps in the order of their methods. */
  List<Drawn> inOrderOfMethods() {
    List<Drawn> methods = new ArrayList<>(steps);
    Collections.shuffle(methods, new Random(order));
    return methods;
  }
}
