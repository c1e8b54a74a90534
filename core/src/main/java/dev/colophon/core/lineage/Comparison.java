package dev.colophon.core.lineage;

import dev.colophon.core.Digest;
import dev.colophon.core.code.Fingerprint;
import dev.colophon.core.code.Fingerprint.Difference;
import dev.colophon.core.lineage.Cause.Kind;
import dev.colophon.core.run.Input;
import dev.colophon.core.run.TaskKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Tells tasks apart: every difference between what two of them depend on is a {@link Cause}, and
 * tasks of equal keys have none. Used once, by one thread.
 */
public final class Comparison {
  private final Basis earlier;
  private final Basis now;
  private final List<Cause> causes = new ArrayList<>();

  private Comparison(Basis earlier, Basis now) {
    this.earlier = earlier;
    this.now = now;
  }

  /** All causes, in the order of their kinds; empty exactly if the keys are equal. */
  public static List<Cause> causes(Basis earlier, Basis now) {
    return earlier.key().equals(now.key()) ? List.of() : new Comparison(earlier, now).find();
  }

  private List<Cause> find() {
    TaskKey before = earlier.key();
    TaskKey after = now.key();
    if (!before.code().equals(after.code())) {
      addCode();
    }
    if (!before.inputs().equals(after.inputs())) {
      addInputs();
    }
    addValues(Kind.PARAMETER, before.parameters(), after.parameters(), value -> value.text());
    addRunValues(before, after);
    addValues(Kind.ELEMENT, before.elements(), after.elements(), Digest::hex);
    if (before.jdk() != after.jdk()) {
      add(Kind.JDK, "java", Optional.of("" + before.jdk()), Optional.of("" + after.jdk()));
    }
    causes.sort(Comparator.comparing(Cause::kind));
    return List.copyOf(causes);
  }

  private void add(Kind kind, String name, Optional<String> from, Optional<String> to) {
    causes.add(new Cause(kind, name, from, to));
  }

  private void addCode() {
    Fingerprint code = now.code().get();
    for (Difference difference : Fingerprint.differences(earlier.code().get(), code)) {
      codeName(difference).ifPresent(name -> addCode(difference, name));
    }
    if (causes.isEmpty()) {
      add(
          Kind.CODE,
          "parts of one name",
          Optional.of(earlier.key().code().hex()),
          Optional.of(now.key().code().hex()));
    }
    causes.addAll(undecided(code));
  }

  /** Who made all of the author's code count. */
  static List<Cause> undecided(Fingerprint code) {
    return code.names(Fingerprint.Kind.UNDECIDED).stream()
        .map(name -> Cause.of(Kind.POLICY, "all code counts: " + name))
        .toList();
  }

  /** What a person reads of it; nothing of what the method that does it, or its value, tells. */
  private static Optional<String> codeName(Difference difference) {
    String name = difference.name();
    return switch (difference.kind()) {
      case METHOD, CONSTANT, LIBRARY -> Optional.of(name);
      case ARGUMENTS -> Optional.of("arguments of " + name);
      case INITIALISER -> Optional.of("initialiser of " + name);
      case TYPE -> Optional.of("type " + name);
      case MEMBERS -> Optional.of("members of " + name);
      case RESOURCE -> Optional.of("resource " + name);
      case MISSING -> Optional.of("missing class " + name);
      case PARAMETER, ASKS, UNDECIDED -> Optional.empty();
    };
  }

  private void addCode(Difference difference, String name) {
    add(
        difference.kind() == Fingerprint.Kind.LIBRARY ? Kind.LIBRARY : Kind.CODE,
        name,
        difference.from().map(Digest::hex),
        difference.to().map(Digest::hex));
  }

  private void addInputs() {
    List<Input> before = earlier.inputs().get();
    List<Input> after = now.inputs().get();
    SortedSet<String> arguments = new TreeSet<>(earlier.key().inputs().keySet());
    arguments.addAll(now.key().inputs().keySet());
    for (String argument : arguments) {
      Optional<TaskKey.Given> from = Optional.ofNullable(earlier.key().inputs().get(argument));
      Optional<TaskKey.Given> to = Optional.ofNullable(now.key().inputs().get(argument));
      if (!from.equals(to)) {
        addInput(argument, Side.of(from, argument, before), Side.of(to, argument, after));
      }
    }
  }

  /** An argument of one of the two tasks. */
  private record Side(Optional<TaskKey.Given> given, List<Input> inputs) {
    static Side of(Optional<TaskKey.Given> given, String argument, List<Input> all) {
      return new Side(
          given, all.stream().filter(input -> input.argument().equals(argument)).toList());
    }

    Optional<String> count() {
      return given
          .map(all -> all.count().orElse(1L))
          .map(n -> n + (n == 1 ? " artifact" : " artifacts"));
    }

    /** Who left it and what it is; with its file name, if that is all that differs. */
    Optional<String> told(int place, boolean withName) {
      return Optional.of(place)
          .filter(at -> at < inputs.size())
          .map(inputs::get)
          .map(input -> source(input) + " " + input.digest().hex())
          .map(text -> text + (withName ? " as " + fileName() : ""));
    }

    private String fileName() {
      return given.flatMap(TaskKey.Given::fileName).orElse("no file");
    }

    private static String source(Input input) {
      return switch (input.source()) {
        case Input.FromTask from -> from.task().toString();
        case Input.FromDataset from -> from.name();
      };
    }
  }

  private void addInput(String argument, Side from, Side to) {
    int known = causes.size();
    if (from.inputs().size() == to.inputs().size()) {
      for (int i = 0; i < to.inputs().size(); i++) {
        if (!from.inputs().get(i).digest().equals(to.inputs().get(i).digest())) {
          add(Kind.INPUT, argument, from.told(i, false), to.told(i, false));
        }
      }
      if (causes.size() == known) {
        add(Kind.INPUT, argument, from.told(0, true), to.told(0, true));
      }
    } else if (from.inputs().size() <= 1 && to.inputs().size() <= 1) {
      add(Kind.INPUT, argument, from.told(0, false), to.told(0, false));
    } else {
      add(Kind.INPUT, argument, from.count(), to.count());
    }
  }

  private <T> void addValues(
      Kind kind,
      SortedMap<String, T> before,
      SortedMap<String, T> after,
      Function<T, String> text) {
    SortedSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    for (String name : names) {
      Optional<T> from = Optional.ofNullable(before.get(name));
      Optional<T> to = Optional.ofNullable(after.get(name));
      if (!from.equals(to)) {
        add(kind, name, from.map(text), to.map(text));
      }
    }
  }

  /** What the run as a whole gives to the tasks that ask for it. */
  private void addRunValues(TaskKey before, TaskKey after) {
    if (!before.seed().equals(after.seed())) {
      add(
          Kind.PARAMETER,
          "seed",
          before.seed().map(unused -> "" + earlier.seed()),
          after.seed().map(unused -> "" + now.seed()));
    }
    if (!before.asOf().equals(after.asOf())) {
      add(
          Kind.PARAMETER,
          "asOf",
          before.asOf().map(Object::toString),
          after.asOf().map(Object::toString));
    }
  }
}
