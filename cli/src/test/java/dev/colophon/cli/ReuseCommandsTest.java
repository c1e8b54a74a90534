package dev.colophon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colophon.core.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What why, plan and resume say of runs of a flow that is edited in between. */
class ReuseCommandsTest {
  private static final String FLOW =
      """
      import dev.colophon.flow.*;
      import java.util.*;
      import java.util.random.RandomGenerator;

      @Flow
      public class Sums {
        @Param int factor = 2;
        @Param List<Integer> list = List.of(1, 2, 3);
        @Param boolean fail;

        @Step List<Integer> numbers(List<Integer> list) { return list; }
        @Step int scaled(@Each("numbers") int number, int factor) { return scale(number, factor); }
        @Step int sum(List<Integer> scaled) { return scaled.stream().mapToInt(x -> x).sum(); }
        @Step boolean positive(int sum) { return sum > 0; }
        @Step String told(boolean positive, boolean fail) {
          if (fail) { throw new IllegalStateException("told to"); }
          return positive ? "yes" : "no";
        }
        @Step int drawn(RandomGenerator random) { return random.nextInt(); }
        @Step(cache = Cache.OFF) int asked() { return 5; }
        @Step String dated(TaskContext context) { return context.asOf().toString(); }
        @Step String addressed(TaskContext context) { return context.id().toString(); }
        @Step String named() throws Exception { return Class.forName("java.lang.String").getName(); }

        static int scale(int number, int factor) { return number * factor; }
      }
      """;

  private final Path folder;
  private final Terminal terminal;

  ReuseCommandsTest(@TempDir Path folder) {
    this.folder = folder;
    this.terminal = new Terminal(folder);
  }

  @BeforeEach
  void aFirstRun() throws IOException {
    write(FLOW);
    type("run Sums.java");
  }

  private void write(String text) throws IOException {
    Files.writeString(folder.resolve("Sums.java"), text);
  }

  private void edit(String from, String to) throws IOException {
    assertThat(FLOW).contains(from);
    write(FLOW.replace(from, to));
  }

  private Terminal.Said type(String command) {
    return terminal.type(command.split(" ", -1));
  }

  private Json.Obj document(String command) {
    List<String> words = Arrays.asList(command.split(" ", -1));
    return Json.parse(terminal.typeWithJson(words).out().strip()).asObject();
  }

  private String causes(String task) {
    return document("why " + task).get("causes").text();
  }

  private static String step(Json.Obj plan, String step) {
    return ((Json.Arr) plan.get("steps"))
        .items().stream()
            .map(Json::asObject)
            .filter(each -> each.get("step").asString().equals(step))
            .map(
                each ->
                    each.get("verdict").asString()
                        + each.find("dependsOn").map(Json::text).orElse(""))
            .findFirst()
            .orElseThrow();
  }

  @Test
  void theDocumentOfATaskHasTheseMembers() {
    assertThat(document("why Sums/1/sum").text())
        .isEqualTo(
            "{\"task\":\"Sums/1/sum\",\"verdict\":\"ran\",\"comparedWith\":null,\"causes\":[{\"kind\":\"first\",\"name\":\"no earlier run completed it\",\"from\":null,\"to\":null}]}");
  }

  @Test
  void aReusedTaskIsComparedWithItsOriginAndHasNoCause() {
    type("run Sums.java");
    type("run Sums.java");
    assertThat(document("why Sums/3/sum").text())
        .isEqualTo(
            "{\"task\":\"Sums/3/sum\",\"verdict\":\"reused\",\"comparedWith\":\"Sums/1/sum\",\"causes\":[]}");
  }

  @Test
  void anEditedHelperIsNamed() throws IOException {
    edit("return number * factor", "return factor * number + 0 * factor");
    type("run Sums.java");
    assertThat(causes("Sums/2/scaled/0"))
        .contains("\"kind\":\"code\"", "\"name\":\"Sums.scale(int, int)\"")
        .doesNotContain("Sums.scaled", "input");
  }

  @Test
  void aStepWhoseInputsAreEqualIsReusedThoughTheirProducerRan() throws IOException {
    edit("return number * factor", "return factor * number + 0 * factor");
    type("run Sums.java");
    assertThat(document("why Sums/2/sum").get("verdict").asString()).isEqualTo("reused");
  }

  @Test
  void aChangedInputNamesItsProducers() {
    type("run Sums.java --factor 3");
    assertThat(causes("Sums/2/sum"))
        .contains("\"kind\":\"input\",\"name\":\"scaled\",\"from\":\"Sums/1/scaled/0 ")
        .contains("\"to\":\"Sums/2/scaled/0 ");
  }

