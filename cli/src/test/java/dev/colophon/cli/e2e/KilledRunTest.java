package dev.colophon.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colophon.cli.e2e.Command.Ended;
import dev.colophon.core.Name;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.json.Json;
import dev.colophon.core.model.VersionRecord;
import dev.colophon.core.run.RunFilter;
import dev.colophon.core.run.RunRecord;
import dev.colophon.core.run.RunState;
import dev.colophon.core.run.TaskRecord;
import dev.colophon.embedded.Colophon;
import dev.colophon.embedded.Home;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A runner killed thirty times at random moments of a run: what the next command finds. */
class KilledRunTest {
  private static final int KILLS = 30;

  /** Steps of the flow, and so lines that acknowledge something. */
  private static final int STEPS = 9;

  private static final Pattern VERSION = Pattern.compile("m version (\\d+)");
  private static final Pattern DONE = Pattern.compile("(?m)^  (\\w+) +done ");
  private static final Pattern RUN = Pattern.compile("Killed run (\\d+)");

  private static final String FLOW =
      """
      import dev.colophon.flow.*;
      import java.util.*;

      @Flow
      class Killed {
        record Weights(byte[] bytes) {}

        @Param int salt = 0;

        @Step List<Integer> rows() { return List.of(0, 1, 2, 3); }
        @Step byte[] first(@Each("rows") int row, int salt) { return noise(salt, row); }
        @Step NewVersion one(@All List<byte[]> first) { return NewVersion.of("m", new Weights(first.get(0))); }
        @Step byte[] second(@Each("rows") int row, int salt, ModelVersion one) { return noise(salt, 10 + row); }
        @Step NewVersion two(@All List<byte[]> second) { return NewVersion.of("m", new Weights(second.get(1))); }
        @Step byte[] third(@Each("rows") int row, int salt, ModelVersion two) { return noise(salt, 20 + row); }
        @Step NewVersion three(@All List<byte[]> third) { return NewVersion.of("m", new Weights(third.get(2))); }
        @Step byte[] fourth(@Each("rows") int row, int salt, ModelVersion three) { return noise(salt, 30 + row); }
        @Step NewVersion four(@All List<byte[]> fourth) { return NewVersion.of("m", new Weights(fourth.get(3))); }

        /** Too much to lie in the catalog. */
        static byte[] noise(int salt, int row) {
          byte[] bytes = new byte[20_000];
          new Random(1_000L * salt + row).nextBytes(bytes);
          return bytes;
        }
      }
      """;

  /** The same bytes as the flow's. */
  private static byte[] noise(int salt, int row) {
    byte[] bytes = new byte[20_000];
    new Random(1_000L * salt + row).nextBytes(bytes);
    return bytes;
  }

  @TempDir private static Path folder;
  private static final List<String> SAID = new ArrayList<>();
  private static String runsAfter = "";
  private static Optional<Command> command = Optional.empty();
  private static Optional<Colophon> opened = Optional.empty();

  @BeforeAll
  static void killAgainAndAgain() throws Exception {
    Random random = new Random(30);
    Command colophon = Command.in(folder).file("Killed.java", FLOW);
    command = Optional.of(colophon);
    SAID.add(colophon.run("run", "Killed.java", "--salt", "0").out());
    for (int i = 1; i <= KILLS; i++) {
      Command.Started run = colophon.start("run", "Killed.java", "--salt", Integer.toString(i));
      run.awaitText("Killed run").awaitLines(random.nextInt(STEPS), " done ");
      Thread.sleep(0, random.nextInt(999_999));
      SAID.add(run.kill().ended().out());
    }
    runsAfter = colophon.run("runs", "--limit", "100", "--json").out();
    opened = Optional.of(Colophon.reading(new Home(colophon.home())));
  }

  @AfterAll
  static void close() {
    opened.ifPresent(Colophon::close);
  }

  private static Colophon colophon() {
    return opened.orElseThrow();
  }

  private static List<RunRecord> runs() {
    return colophon().runs().listRuns(RunFilter.ALL).items();
  }

