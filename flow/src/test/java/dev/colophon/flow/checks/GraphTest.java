package dev.colophon.flow.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colophon.flow.graph.CheckedFlow;
import dev.colophon.flow.graph.FlowChecker;
import dev.colophon.flow.graph.FlowGraph;
import dev.colophon.flow.graph.FlowGraph.Argument;
import dev.colophon.flow.graph.FlowGraph.ContextArgument;
import dev.colophon.flow.graph.FlowGraph.DatasetArgument;
import dev.colophon.flow.graph.FlowGraph.ElementArgument;
import dev.colophon.flow.graph.FlowGraph.ParamArgument;
import dev.colophon.flow.graph.FlowGraph.RandomArgument;
import dev.colophon.flow.graph.FlowGraph.StepArgument;
import dev.colophon.flow.graph.FlowGraph.StepNode;
import dev.colophon.flow.processor.GraphOfSource;
import dev.colophon.flow.reflect.ReflectedFlow;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of flows that keep the rules: each test is one flow, read in both ways. */
class GraphTest {
  @ParameterizedTest
  @EnumSource
  void theFlowOfTheReadmeIsWiredByName(Reading reading) {
    assertThat(
            graph(
                reading,
                """
                @Param("first month") java.time.YearMonth from = java.time.YearMonth.of(2013, 4);
                @Param int months = 6;
                @Param double bar = 0.64;
                record Setting(int depth) {}
                record Score(double auc) {}
                record Flights(double[] delay, String[] carrier) {}
                @Step Flights flights(@Input("flights.zip") Path csv, TaskContext task) { return null; }
                @Step List<Setting> settings() { return null; }
                @Step List<java.time.YearMonth> folds(java.time.YearMonth from, int months) { return null; }
                @Step Path fit(Flights flights, @Each("settings") Setting setting, @Each("folds") java.time.YearMonth fold, RandomGenerator random) { return null; }
                @Step Score score(Flights flights, Path fit, @Each("settings") Setting setting) { return null; }
                @Step Setting best(@All List<Score> score) { return null; }
                @Step boolean goodEnough(Setting best, Double bar) { return true; }
                @Step Path last(Flights flights, Setting best) { return null; }
                @Step NewVersion register(Artifact<Path> last) { return null; }
                @Step void report(Optional<ModelVersion> register, boolean goodEnough) {}
                """))
        .isEqualTo(
            """
            Bad(from: YearMonth "first month", months: int "", bar: double "")
            flights() = Flights: csv from flights.zip, task
            settings() = List<Setting>:
            folds() = List<YearMonth>: param from, param months
            fit(settings, folds) = Path: flights ONE PLAIN, each settings, each folds, random
            score(settings, folds) = Score: flights ONE PLAIN, fit ONE PLAIN, each settings
            best() = Setting: score ALL PLAIN
            goodEnough() = boolean: best ONE PLAIN, param bar
            last() = Path: flights ONE PLAIN, best ONE PLAIN
            register() = NewVersion: last ONE HANDLE
            report() = void: register ONE OPTIONAL, goodEnough ONE PLAIN""");
  }

  @ParameterizedTest
  @EnumSource
  void aListClosesTheInnermostDimensionAndTheRestContinues(Reading reading) {
    assertThat(
            graph(
                reading,
                """
                @Step List<String> a() { return null; }
                @Step List<String> b() { return null; }
                @Step int fit(@Each("a") String x, @Each("b") String y) { return 1; }
                @Step int perA(List<Integer> fit) { return 1; }
                @Step int over(List<Integer> perA) { return 1; }
                @Step int again(List<Artifact<Integer>> fit, @Each("b") String y) { return 1; }
                """))
        .isEqualTo(
            """
            Bad()
            a() = List<String>:
            b() = List<String>:
            fit(a, b) = int: each a, each b
            perA(a) = int: fit INNERMOST PLAIN
            over() = int: perA INNERMOST PLAIN
            again(a, b) = int: fit INNERMOST HANDLE, each b""");
  }

  @ParameterizedTest
  @EnumSource
  void aListMadeByAFannedStepIsItsValueUnlessListsOfItAreAskedFor(Reading reading) {
    assertThat(
            graph(
                reading,
                """
                @Step List<String> a() { return null; }
                @Step List<Integer> rows(@Each("a") String x) { return null; }
                @Step int one(List<Integer> rows) { return 1; }
                @Step int closed(List<List<Integer>> rows) { return 1; }
                @Step int all(@All List<Artifact<List<Integer>>> rows) { return 1; }
                """))
        .isEqualTo(
            """
            Bad()
            a() = List<String>:
            rows(a) = List<Integer>: each a
            one(a) = int: rows ONE PLAIN
            closed() = int: rows INNERMOST PLAIN
            all() = int: rows ALL HANDLE""");
  }

