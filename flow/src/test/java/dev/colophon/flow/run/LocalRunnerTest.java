package dev.colophon.flow.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colophon.core.Name;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.Subject.VersionId;
import dev.colophon.core.json.Json;
import dev.colophon.core.run.RunState;
import dev.colophon.flow.All;
import dev.colophon.flow.Artifact;
import dev.colophon.flow.Each;
import dev.colophon.flow.Flow;
import dev.colophon.flow.Input;
import dev.colophon.flow.ModelVersion;
import dev.colophon.flow.NewVersion;
import dev.colophon.flow.Param;
import dev.colophon.flow.Step;
import dev.colophon.flow.TaskContext;
import dev.colophon.testkit.MemoryCatalog;
import dev.colophon.testkit.MemoryStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalRunnerTest {
  @TempDir Path folder;
  private FlowHarness harness;

  @BeforeEach
  void open() {
    harness = new FlowHarness(new MemoryCatalog().runLog(), new MemoryStore(), folder);
  }

  @Flow
  static class Diamond {
    @Param int start = 3;

    @Step
    int left(int start) {
      return start + 1;
    }

    @Step
    int right(int start) {
      return start * 10;
    }

    @Step
    String both(int left, int right) {
      return left + "+" + right;
    }
  }

  @Test
  void aStepGetsParametersAndTheValuesOfTheStepsThatItNames() throws Exception {
    RunOutcome outcome = harness.with("start", "5").run(Diamond.class);
    assertThat(outcome.run().state()).isEqualTo(RunState.COMPLETED);
    assertThat(harness.value(Diamond.class, outcome.run().id(), "both")).isEqualTo("6+50");
  }

  @Test
  void aRunRecordsTheParametersItRanWithDefaultsIncluded() throws Exception {
    RunOutcome outcome = harness.run(Diamond.class);
    assertThat(harness.runs.getRun(outcome.run().id()).parameters())
        .containsExactly(Map.entry("start", Json.of(3)));
  }

  @Test
  void aTaskRecordsWhatItReadAndFromWhom() throws Exception {
    RunId run = harness.run(Diamond.class).run().id();
    assertThat(harness.task(run, "both").inputs())
        .extracting(input -> input.argument() + " " + input.source())
        .containsExactly(
            "left FromTask[task=Diamond/1/left]", "right FromTask[task=Diamond/1/right]");
  }

  @Flow
  static class Mutating {
    @Step
    int[] numbers() {
      return new int[] {1, 2, 3};
    }

    @Step
    int spoil(int[] numbers) {
      numbers[0] = 99;
      return numbers[0];
    }

    @Step
    int sum(int[] numbers, int spoil) {
      return IntStream.of(numbers).sum() + 0 * spoil;
    }
  }

  @Test
  void aStepThatChangesItsInputChangesOnlyItsOwnCopy() throws Exception {
    RunId run = harness.run(Mutating.class).run().id();
    assertThat(harness.value(Mutating.class, run, "sum")).isEqualTo(6);
  }

  @Flow
  static class Products {
    @Param List<String> letters = List.of("a", "b");

    @Step
    List<Integer> numbers() {
      return List.of(1, 2, 3);
    }

    @Step
    String pair(@Each("letters") String letter, @Each("numbers") int number) {
      return letter + number;
    }

    @Step
    String zipped(String pair, @Each("numbers") int number) {
      return pair + "=" + number;
    }

    @Step
    String byLetter(List<String> zipped) {
      return String.join(" ", zipped);
    }

    @Step
    String everything(@All List<String> zipped) {
      return String.join(" ", zipped);
    }
  }

  @Test
  void severalListsMultiplyAndEqualDimensionsZip() throws Exception {
    RunId run = harness.run(Products.class).run().id();
    assertThat(harness.value(Products.class, run, "everything"))
        .isEqualTo("a1=1 a2=2 a3=3 b1=1 b2=2 b3=3");
  }

  @Test
  void aListClosesTheInnermostDimension() throws Exception {
    RunId run = harness.run(Products.class).run().id();
    assertThat(harness.value(Products.class, run, "byLetter", 1)).isEqualTo("b1=1 b2=2 b3=3");
  }

  @Flow
  static class Ragged {
    @Step
    List<Integer> rows() {
      return List.of(2, 0, 3);
    }

    @Step
    List<String> cells(@Each("rows") int row) {
      return IntStream.range(0, row).mapToObj(i -> row + ":" + i).toList();
    }

    @Step
    String cell(@Each("cells") String cell) {
      return "<" + cell + ">";
    }

    @Step
    String line(List<String> cell) {
      return String.join("", cell);
    }

    @Step
    List<String> page(@All List<String> line) {
      return line;
    }
  }

  @Test
  void theLengthOfAnInnerListMayDependOnTheOuterElement() throws Exception {
    RunId run = harness.run(Ragged.class).run().id();
    assertThat(harness.value(Ragged.class, run, "page"))
        .isEqualTo(List.of("<2:0><2:1>", "", "<3:0><3:1><3:2>"));
  }

  @Flow
  static class Nothing {
    @Step
    List<Integer> none() {
      return List.of();
    }

    @Step
    int each(@Each("none") int none) {
      return none;
    }

    @Step
    int count(@All List<Integer> each) {
      return each.size();
    }
  }

  @Test
  void anEmptyListHasNoTasksAndTheJoinGetsAnEmptyList() throws Exception {
    RunOutcome outcome = harness.run(Nothing.class);
    assertThat(outcome.run().state()).isEqualTo(RunState.COMPLETED);
    assertThat(harness.value(Nothing.class, outcome.run().id(), "count")).isEqualTo(0);
  }

  @Test
  void aJoinOfNoTasksComesFromTheListThatWasEmpty() throws Exception {
    RunId run = harness.run(Nothing.class).run().id();
    assertThat(harness.task(run, "count").inputs())
        .extracting(input -> input.argument() + " " + input.digest())
        .containsExactly(
            "each " + harness.task(run, "none").output().orElseThrow().artifact().digest());
  }

  @Flow
  static class Handles {
    @Step
    double[] weights() {
      return new double[] {1, 2};
    }

    @Step
    String lazily(Artifact<double[]> weights, Optional<double[]> maybe) {
      return weights.get()[1] + " " + weights.digest().length() + " " + maybe.isPresent();
    }

    @Step
    double[] maybe() {
      return new double[0];
    }
  }

  @Test
  void aHandleIsReadWhenAskedForAndAnOptionalHoldsWhatRan() throws Exception {
    RunId run = harness.run(Handles.class).run().id();
    assertThat(harness.value(Handles.class, run, "lazily")).isEqualTo("2.0 64 true");
  }

  record Line(double slope) {}

  @Flow
  static class Registering {
    @Step
    Line fit() {
      return new Line(2);
    }

    @Step
    NewVersion register(Line fit) {
      return NewVersion.of("line", fit).metric("r2", 0.5);
    }

    @Step
    NewVersion again(Artifact<Line> fit, ModelVersion register) {
      return NewVersion.of("line", fit).tag("after", "" + register.version());
    }

    @Step
    String said(ModelVersion again) {
      return again.model() + " " + again.version() + " " + again.digest();
    }
  }

  @Test
  void aNewVersionGetsItsNumberAndArrivesDownstreamWithIt() throws Exception {
    RunOutcome outcome = harness.run(Registering.class);
    String digest =
        harness.task(outcome.run().id(), "fit").output().orElseThrow().artifact().digest().hex();
    assertThat(outcome.models())
        .extracting(RunOutcome.ModelOutcome::version)
        .containsExactly(new VersionId(Name.of("line"), 1), new VersionId(Name.of("line"), 2));
    assertThat(harness.value(Registering.class, outcome.run().id(), "said"))
        .isEqualTo("line 2 " + digest);
  }

  @Flow
  static class Files1 {
    @Step
    Path made(TaskContext context) throws IOException {
      return Files.writeString(context.folder().resolve("note.txt"), "x".repeat(100_000));
    }

    @Step
    String read(Path made, @Input("data.csv") Path data) throws IOException {
      return made.getFileName()
          + " "
          + Files.size(made)
          + " "
          + data.getFileName()
          + " "
          + Files.readString(data);
    }
  }

  @Test
  void filesTravelByContentUnderTheirNames() throws Exception {
    Path data = Files.writeString(folder.resolve("data.csv"), "a,b");
    RunId run = harness.dataset("data.csv", data).run(Files1.class).run().id();
    assertThat(harness.value(Files1.class, run, "read")).isEqualTo("note.txt 100000 data.csv a,b");
  }

  @Test
  void aTaskRecordsTheDatasetThatItRead() throws Exception {
    Path data = Files.writeString(folder.resolve("data.csv"), "a,b");
    RunId run = harness.dataset("data.csv", data).run(Files1.class).run().id();
    assertThat(harness.task(run, "read").inputs())
        .extracting(input -> input.source().toString())
        .contains("FromDataset[name=data.csv]");
  }

  @Flow
  static class Dice {
    @Step
    List<Integer> players() {
      return List.of(1, 2);
    }

    @Step
    long roll(@Each("players") int player, RandomGenerator random) {
      return random.nextLong();
    }

    @Step
    List<Long> rolls(@All List<Long> roll) {
      return roll;
    }
  }

  @Test
  void randomNumbersAreEqualInEveryRunOfOneSeedAndDifferBetweenTasks() throws Exception {
    Object first = harness.value(Dice.class, harness.run(Dice.class).run().id(), "rolls");
    Object second = harness.value(Dice.class, harness.run(Dice.class).run().id(), "rolls");
    Object other = harness.value(Dice.class, harness.seed(7).run(Dice.class).run().id(), "rolls");
    assertThat(second).isEqualTo(first);
    assertThat(other).isNotEqualTo(first);
    assertThat(new ArrayList<>((List<?>) first)).doesNotHaveDuplicates();
  }

  @Flow
  static class Measuring {
    @Step
    void learn(TaskContext context) {
      context.metric("rows", 7);
      context.metric("loss", 0.5, 3, "nats");
      context.log("hello");
    }
  }

  @Test
  void metricsKeepTheirStepAndUnit() throws Exception {
    RunId run = harness.run(Measuring.class).run().id();
    assertThat(harness.runs.metrics(run).values().iterator().next())
        .extracting(
            metric ->
                metric.name() + " " + metric.value() + " " + metric.step() + " " + metric.unit())
        .containsExactly(
            "rows 7.0 OptionalLong.empty Optional.empty",
            "loss 0.5 OptionalLong[3] Optional[nats]");
  }

  @Flow
  static class Many {
    @Step
    List<Integer> numbers() {
      return IntStream.range(0, 20_000).boxed().toList();
    }

    @Step
    int square(@Each("numbers") int number) {
      return number % 1000 * (number % 1000);
    }

    @Step
    long sum(@All List<Integer> square) {
      return square.stream().mapToLong(Integer::longValue).sum();
    }
  }

  @Test
  void twentyThousandTasksAreJoinedInOrder() throws Exception {
    RunId run = harness.run(Many.class).run().id();
    assertThat(harness.value(Many.class, run, "sum")).isEqualTo(20L * 332_833_500L);
  }

  @Flow
  static class SameNames {
    @Step
    List<Path> left(TaskContext context) throws IOException {
      return List.of(write(context.folder().resolve("part.csv"), "left"));
    }

    @Step
    List<Path> right(TaskContext context) throws IOException {
      return List.of(write(context.folder().resolve("part.csv"), "right"));
    }

    private static Path write(Path file, String text) throws IOException {
      return Files.writeString(file, text);
    }

    @Step
    String both(@Each("left") Path a, @Each("right") Path b, Artifact<List<Path>> left)
        throws IOException {
      Path again = left.get().getFirst();
      return Files.readString(a) + Files.readString(b) + left.get().equals(List.of(again));
    }
  }

  @Test
  void filesOfOneNameDoNotGetInEachOthersWay() throws Exception {
    RunId run = harness.run(SameNames.class).run().id();
    assertThat(harness.value(SameNames.class, run, "both", 0, 0)).isEqualTo("leftrighttrue");
  }

  @Flow
  static class InnerFiles {
    @Step
    List<Integer> groups() {
      return List.of(1, 2);
    }

    @Step
    List<Path> parts(@Each("groups") int group, TaskContext context) throws IOException {
      return List.of(Files.writeString(context.folder().resolve("part.txt"), "g" + group));
    }

    @Step
    String read(@Each("parts") Path part) throws IOException {
      return Files.readString(part);
    }

    @Step
    List<String> all(@All List<String> read) {
      return read;
    }
  }

  @Test
  void aStepMayBeFannedOutOverTheFilesOfAFannedStep() throws Exception {
    RunId run = harness.run(InnerFiles.class).run().id();
    assertThat(harness.value(InnerFiles.class, run, "all")).isEqualTo(List.of("g1", "g2"));
  }
}
