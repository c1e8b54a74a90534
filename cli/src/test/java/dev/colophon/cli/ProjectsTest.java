package dev.colophon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colophon.cli.Terminal.Said;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Branches of a project, and the token of its production branch. */
class ProjectsTest {
  private static final String MADE = "token of the production branch of flights, shown this once: ";

  private Path folder;
  private Terminal terminal;

  @BeforeEach
  void aFlowOfAProject(@TempDir Path folder) throws IOException {
    this.folder = folder;
    terminal = new Terminal(folder);
    Files.writeString(
        folder.resolve("Delays.java"),
        """
        import dev.colophon.flow.*;

        @Flow
        @Project("flights")
        class Delays {
          record Weights(double w) {}

          @Step
          NewVersion register() {
            return NewVersion.of("delays", new Weights(1));
          }
        }
        """);
    Files.writeString(
        folder.resolve("Alone.java"),
        """
        import dev.colophon.flow.*;

        @Flow
        class Alone {
          @Step
          int one() {
            return 1;
          }
        }
        """);
  }

  private Said run(String... options) {
    return terminal.type(
        Stream.concat(Stream.of("run", "Delays.java"), Stream.of(options)).toArray(String[]::new));
  }

  private void forget() throws IOException {
    Files.delete(folder.resolve(".config/colophon/tokens"));
  }

  private String token() {
    Said said = run("--production");
    assertThat(said.status()).isZero();
    return said.err()
        .lines()
        .filter(line -> line.startsWith(MADE))
        .findFirst()
        .orElseThrow()
        .substring(MADE.length());
  }

  @Test
  void aRunIsOfThePersonsOwnBranchAndSoAreItsModels() {
    assertThat(run().status()).isZero();
    assertThat(terminal.type("runs", "--project", "flights", "--branch", "user.bo").out())
        .contains("Delays/1");
    assertThat(terminal.type("models").out()).contains("delays.user.bo");
  }

  @Test
  void aBranchIsNamed() {
    assertThat(run("--branch", "test.big").status()).isZero();
    assertThat(terminal.type("runs", "--tag", "branch:test.big").out()).contains("Delays/1");
    assertThat(terminal.type("show", "Delays/1").out())
        .contains("project  flights   branch test.big");
    assertThat(terminal.type("models").out()).contains("delays.test.big");
  }

  @Test
  void inProductionAModelHasItsPlainNameAndIsNoneThatABranchMade() {
    run();
    token();
    assertThat(terminal.type("model", "show", "delays@1").out()).contains("Delays/2");
  }

  @Test
  void anotherBranchMakesAVersionOfItsOwn() {
    run();
    assertThat(run("--branch", "other").out()).contains("delays.other").doesNotContain("reused");
  }

  @Test
  void theTokenIsShownOnceAndRememberedByTheAccount() {
    token();
    Said again = run("--production");
    assertThat(again.status()).isZero();
    assertThat(again.err()).doesNotContain(MADE);
  }

  @Test
  void withoutItsTokenNothingIsWrittenIntoProduction() throws IOException {
    token();
    forget();
    Said said = run("--production");
    assertThat(said.status()).isEqualTo(5);
    assertThat(said.err()).contains("project flights", "--token", "COLOPHON_TOKEN");
    assertThat(terminal.type("runs", "--branch", "production").out()).doesNotContain("Delays/2");
  }

  @Test
  void aWrongTokenIsRefusedThoughTheRightOneIsRemembered() {
    token();
    Said said = run("--production", "--token", "wrong");
    assertThat(said.status()).isEqualTo(5);
    assertThat(said.err()).contains("is not the one").contains("colophon project show flights");
  }

  @Test
  void theRightTokenIsGivenOnce() throws IOException {
    String token = token();
    forget();
    assertThat(run("--production", "--token", token).status()).isZero();
    assertThat(run("--production").status()).isZero();
  }

  @Test
  void noRecordHoldsTheToken() throws IOException {
    String token = token();
    forget();
    run("--production", "--token", token);
    try (Stream<Path> files = Files.walk(terminal.home().folder())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
            .doesNotContain(token);
      }
    }
  }

  @Test
  void aRotatedTokenCountsNoMore() {
    String old = token();
    assertThat(terminal.type("project", "rotate", "flights").status()).isZero();
    assertThat(run("--production", "--token", old).status()).isEqualTo(5);
    assertThat(run("--production").status()).isZero();
  }

  @Test
  void aProjectShowsItsBranchesAndWhoMadeItsToken() {
    run();
    token();
    assertThat(terminal.type("project", "show", "flights").out())
        .contains("production  user.bo", "made by bo");
    assertThat(terminal.type("project", "show", "none").status()).isEqualTo(4);
  }

  @Test
  void aFlowWithoutAProjectHasNoBranch() {
    for (String[] options : new String[][] {{"--production"}, {"--branch", "x"}}) {
      Said said =
          terminal.type(
              Stream.concat(Stream.of("run", "Alone.java"), Stream.of(options))
                  .toArray(String[]::new));
      assertThat(said.status()).isEqualTo(2);
      assertThat(said.err()).contains(options[0], "flow Alone", "@Project");
    }
  }

  @Test
  void theProductionBranchIsNotNamedLikeAnother() {
    assertThat(run("--branch", "production").err()).contains("write --production");
    assertThat(run("--branch", "x", "--production").err()).contains("exclude each other");
  }

  @Test
  void aProjectNameIsCheckedBeforeTheFlowRuns() throws IOException {
    Path flow = folder.resolve("Delays.java");
    Files.writeString(flow, Files.readString(flow).replace("\"flights\"", "\"my flights\""));
    Said said = run();
    assertThat(said.status()).isEqualTo(2);
    assertThat(said.err()).contains("Delays.java", "project name \"my flights\"");
  }
}
