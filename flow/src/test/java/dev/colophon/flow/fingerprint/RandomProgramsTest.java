package dev.colophon.flow.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colophon.core.Name;
import dev.colophon.flow.reflect.ReflectedFlow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Random programs of steps, static helpers, and a class with subclasses that override its method,
 * of which each helper makes some: an edit of any method changes the fingerprints of exactly the
 * steps that can execute it, as a simple model has it.
 */
class RandomProgramsTest {
  private static final int PROGRAMS = 320;
  private static final int STEPS = 5;

  @TempDir Path folder;

  static Stream<Long> seeds() {
    return Stream.iterate(1L, seed -> seed + 1).limit(PROGRAMS);
  }

  /**
   * A method.
   *
   * @param owner class that has it
   * @param statics those that it calls
   * @param makes subclasses of which it makes an instance
   * @param virtual whether it calls the method that is overridden
   */
  record Unit(
      String owner, String name, List<Integer> statics, List<Integer> makes, boolean virtual) {}

  /**
   * A program.
   *
   * @param units steps first, then helpers, then one overriding method for each subclass
   * @param parents of each subclass, its superclass: another subclass, or -1 for the root
   */
  record Program(List<Unit> units, int helpers, List<Integer> parents) {
    int overriding(int subclass) {
      return STEPS + helpers + subclass;
    }

    static Program random(Random random) {
      int helpers = 4 + random.nextInt(14);
      int subclasses = 1 + random.nextInt(5);
      List<Unit> units = new ArrayList<>();
      for (int i = 0; i < STEPS + helpers + subclasses; i++) {
        boolean step = i < STEPS;
        boolean helper = !step && i < STEPS + helpers;
        int subclass = i - STEPS - helpers;
        units.add(
            new Unit(
                step ? "F" : helper ? "H" + i % 3 : "S" + subclass,
                step ? "s" + i : helper ? "h" + i : "get",
                some(random, STEPS, helpers, helper ? 1.3 : 0.9),
                some(random, 0, subclasses, 0.4),
                random.nextInt(3) == 0));
      }
      List<Integer> parents = new ArrayList<>();
      for (int i = 0; i < subclasses; i++) {
        parents.add(random.nextInt(i + 1) - 1);
      }
      return new Program(units, helpers, parents);
    }

    private static List<Integer> some(Random random, int from, int count, double expected) {
      List<Integer> chosen = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        if (random.nextDouble() < expected / count) {
          chosen.add(from + i);
        }
      }
      return chosen;
    }