  @ParameterizedTest(name = "{1} {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          run Sums.java --factor 3      | scaled/0  | [{"kind":"parameter","name":"factor","from":"2","to":"3"}]
          run Sums.java --seed 8        | drawn     | [{"kind":"parameter","name":"seed","from":"0","to":"8"}]
          run Sums.java --no-cache      | sum       | [{"kind":"policy","name":"--no-cache","from":null,"to":null}]
          run Sums.java --refresh sum   | sum       | [{"kind":"policy","name":"--refresh sum","from":null,"to":null}]
          run Sums.java                 | asked     | [{"kind":"policy","name":"@Step(cache = OFF)","from":null,"to":null}]
          run Sums.java                 | addressed | [{"kind":"policy","name":"asks for its own address","from":null,"to":null}]
          """)
  void itRanFor(String command, String task, String causes) {
    type(command);
    assertThat(causes("Sums/2/" + task)).isEqualTo(causes);
  }

  @Test
  void theMomentOfTheRunIsACause() {
    type("run Sums.java --as-of 2026-01-02T00:00:00Z");
    assertThat(causes("Sums/2/dated"))
        .contains("\"name\":\"asOf\"", "\"to\":\"2026-01-02T00:00:00Z\"");
  }

  @Test
  void whereAllCodeCountsItIsSaidWhoIsToBlame() throws IOException {
    edit("return number * factor", "return factor * number + 0 * factor");
    type("run Sums.java");
    assertThat(causes("Sums/2/named"))
        .contains(
            "\"kind\":\"policy\",\"name\":\"all code counts: Sums.named() calls Class.forName");
  }

  @Test
  void tasksOfAStepThatAreAlikeAreToldTogether() {
    type("run Sums.java --factor 3");
    assertThat(type("why Sums/2/scaled").out())
        .isEqualTo(
            "Sums/2/scaled   3 tasks ran   compared with Sums/1\n  parameter   factor   2 -> 3\n");
  }

  @Test
  void aNewElementIsToldApart() {
    type("run Sums.java --list 1,2,7");
    assertThat(type("why Sums/2/scaled").out())
        .contains("Sums/2/scaled   2 of 3 tasks (0 1) reused   from Sums/1\n")
        .contains(
            "Sums/2/scaled/2   ran   compared with Sums/1/scaled/2\n  element   number   another at this place\n");
  }

  @Test
  void theDocumentOfAStepListsItsTasks() {
    assertThat(((Json.Arr) document("why Sums/1/scaled").get("tasks")).items()).hasSize(3);
  }

  @Test
  void aRunAsAWholeIsExplainedStepByStep() {
    type("run Sums.java");
    assertThat(type("why Sums/2").out()).contains("Sums/2/sum   reused   from Sums/1/sum\n");
  }

  @Test
  void aPlanRecordsNothing() {
    String before = type("runs").out();
    type("plan Sums.java --factor 9");
    assertThat(type("runs").out()).isEqualTo(before);
  }

  @Test
  void aPlanMakesNoHome() {
    Terminal other = new Terminal(folder.resolve("other")).at(folder);
    Terminal.Said said = other.type("plan", "Sums.java");
    assertThat(said.out()).contains("no earlier run completed it");
    assertThat(other.home().folder()).doesNotExist();
  }

  @Test
  void aPlanSaysWhatIsReusedRunsAndDepends() {
    Json.Obj plan = document("plan Sums.java --factor 3");
    assertThat(List.of(step(plan, "numbers"), step(plan, "scaled"), step(plan, "sum")))
        .containsExactly("reuse", "run", "depends\"scaled\"");
  }

  @Test
  void aPlanSaysWhyAStepRuns() {
    assertThat(document("plan Sums.java --factor 3").text())
        .contains("[{\"kind\":\"parameter\",\"name\":\"factor\",\"from\":\"2\",\"to\":\"3\"}]");
  }

  @Test
  void aFanOutOfUnknownWidthDependsOnTheStepThatGivesIt() {
    Json.Obj plan = document("plan Sums.java --list 4,5");
    assertThat(step(plan, "scaled")).isEqualTo("depends\"numbers\"");
  }

  @Test
  void aStepThatIsNeverReusedRunsWhateverItDependsOn() {
    Json.Obj plan = document("plan Sums.java --list 4,5 --refresh told");
    assertThat(step(plan, "told")).isEqualTo("run");
  }

  @Test
  void aFailedRunIsContinuedWithItsParameters() throws IOException {
    type("run Sums.java --factor 4 --fail");
    edit("if (fail)", "if (fail && factor < 0)");
    assertThat(type("resume Sums/2").out())
        .contains("factor=4", "\n  continues run 2 ")
        .containsPattern("sum +reused +from run 2")
        .containsPattern("told +done")
        .contains("Sums/3 completed");
  }

  @Test
  void aContinuedRunCanBeContinuedItself() throws IOException {
    type("run Sums.java --fail");
    type("resume Sums/2");
    edit("if (fail)", "if (fail && factor < 0)");
    assertThat(type("resume Sums/3").out()).contains("continues run 3", "Sums/4 completed");
  }

  @Test
  void aRunWhoseFlowIsGoneIsRefusedWithThePlaceWhereItWas() throws IOException {
    type("run Sums.java --fail");
    Files.delete(folder.resolve("Sums.java"));
    Terminal.Said said = type("resume Sums/2");
    assertThat(said.status()).isEqualTo(4);
    assertThat(said.err())
        .contains(folder.resolve("Sums.java").toString(), "colophon resume Sums/2 FILE");
  }

  @Test
  void aCompletedRunIsAnsweredWithWhatIsNext() {
    Terminal.Said said = type("resume Sums/1");
    assertThat(said.status()).isZero();
    assertThat(said.out()).contains("nothing is left to continue", "colophon plan Sums.java");
  }

  @Test
  void theOriginOfAReusedTaskIsShown() {
    type("run Sums.java");
    assertThat(type("show Sums/2/sum").out()).contains("\n  reused from Sums/1/sum\n");
  }

  @Test
  void theOriginOfAReusedTaskIsTraced() {
    type("run Sums.java");
    assertThat(type("trace Sums/2/sum").out())
        .contains("reused from Sums/1/sum\n")
        .containsPattern("scaled ×3 .*   reused from Sums/1/scaled\n");
  }
}
