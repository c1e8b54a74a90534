package dev.colophon.flow.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colophon.core.run.StepRecord.Reuse;
import dev.colophon.flow.fingerprint.Fingerprints;
import dev.colophon.flow.graph.FlowGraph;
import dev.colophon.flow.reflect.ReflectedFlow;
import dev.colophon.flow.run.RandomFlow.Task;
import dev.colophon.testkit.MemoryCatalog;
import dev.colophon.testkit.MemoryStore;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Exactly the right tasks run again: flows drawn at random are run, edited at random and run again,
 * and what ran, what was planned and what came of it is held against {@link RandomFlow}.
 */
class RandomGraphsTest {
  private static final int CASES = 320;
  private static final int COMPILED_CASES = 24;
  private static final int EDITS = 3;

  @TempDir private Path folder;

  /** How the classes of a flow are made. */
  private interface Maker {
    void write(RandomFlow flow, Path classes) throws IOException;
  }

  @Test
  void ofByteCodeExactlyTheRightTasksRunAgain() throws Exception {
    for (int seed = 0; seed < CASES; seed++) {
      new Case(seed, folder.resolve("case" + seed), RandomFlowCode::write).play(EDITS);
    }
  }

  @Test
  void ofCompiledSourcesExactlyTheRightTasksRunAgain() throws Exception {
    for (int seed = 0; seed < COMPILED_CASES; seed++) {
      new Case(1_000 + seed, folder.resolve("case" + seed), RandomFlowSource::write).play(1);
    }
  }

  /** One flow with its catalog. */
  private static final class Case {
    private final int seed;
    private final Path folder;
    private final Path classes;
    private final Maker maker;
    private final MemoryCatalog catalog = new MemoryCatalog();
    private final MemoryStore store = new MemoryStore();
    private final Set<RandomFlow.Key> known = new HashSet<>();

    Case(int seed, Path folder, Maker maker) throws IOException {
      this.seed = seed;
      this.folder = folder;
      this.classes = Files.createDirectories(folder.resolve("classes"));
      this.maker = maker;
    }

    void play(int edits) throws Exception {
      Random random = new Random(seed);
      List<RandomFlow> versions = new ArrayList<>(List.of(RandomFlow.draw(random)));
      check(versions.getFirst());
      for (int i = 0; i < edits; i++) {
        boolean back = random.nextInt(5) == 0;
        RandomFlow next = back ? versions.getFirst() : versions.getLast().edited(random);
        versions.add(next);
        check(next);
      }
    }

    private void check(RandomFlow flow) throws Exception {
      maker.write(flow, classes);
      try (URLClassLoader loader =
          new URLClassLoader(
              new URL[] {classes.toUri().toURL()}, RandomGraphsTest.class.getClassLoader())) {
        Class<?> type = loader.loadClass("RandomlyDrawn");
        FlowHarness harness = harness(flow, type);
        List<StepForecast> forecast = harness.forecast(type);
        RunOutcome outcome = harness.run(type);
        List<Task> tasks = flow.tasks();
        assertThat(ran(outcome)).as(this::describe).isEqualTo(toRun(tasks, outcome));
        forecast.forEach(step -> checkForecast(step, outcome));
        Map<String, Object> values = new TreeMap<>();
        harness
            .values(type, outcome.run().id())
            .forEach((task, value) -> values.put(task.step() + "/" + task.index(), value));
        Map<String, Object> expected = new TreeMap<>();
        tasks.forEach(task -> expected.put(name(task), task.value()));
        assertThat(values).as(this::describe).isEqualTo(expected);
        tasks.forEach(task -> known.add(task.key()));
      }
    }

    private String describe() {
      return "seed " + seed;
    }

    private FlowHarness harness(RandomFlow flow, Class<?> type) {
      FlowHarness harness =
          new FlowHarness(catalog.runLog(), catalog.outcomes(), store, folder, Clock.systemUTC());
      for (int i = 0; i < flow.parameters().size(); i++) {
        harness.with("p" + i, Integer.toString(flow.parameters().get(i)));
      }
      FlowGraph graph = ReflectedFlow.graph(type);
      new Fingerprints(
              List.of(classes), List.of(), folder.resolve("fingerprints"), Clock.systemUTC())
          .of(graph, type)
          .forEach((step, print) -> harness.code(step, StepCode.of(print, Reuse.ON)));
      return harness;
    }

    private static Set<String> ran(RunOutcome outcome) {
      return outcome.tasks().stream()
          .filter(task -> task.origin().isEmpty())
          .map(task -> task.task().step() + "/" + task.task().index())
          .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Of equal new tasks one runs, whichever: that one which did, if one did. */
    private Set<String> toRun(List<Task> tasks, RunOutcome outcome) {
      Set<String> ran = ran(outcome);
      Map<RandomFlow.Key, List<String>> fresh = new HashMap<>();
      tasks.stream()
          .filter(task -> !known.contains(task.key()))
          .forEach(
              task -> fresh.computeIfAbsent(task.key(), key -> new ArrayList<>()).add(name(task)));
      return fresh.values().stream()
          .map(names -> names.stream().filter(ran::contains).findFirst().orElse(names.getFirst()))
          .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String name(Task task) {
      return task.step()
          + "/"
          + task.place().stream().map(Object::toString).collect(Collectors.joining(","));
    }

    private void checkForecast(StepForecast step, RunOutcome outcome) {
      Map<Boolean, Long> tasks =
          outcome.tasks().stream()
              .filter(task -> task.task().step().equals(step.step()))
              .collect(
                  Collectors.partitioningBy(
                      task -> task.origin().isPresent(), Collectors.counting()));
      long reused = count(tasks, true);
      long ran = count(tasks, false);
      switch (step.verdict()) {
        case REUSE -> assertThat(ran).as(() -> describe() + " plan of " + step).isZero();
        case RUN -> assertThat(ran).as(() -> describe() + " plan of " + step).isPositive();
        case DEPENDS -> assertThat(step.dependsOn()).isPresent();
      }
      assertThat(reused)
          .as(() -> describe() + " plan of " + step)
          .isGreaterThanOrEqualTo(step.reused());
    }

    private static long count(Map<Boolean, Long> tasks, boolean which) {
      return tasks.getOrDefault(which, 0L);
    }
  }
}