    /** What a step can execute: whatever it calls, and overrides of classes that it makes. */
    Set<Integer> reached(int step) {
      Set<Integer> units = new TreeSet<>(Set.of(step));
      Set<Integer> made = new TreeSet<>();
      boolean virtual = false;
      for (int before = -1; before != units.size() + made.size(); ) {
        before = units.size() + made.size();
        for (int unit : List.copyOf(units)) {
          units.addAll(this.units.get(unit).statics());
          made.addAll(this.units.get(unit).makes());
          virtual |= this.units.get(unit).virtual();
        }
        if (virtual) {
          made.forEach(subclass -> units.add(overriding(subclass)));
        }
        if (units.size() + made.size() == before && !virtual) {
          break;
        }
      }
      return units;
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anEditChangesTheStepsThatReachIt(long seed) throws IOException {
    var random = new Random(seed);
    var program = Program.random(random);
    int edited = random.nextInt(program.units().size());
    var before = digests(program, -1, "before");
    var after = digests(program, edited, "after");

    Set<String> changed =
        before.entrySet().stream()
            .filter(step -> !step.getValue().equals(after.get(step.getKey())))
            .map(Map.Entry::getKey)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> expected = new TreeSet<>();
    for (int step = 0; step < STEPS; step++) {
      if (program.reached(step).contains(edited)) {
        expected.add("s" + step);
      }
    }
    assertThat(changed).isEqualTo(expected);
  }

  private Map<String, String> digests(Program program, int edited, String place)
      throws IOException {
    var classes = Files.createDirectories(folder.resolve(place));
    Map<String, ClassWriter> writers = new HashMap<>();
    head(writers, "R", "java/lang/Object", "get");
    for (int i = 0; i < program.parents().size(); i++) {
      int parent = program.parents().get(i);
      head(writers, "S" + i, parent < 0 ? "R" : "S" + parent, "");
    }
    for (int i = 0; i < program.units().size(); i++) {
      write(writers, program.units().get(i), i, i == edited);
    }
    writers.forEach((name, writer) -> store(classes.resolve(name + ".class"), writer));
    URL[] urls = {classes.toUri().toURL()};
    try (var loader = new URLClassLoader(urls, getClass().getClassLoader())) {
      var type = Class.forName("F", false, loader);
      Map<String, String> digests = new HashMap<>();
      new Fingerprints(List.of(classes), List.of(), folder.resolve("cache"), () -> Instant.EPOCH)
          .of(ReflectedFlow.graph(type), type)
          .forEach((Name step, StepPrint print) -> digests.put(step.text(), print.digest().hex()));
      return digests;
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void store(Path file, ClassWriter writer) {
    try {
      writer.visitEnd();
      Files.write(file, writer.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ClassWriter head(
      Map<String, ClassWriter> writers, String name, String parent, String method) {
    var writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    writer.visit(Opcodes.V21, Opcodes.ACC_PUBLIC, name, null, parent, null);
    if (name.equals("F")) {
      writer.visitAnnotation("Ldev/colophon/flow/Flow;", true).visitEnd();
    }
    var constructor = writer.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "()V", null, null);
    constructor.visitCode();
    constructor.visitVarInsn(Opcodes.ALOAD, 0);
    constructor.visitMethodInsn(Opcodes.INVOKESPECIAL, parent, "<init>", "()V", false);
    constructor.visitInsn(Opcodes.RETURN);
    constructor.visitMaxs(0, 0);
    if (!method.isEmpty()) {
      number(writer.visitMethod(Opcodes.ACC_PUBLIC, method, "()I", null, null), 7);
    }
    writers.put(name, writer);
    return writer;
  }

  private static void number(MethodVisitor method, int value) {
    method.visitIntInsn(Opcodes.SIPUSH, value);
    method.visitInsn(Opcodes.IRETURN);
    method.visitMaxs(0, 0);
  }

  private static void write(
      Map<String, ClassWriter> writers, Unit unit, int number, boolean edited) {
    var known = writers.get(unit.owner());
    var writer = known == null ? head(writers, unit.owner(), "java/lang/Object", "") : known;
    boolean helper = unit.owner().startsWith("H");
    var method =
        writer.visitMethod(
            Opcodes.ACC_PUBLIC | (helper ? Opcodes.ACC_STATIC : 0), unit.name(), "()I", null, null);
    if (unit.owner().equals("F")) {
      method.visitAnnotation("Ldev/colophon/flow/Step;", true).visitEnd();
    }
    method.visitCode();
    for (int callee : unit.statics()) {
      method.visitMethodInsn(Opcodes.INVOKESTATIC, "H" + callee % 3, "h" + callee, "()I", false);
      method.visitInsn(Opcodes.POP);
    }
    for (int subclass : unit.makes()) {
      method.visitTypeInsn(Opcodes.NEW, "S" + subclass);
      method.visitInsn(Opcodes.DUP);
      method.visitMethodInsn(Opcodes.INVOKESPECIAL, "S" + subclass, "<init>", "()V", false);
      method.visitInsn(Opcodes.POP);
    }
    if (unit.virtual()) {
      method.visitInsn(Opcodes.ACONST_NULL);
      method.visitTypeInsn(Opcodes.CHECKCAST, "R");
      method.visitMethodInsn(Opcodes.INVOKEVIRTUAL, "R", "get", "()I", false);
      method.visitInsn(Opcodes.POP);
    }
    number(method, 100 + number + (edited ? 1000 : 0));
  }
}