  private static Stream<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(match -> match.group(1));
  }

  @Test
  void everyRunThatWasAcknowledgedIsThere() {
    assertThat(runs())
        .extracting(run -> Integer.toString(run.id().number()))
        .containsAll(SAID.stream().flatMap(said -> found(RUN, said)).toList());
  }

  @Test
  void runNumbersHaveNoGap() {
    List<Integer> numbers = runs().stream().map(run -> run.id().number()).sorted().toList();
    assertThat(numbers).isEqualTo(IntStream.rangeClosed(1, numbers.size()).boxed().toList());
  }

  @Test
  void aRunWhoseProcessWasKilledShowsAsLostAtTheNextCommand() {
    assertThat(runsAfter).contains("\"lost\"").doesNotContain("\"running\"");
    List<RunRecord> killed =
        runs().stream().filter(run -> run.state() != RunState.COMPLETED).toList();
    assertThat(killed).hasSizeGreaterThan(KILLS / 2).allMatch(run -> run.state() == RunState.LOST);
  }

  @Test
  void everyStepThatWasSaidToBeDoneHasAllItsTasksOnRecord() {
    for (String said : SAID) {
      RunId run = RunId.parse("Killed/" + found(RUN, said).findFirst().orElseThrow());
      List<String> completed =
          colophon().runs().getGraph(run).tasks().stream()
              .filter(task -> task.state() == RunState.COMPLETED)
              .map(task -> task.id().step().text())
              .toList();
      assertThat(found(DONE, said).toList()).allMatch(completed::contains);
      found(DONE, said)
          .filter(step -> step.endsWith("st") || step.endsWith("nd") || step.endsWith("rd"))
          .forEach(step -> assertThat(completed).filteredOn(step::equals).hasSize(4));
    }
  }

  @Test
  void whatACompletedTaskLeftHasTheBytesThatItMade() {
    int checked = 0;
    for (RunRecord run : runs()) {
      int salt = Integer.parseInt(new Json.Obj(run.parameters()).get("salt").text());
      for (TaskRecord task : colophon().runs().getGraph(run.id()).tasks()) {
        int round = List.of("first", "second", "third", "fourth").indexOf(task.id().step().text());
        if (task.state() == RunState.COMPLETED && round >= 0) {
          int row = task.id().index().indexes().getFirst();
          assertThat(content(task.id())).endsWith(noise(salt, 10 * round + row));
          checked++;
        }
      }
    }
    assertThat(checked).isGreaterThan(KILLS);
  }

  private static byte[] content(TaskId task) {
    return colophon().runs().outputsOf(List.of(task)).values().stream()
        .map(output -> colophon().artifacts().bytes(output.artifact().digest()))
        .findFirst()
        .orElseThrow();
  }

  private static List<VersionRecord> versions() {
    return colophon().registry().listVersions(Name.of("m"), 1_000, OptionalInt.empty());
  }

  @Test
  void everyVersionThatWasAcknowledgedIsThereAndNumbersHaveNoGap() {
    List<Integer> numbers = versions().stream().map(version -> version.id().number()).toList();
    assertThat(numbers)
        .containsAll(
            SAID.stream().flatMap(said -> found(VERSION, said)).map(Integer::valueOf).toList());
    assertThat(numbers.reversed())
        .isEqualTo(IntStream.rangeClosed(1, numbers.size()).boxed().toList());
  }

  @Test
  void theContentOfEveryVersionVerifies() throws Exception {
    Path copies = Files.createDirectory(folder.resolve("copies"));
    for (VersionRecord version : versions()) {
      Path copy = copies.resolve(Integer.toString(version.id().number()));
      colophon().artifacts().restore(version.artifact(), copy);
      assertThat(copy).exists();
    }
  }

  @Test
  void theLastAcknowledgedVersionCanBeHad() throws Exception {
    String last =
        SAID.stream().flatMap(said -> found(VERSION, said)).reduce((a, b) -> b).orElseThrow();
    Ended ended = command.orElseThrow().run("get", "m@" + last, "--to", "last");
    assertThat(ended.err()).isEmpty();
    assertThat(ended.status()).isEqualTo(0);
  }

  @Test
  void theNextRunWorks() throws Exception {
    Command again = command.orElseThrow();
    assertThat(again.run("run", "Killed.java", "--salt", "99").status()).isEqualTo(0);
  }
}
