package dev.colophon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colophon.cli.Terminal.Said;
import dev.colophon.core.json.Json;
import dev.colophon.core.run.Runner;
import dev.colophon.embedded.Machine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
  private Path folder;
  private Terminal terminal;

  @BeforeEach
  void anEmptyFolder(@TempDir Path folder) {
    this.folder = folder;
    this.terminal = new Terminal(folder);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run",
        "runs",
        "tag",
        "flows",
        "init",
        "status",
        "show",
        "logs",
        "diff",
        "get",
        "trace",
        "impact",
        "models",
        "model",
        "model show",
        "model alias",
        "model history",
        "class-path",
        "project",
        "project show",
        "project rotate"
      })
  void everyCommandExplainsItselfWithAnExample(String command) {
    Said said = terminal.type((command + " --help").split(" ", -1));
    assertThat(said.status()).isZero();
    assertThat(said.out()).contains("Usage: colophon " + command, "--json", "--home", "Example");
  }

  private List<String> commandsBelow(String command) {
    String help = terminal.type((command + " --help --json").strip().split(" ", -1)).out();
    List<String> all = new ArrayList<>();
    for (Json part : Json.parse(help.strip()).asObject().get("commands").asList()) {
      String name = (command + " " + part.asObject().get("name").asString()).strip();
      all.add(name);
      all.addAll(commandsBelow(name));
    }
    return all;
  }

  @TestFactory
  Stream<DynamicTest> everyExampleCanBeTyped() {
    return commandsBelow("").stream()
        .map(command -> DynamicTest.dynamicTest(command, () -> examplesAreRight(command)));
  }

  private void examplesAreRight(String command) {
    String help = terminal.type((command + " --help").split(" ", -1)).out();
    assertThat(help).contains("Exit status");
    List<String> examples =
        Pattern.compile("(?m)^  (?:\\S+=\\S+ |.*\"\\$\\()?colophon ([^)|\\n]*)")
            .matcher(help)
            .results()
            .map(found -> found.group(1))
            .toList();
    assertThat(examples).isNotEmpty();
    for (String example : examples) {
      List<String> words =
          Pattern.compile("\"[^\"]*\"|'[^']*'|\\S+")
              .matcher(example)
              .results()
              .map(word -> word.group().replaceAll("^['\"]|['\"]$", ""))
              .collect(Collectors.toCollection(ArrayList::new));
      words.add(words.contains("--") ? words.indexOf("--") : words.size(), "--help");
      assertThat(terminal.type(words.toArray(String[]::new)).status())
          .as(example)
          .isIn(0, 4); // the flows of the examples are not here
    }
  }

  @Test
  void withoutACommandItListsThemAll() {
    Said said = terminal.type();
    assertThat(said.status()).isZero();
    assertThat(said.out()).contains("runs", "show", "get", "trace", "impact", "models", "model");
  }

  @Test
  void versionAnswersInBothForms() {
    assertThat(terminal.type("--version").out()).startsWith("colophon ").contains(", java ");
    Json.Obj json = Json.parse(terminal.type("--version", "--json").out().strip()).asObject();
    assertThat(json.members()).containsOnlyKeys("colophon", "java");
  }

  @ParameterizedTest
  @ValueSource(strings = {"runs", "models", "show F/1", "trace m@1", "model alias m champion 1"})
  void aHomeThatDoesNotExistIsLeftSo(String command) {
    Said said = terminal.type(command.split(" ", -1));
    assertThat(said.status()).isIn(0, 4);
    assertThat(terminal.home().folder()).doesNotExist();
  }

  @Test
  void anEmptyListingSaysWhatToDoNext() {
    assertThat(terminal.type("runs").out()).contains("colophon run ");
  }

  @Test
  void aMistakeInTheUseIsStatusTwoWithADocument() {
    Said said = terminal.type("show", "--json");
    assertThat(said.status()).isEqualTo(2);
    Json.Obj error = Json.parse(said.out().strip()).asObject().get("error").asObject();
    assertThat(error.get("code").asString()).isEqualTo("invalid");
    assertThat(said.err()).contains("RUN[/STEP[/TASK]]");
  }

  @Test
  void whatDoesNotExistIsStatusFour() {
    assertThat(terminal.type("show", "FlightDelays/1").status()).isEqualTo(4);
  }

  @Test
  void anAliasThatIsElsewhereThanExpectedIsStatusFiveAndStays() {
    terminal.given(flights -> flights.completed(1));
    assertThat(alias("1", "--expect", "none").status()).isZero();
    assertThat(alias("1", "--expect", "7").status()).isEqualTo(5);
    assertThat(terminal.type("model", "history", "flight-delays").out()).hasLineCount(2);
  }

  private Said alias(String version, String... more) {
    List<String> words = new ArrayList<>(List.of("model", "alias"));
    words.addAll(List.of("flight-delays", "champion", version));
    words.addAll(List.of(more));
    return terminal.type(words.toArray(String[]::new));
  }

  @Test
  void anAliasThatIsANumberIsRefused() {
    terminal.given(flights -> flights.completed(1));
    Said said = terminal.type("model", "alias", "flight-delays", "7", "1");
    assertThat(said.status()).isEqualTo(2);
    assertThat(said.err()).contains("alias \"7\"");
  }

  @Test
  void aMoveSaysWhereTheAliasWasAndIs() {
    terminal.given(
        flights -> {
          flights.completed(1);
          flights.completed(1);
        });
    assertThat(alias("1").out()).isEqualTo("flight-delays@champion   nothing → version 1\n");
    assertThat(alias("2").out()).isEqualTo("flight-delays@champion   version 1 → version 2\n");
  }

  @Test
  void theHomeMayBeNamedAfterOrBeforeTheCommand() {
    terminal.given(flights -> flights.completed(1));
    String home = terminal.home().toString();
    assertThat(terminal.type("runs", "--all", "--home", home).out()).contains("FlightDelays/1");
    assertThat(terminal.type("--home", home, "runs", "--all").out()).contains("FlightDelays/1");
  }

  @Test
  void whatIsGottenIsTheExactContent() throws IOException {
    terminal.given(flights -> flights.completed(1));
    assertThat(get("FlightDelays/1/flights", "rows.json").status()).isZero();
    assertThat(Files.readString(folder.resolve("rows.json"))).isEqualTo("{\"rows\":336776}");
  }

  private Said get(String what, String to, String... more) {
    List<String> words = new ArrayList<>(List.of("get", what, "--to", to));
    words.addAll(List.of(more));
    return terminal.type(words.toArray(String[]::new));
  }

  @Test
  void aDashWritesToStandardOutputAndNothingElse() {
    terminal.given(flights -> flights.completed(1));
    assertThat(get("flight-delays@1", "-").out()).isEqualTo("weights of FlightDelays/1");
  }

  @Test
  void aTaskOfAFannedStepIsGottenByItsIndex() {
    terminal.given(flights -> flights.completed(2));
    assertThat(get("FlightDelays/1/fit/1.fold", "-").out()).isEqualTo("1");
  }

  @Test
  void aFannedStepIsNotGottenWithoutAnIndex() {
    terminal.given(flights -> flights.completed(2));
    Said said = get("FlightDelays/1/fit", "-");
    assertThat(said.status()).isEqualTo(2);
    assertThat(said.err()).contains("2 tasks").contains("FlightDelays/1/fit/0");
  }

  @Test
  void aFolderThatIsNotThereIsNamedAndNothingElse() {
    terminal.given(flights -> flights.completed(1));
    Said said = get("FlightDelays/1/flights", "none/rows.json");
    assertThat(said.status()).isEqualTo(4);
    assertThat(said.err())
        .isEqualTo(
            "error: folder %s: no such folder; make it, or name another with --to\n"
                .formatted(folder.resolve("none")));
  }

  @Test
  void onATerminalTheNextPromptBeginsOnALineOfItsOwn() {
    terminal.given(flights -> flights.completed(1));
    Said said = terminal.type(true, "get", "flight-delays@1", "--to", "-");
    assertThat(said.out()).isEqualTo("weights of FlightDelays/1\n");
  }

  @Test
  void aFileThatIsThereIsNotReplaced() throws IOException {
    terminal.given(flights -> flights.completed(1));
    Path mine = Files.writeString(folder.resolve("mine"), "mine");
    Said said = get("FlightDelays/1/flights", "mine");
    assertThat(said.status()).isEqualTo(5);
    assertThat(said.err()).contains("--force");
    assertThat(mine).hasContent("mine");
  }

  @Test
  void forceReplacesAFileAndLeavesNothingBesideIt() throws IOException {
    terminal.given(flights -> flights.completed(1));
    Files.writeString(folder.resolve("mine"), "mine");
    assertThat(get("FlightDelays/1/flights", "mine", "--force").status()).isZero();
    assertThat(folder.resolve("mine")).hasContent("{\"rows\":336776}");
    assertThat(folder).isDirectoryNotContaining("glob:**.part*");
  }

  @Test
  void aTaskThatLeftNothingHasNothingToGet() {
    terminal.given(flights -> flights.failed());
    Said said = get("FlightDelays/1/fit/1", "-");
    assertThat(said.status()).isEqualTo(4);
    assertThat(said.err()).contains("failed");
  }

  @Test
  void aStepThatReturnsNothingSaysSo() {
    terminal.given(flights -> flights.silent());
    Said said = get("Silent/1/only", "-");
    assertThat(said.status()).isEqualTo(4);
    assertThat(said.err()).contains("returns nothing").contains("colophon show Silent/1/only");
  }

  @Test
  void theNextPageIsAskedForAsThisOneWas() {
    terminal.given(
        flights -> {
          flights.completed(1);
          flights.completed(1);
        });
    String home = terminal.home().toString();
    String err =
        terminal
            .type("--home", home, "runs", "--by", "ana", "--flow=FlightDelays", "--limit", "1")
            .err();
    assertThat(err)
        .isEqualTo(
            "more runs: colophon --home %s runs --by ana --flow=FlightDelays --limit 1 --after FlightDelays/2\n"
                .formatted(home));
    String next = err.substring("more runs: colophon ".length()).strip();
    Said last = terminal.type(next.split(" ", -1));
    assertThat(last.out()).contains("FlightDelays/1");
    assertThat(last.err()).isEmpty();
  }

  @Test
  void aHintNamesTheHomeThatWasNamed() {
    terminal.given(flights -> flights.completed(1));
    String home = terminal.home().toString();
    assertThat(terminal.type("model", "show", "flight-delays@1", "--home", home).out())
        .contains("colophon trace flight-delays@1 --home " + home);
  }

  @Test
  void aReaderGoesOnWhereItIsUnknownWhetherLostRunsWereMarked() {
    terminal.given(flights -> flights.running(new Runner("elsewhere", 1, Instant.EPOCH)));
    Said said = terminal.type(new DoubtfulPorts(), false, "runs", "--all");
    assertThat(said.status()).isZero();
    assertThat(said.out()).contains("running");
    assertThat(said.err()).contains("warning: ").contains("nobody knows");
  }

  @Test
  void onesOwnRunsAreListedAndThatOthersHaveSomeIsSaid() {
    terminal.given(flights -> flights.completed(1));
    Said said = terminal.type("runs");
    assertThat(said.out())
        .isEqualTo("No such runs of yours (bo), but of others: colophon runs --all\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--all", "--by=ana", "--tag=user:ana", "--where=by = ana"})
  void runsOfOthersAreListedWhereTheyAreAskedFor(String option) {
    terminal.given(flights -> flights.completed(1));
    assertThat(terminal.type("runs", option).out()).contains("FlightDelays/1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--where=state = compleeted",
        "--where=auc >> 1",
        "--since=someday",
        "--sort=auc:up",
        "--state=done",
        "--limit=0",
        "--tag=a b",
        "--after=7"
      })
  void aRefusedListingNamesTheOptionOrTheColumn(String option) {
    Said said = terminal.type("runs", option);
    assertThat(said.status()).isEqualTo(2);
    String name = option.substring(2, option.indexOf('='));
    assertThat(said.err()).containsAnyOf("--" + name, name + " \"", "column");
  }

  @Test
  void aRunIsTaggedAfterItEnded() {
    terminal.given(flights -> flights.completed(1));
    Said said = terminal.type("tag", "FlightDelays/1", "--add", "good", "--remove", "nightly");
    assertThat(said.status()).isZero();
    assertThat(terminal.type("runs", "--all", "--tag", "good").out()).contains("FlightDelays/1");
    assertThat(terminal.type("tag", "FlightDelays/1").out())
        .contains("good", "by itself:", "user:ana", "flow:FlightDelays", "added", "bo");
  }

  @ParameterizedTest
  @ValueSource(strings = {"user:ana", "commit:3f2c"})
  void aTagThatRunsBearByThemselvesIsNotWritten(String tag) {
    terminal.given(flights -> flights.completed(1));
    Said said = terminal.type("tag", "FlightDelays/1", "--add", tag);
    assertThat(said.status()).isEqualTo(2);
    assertThat(said.err()).contains("--add \"" + tag + "\"").contains("by itself");
  }

  @Test
  void whatAStepOfEachRunLeftBehindIsListed() {
    terminal.given(
        flights -> {
          flights.completed(2);
          flights.completed(2);
        });
    Said said = terminal.type("runs", "--all", "--artifact", "best.fold", "--json");
    Json.Obj answer = Json.parse(said.out().strip()).asObject();
    assertThat(answer.get("runs").asList())
        .hasSize(2)
        .allSatisfy(
            run -> assertThat(run.asObject().get("artifact").asObject().find("value")).isPresent());
  }

  @Test
  void aRunWhoseProcessIsGoneShowsAsLost() {
    terminal.given(flights -> flights.running(new Runner("elsewhere", 1, Instant.EPOCH)));
    assertThat(terminal.type("runs", "--all").out()).contains("lost");
  }

  @Test
  void aRunWhoseProcessLivesShowsAsRunning() {
    terminal.given(flights -> flights.running(Machine.current().runner()));
    assertThat(terminal.type("runs", "--all").out()).contains("running");
  }

  @Test
  void onATerminalStatesHaveColours() {
    terminal.given(flights -> flights.completed(1));
    assertThat(terminal.type(true, "runs", "--all").out()).contains("\033[32mcompleted\033[0m");
  }

  @Test
  void elsewhereNothingHasColours() {
    terminal.given(flights -> flights.completed(1));
    assertThat(terminal.type("runs", "--all").out()).doesNotContain("\033");
  }

  @Test
  void aHomeOfANewerVersionIsRefusedByName() throws IOException {
    terminal.home().create();
    Files.writeString(terminal.home().folder().resolve("config"), "format=2\n");
    Said said = terminal.type("runs");
    assertThat(said.status()).isEqualTo(2);
    assertThat(said.err()).contains(terminal.home().toString()).contains("format 2");
  }

  @Test
  void contentThatIsNotWhatItsDigestSaysIsStatusSix() throws IOException {
    terminal.given(flights -> flights.completed(1));
    byte[] catalog = Files.readAllBytes(terminal.home().catalog());
    String text = new String(catalog, StandardCharsets.ISO_8859_1);
    String broken = text.replace("weights of FlightDelays/1", "Weights of FlightDelays/1");
    Files.write(terminal.home().catalog(), broken.getBytes(StandardCharsets.ISO_8859_1));
    Said said = get("flight-delays@1", "-");
    assertThat(said.status()).isEqualTo(6);
    assertThat(said.out()).isEmpty();
  }
}
