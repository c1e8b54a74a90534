package dev.colophon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colophon.cli.Terminal.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What plan and resume do on the branches of a project. */
class ContinuedBranchTest {
  private static final String FLOW =
      """
      import dev.colophon.flow.*;
      import java.time.Duration;
      import java.util.*;

      @Flow
      @Project("flights")
      class Delays {
        enum Level { LOW, HIGH }
        record Range(int from, int to) {}
        record Weights(double w) {}

        @Param boolean fail;
        @Param Level level = Level.LOW;
        @Param Range range = new Range(1, 2);
        @Param List<Double> rates = List.of(0.5);
        @Param Duration patience = Duration.ofSeconds(1);

        @Step
        NewVersion register() {
          if (fail) throw new IllegalStateException("asked to fail");
          return NewVersion.of("delays", new Weights(1));
        }
      }
      """;

  private Path folder;
  private Terminal terminal;

  @BeforeEach
  void aFlowOfAProject(@TempDir Path folder) throws IOException {
    this.folder = folder;
    terminal = new Terminal(folder);
    Files.writeString(folder.resolve("Delays.java"), FLOW);
  }

  private Said type(String command) {
    return terminal.type(command.split(" ", -1));
  }

  private String plan(String options) {
    return terminal.typeWithJson(List.of(("plan Delays.java " + options).split(" ", -1))).out();
  }

  private void edit(String from, String to) throws IOException {
    Path file = folder.resolve("Delays.java");
    String before = Files.readString(file);
    assertThat(before).contains(from);
    Files.writeString(file, before.replace(from, to));
  }

  private void repair() throws IOException {
    edit("if (fail)", "if (fail && rates.isEmpty())");
  }

  private Path tokens() {
    return folder.resolve(".config/colophon/tokens");
  }

  @Test
  void aPlanForProductionMakesNoTokenAndRecordsNothing() {
    type("run Delays.java");
    String before = type("runs").out();
    assertThat(type("plan Delays.java --production").status()).isZero();
    assertThat(tokens()).doesNotExist();
    assertThat(type("runs").out()).isEqualTo(before);
  }

  @Test
  void aPlanForProductionAsksForNoToken() throws IOException {
    type("run Delays.java --production");
    Files.delete(tokens());
    assertThat(plan("--production")).contains("\"verdict\":\"reuse\"");
  }

  @Test
  void aVersionIsPlannedToBeReusedOnItsOwnBranch() {
    type("run Delays.java --branch big");
    assertThat(plan("--branch big")).contains("\"verdict\":\"reuse\"");
  }

  @Test
  void aVersionIsPlannedToBeMadeAnewOnAnotherBranch() {
    type("run Delays.java --branch big");
    assertThat(plan("--branch small")).contains("\"verdict\":\"run\"");
  }

  @Test
  void aContinuedRunStaysOnItsBranch() throws IOException {
    type("run Delays.java --branch big --fail");
    repair();
    assertThat(type("resume Delays/1").status()).isZero();
    assertThat(type("runs --project flights --branch big").out()).contains("Delays/2");
  }

  @Test
  void aProductionRunIsContinuedInProductionByWhoHasItsToken() throws IOException {
    type("run Delays.java --production --fail");
    repair();
    assertThat(type("resume Delays/1").status()).isZero();
    assertThat(type("runs --branch production").out()).contains("Delays/2");
  }

  @Test
  void aProductionRunIsNotContinuedWithoutItsToken() throws IOException {
    type("run Delays.java --production --fail");
    Files.delete(tokens());
    repair();
    Said said = type("resume Delays/1");
    assertThat(said.status()).isEqualTo(5);
    assertThat(said.err()).contains("project flights", "--token", "COLOPHON_TOKEN");
    assertThat(type("runs").out()).doesNotContain("Delays/2");
  }

  @Test
  void aParameterThatWasRenamedIsLetGoWhenARunIsContinued() throws IOException {
    type("run Delays.java --level HIGH --fail");
    repair();
    edit("Level level =", "Level height =");
    Said said = type("resume Delays/1");
    assertThat(said.status()).isZero();
    assertThat(said.out()).contains("height=LOW").doesNotContain("level=");
  }
}