  @ParameterizedTest
  @EnumSource
  void aListMadeByAFannedStepIsADimensionBelowItsOwn(Reading reading) {
    assertThat(
            graph(
                reading,
                """
                @Step List<String> a() { return null; }
                @Step List<Integer> rows(@Each("a") String x) { return null; }
                @Step int fit(@Each("rows") int row) { return 1; }
                @Step int perA(List<Integer> fit, @Each("a") String x) { return 1; }
                """))
        .isEqualTo(
            """
            Bad()
            a() = List<String>:
            rows(a) = List<Integer>: each a
            fit(a, rows) = int: each rows
            perA(a) = int: fit INNERMOST PLAIN, each a""");
  }

  @ParameterizedTest
  @EnumSource
  void dimensionsComeInTheOrderInWhichArgumentsBringThem(Reading reading) {
    assertThat(
            graph(
                reading,
                """
                @Param List<Integer> seeds = List.of(1, 2);
                @Step List<String> a() { return null; }
                @Step int fit(@Each("a") String x) { return 1; }
                @Step int both(@Each("seeds") int seed, int fit) { return 1; }
                """))
        .isEqualTo(
            """
            Bad(seeds: List<Integer> "")
            a() = List<String>:
            fit(a) = int: each a
            both(seeds, a) = int: each seeds, fit ONE PLAIN""");
  }

  @ParameterizedTest
  @EnumSource
  void stepsStandAfterWhatTheyReadAndElseAsDeclared(Reading reading) {
    assertThat(
            graph(
                reading,
                """
                @Step int d(int b, int c) { return 1; }
                @Step int c(int a) { return 1; }
                @Step int b(int a) { return 1; }
                @Step("a") int first() { return 1; }
                """))
        .isEqualTo(
            """
            Bad()
            a() = int:
            c() = int: a ONE PLAIN
            b() = int: a ONE PLAIN
            d() = int: b ONE PLAIN, c ONE PLAIN""");
  }

  @ParameterizedTest
  @EnumSource
  void anOptionalThatAStepReturnsIsItsValue(Reading reading) {
    assertThat(
            graph(
                reading,
                """
                @Step Optional<String> found() { return null; }
                @Step int plain(Optional<String> found) { return 1; }
                @Step int skipped(Optional<Optional<String>> found) { return 1; }
                """))
        .isEqualTo(
            """
            Bad()
            found() = Optional<String>:
            plain() = int: found ONE PLAIN
            skipped() = int: found ONE OPTIONAL""");
  }

  @ParameterizedTest
  @EnumSource
  void anArgumentMayAskForASupertype(Reading reading) {
    assertThat(
            graph(
                reading,
                """
                sealed interface Shape<T> {}
                record Round<T>(T radius) implements Shape<T> {}
                @Step Round<List<Integer>> round() { return null; }
                @Step Integer[] rows() { return null; }
                @Step int a(Shape<List<Integer>> round, Number[] rows) { return 1; }
                @Step int b(Shape<? extends Collection<Integer>> round, Integer a) { return 1; }
                """))
        .isEqualTo(
            """
            Bad()
            round() = Round<List<Integer>>:
            rows() = Integer[]:
            a() = int: round ONE PLAIN, rows ONE PLAIN
            b() = int: round ONE PLAIN, a ONE PLAIN""");
  }

  static String graph(Reading reading, String body) {
    var source = Lie.inFlow("none", body).source();
    Function<CheckedFlow, String> teller = GraphTest::told;
    return switch (reading) {
      case SOURCE -> {
        var reader = new GraphOfSource(teller);
        Compilation.of("lies/Bad.java", source, Optional.of(reader), List.of("-proc:only"));
        yield reader.told();
      }
      case CLASS -> {
        var compiled =
            Compilation.of(
                "lies/Bad.java", source, Optional.empty(), List.of("-parameters", "-proc:none"));
        yield teller.apply(FlowChecker.check(ReflectedFlow.read(compiled.load("lies.Bad"))));
      }
    };
  }

  private static String told(CheckedFlow checked) {
    return switch (checked) {
      case CheckedFlow.Refused refused -> refused.toString();
      case CheckedFlow.Valid(FlowGraph graph) ->
          graph.flow()
              + graph.params().stream()
                  .map(p -> "%s: %s \"%s\"".formatted(p.name(), p.type().display(), p.help()))
                  .collect(Collectors.joining(", ", "(", ")\n"))
              + graph.steps().stream().map(GraphTest::told).collect(Collectors.joining("\n"));
    };
  }

  private static String told(StepNode step) {
    return "%s(%s) = %s: %s"
        .formatted(
            step.name(),
            String.join(", ", step.dimensions()),
            step.result().display(),
            step.arguments().stream().map(GraphTest::told).collect(Collectors.joining(", ")))
        .strip();
  }

  private static String told(Argument argument) {
    return switch (argument) {
      case ParamArgument param -> "param " + param.name();
      case ElementArgument element -> "each " + element.source();
      case StepArgument value ->
          "%s %s %s".formatted(value.step(), value.gather(), value.wrapping());
      case DatasetArgument dataset -> dataset.name() + " from " + dataset.pattern();
      case FlowGraph.SecretArgument secret -> "secret " + secret.secret();
      case ContextArgument context -> "task";
      case RandomArgument random -> "random";
    };
  }
}
