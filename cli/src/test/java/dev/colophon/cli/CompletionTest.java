package dev.colophon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompletionTest {
  @TempDir private Path folder;
  private Terminal terminal;

  @BeforeEach
  void aRunAndAModel() throws IOException {
    terminal = new Terminal(folder);
    terminal.given(flights -> flights.completed(2));
    assertThat(terminal.type("model", "alias", "flight-delays", "champion", "1").status()).isZero();
    Files.writeString(
        folder.resolve("Train.java"),
        """
        import dev.colophon.flow.*;

        @Flow
        public class Train {
          @Param int months = 6;

          @Step int only(int months) { return months; }
        }
        """);
  }

  private List<String> after(String line) {
    return terminal.type("complete", "--", line).out().lines().toList();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      textBlock =
          """
          colophon im|impact
          colophon model al|alias
          colophon runs --st|--state
          colophon runs --state co|completed
          colophon runs --flow F|FlightDelays
          colophon runs --state failed --flow F|FlightDelays
          colophon show F|FlightDelays/1
          colophon show FlightDelays/1/be|FlightDelays/1/best
          colophon trace flight-delays@c|flight-delays@champion
          colophon model show fl|flight-delays;flight-delays@1;flight-delays@champion
          colophon run Train.java --mo|--months
          colophon completion z|zsh
          colophon --home x im|impact""")
  void whatMayFollowIsOffered(String line, String candidates) {
    assertThat(after(line)).containsExactly(candidates.split(";", -1));
  }

  @Test
  void whereAFileMayStandTheShellIsLeftToOfferIt() {
    assertThat(after("colophon run Tr")).isEmpty();
    assertThat(after("colophon run Train.java --params t")).isEmpty();
  }

  @Test
  void aFlowThatDoesNotCompileOffersNothingOfItsOwn() throws IOException {
    Files.writeString(folder.resolve("Bad.java"), "class {");
    assertThat(after("colophon run Bad.java --mo")).isEmpty();
  }

  @Test
  void whatIsMeantForScriptsIsNotOffered() {
    assertThat(after("colophon ")).contains("run", "config").doesNotContain("complete");
  }

  /** Plays a person who types a line and presses the tabulator. */
  private List<String> pressed(String line, String answer) throws Exception {
    Path program = folder.resolve("colophon");
    Files.writeString(program, "#!/bin/sh\necho \"$1 $2 $3\" > asked\nprintf '" + answer + "'\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    Path script = folder.resolve("script");
    Files.writeString(
        script,
        terminal.type("completion", "bash").out()
            + """
            COMP_LINE='%s'; COMP_POINT=${#COMP_LINE}; COMP_WORDS=(./colophon)
            _colophon
            printf '%%s\\n' "${COMPREPLY[@]}"
            """
                .formatted(line));
    Process process =
        new ProcessBuilder("bash", script.toString()).directory(folder.toFile()).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return said.lines().toList();
  }

  @Test
  void bashAsksForWhatWasTypedAndOffersTheAnswers() throws Exception {
    assertThat(pressed("colophon show F", "FlightDelays/1\\nFlightDelays/2\\n"))
        .containsExactly("FlightDelays/1", "FlightDelays/2");
    assertThat(folder.resolve("asked")).hasContent("complete -- colophon show F");
  }

  @Test
  void bashGetsOnlyWhatFollowsTheLastSignThatBreaksAWord() throws Exception {
    assertThat(pressed("colophon trace a:b@c", "a:b@champion\\n")).containsExactly("champion");
  }

  @Test
  void zshsScriptSaysWhatItCompletes() {
    assertThat(terminal.type("completion", "zsh").out()).contains("compdef _colophon colophon");
  }

  @Test
  void anotherShellIsRefused() {
    assertThat(terminal.type("completion", "fish").err()).contains("expected bash or zsh");
  }
}
