package dev.colophon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colophon.core.json.Json;
import dev.colophon.embedded.Colophon;
import dev.colophon.embedded.track.TrackedRun;
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

/** What the commands about code answer, to the letter: {@link GoldenTest} says how. */
class CodeGoldenTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/code");

  private static final String FLOW =
      """
      import dev.colophon.flow.*;
      import java.io.IOException;
      import java.nio.file.*;

      @Flow
      public class Main {
        @Param String title = "größer";
        @Param int %s = 1;

        @Step
        String said(String title, int %s, @Input("target/data.txt") Path data) throws IOException {
          return title + %s + Files.readString(data);
        }
      }
      """;

  @TempDir private Path folder;
  private Terminal terminal;

  @BeforeEach
  void twoRunsAndAnEdit() throws IOException {
    terminal = new Terminal(folder);
    write(".env", "TOKEN=1\n");
    write("moved.txt", "moved\n");
    write("gone.bin", "\0gone");
    write("Main.java", FLOW.formatted("skip", "skip", "skip"));
    write("target/data.txt", "data\n");
    assertThat(terminal.type("run", "Main.java", "--title", "it's").status()).isZero();
    write("Main.java", FLOW.formatted("months", "months", "months"));
    write("größer \"1\".txt", "new\nno line end");
    Files.delete(folder.resolve("gone.bin"));
    Files.delete(folder.resolve("moved.txt"));
    write("sub/moved.txt", "moved\n");
    assertThat(terminal.type("run", "Main.java").status()).isZero();
    write("Main.java", FLOW.formatted("years", "years", "years"));
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      textBlock =
          """
          diff,               code diff Main/1 Main/2
          diff-stat,          code diff Main/1 Main/2 --stat
          diff-work-tree,     code diff Main/2
          diff-path,          code diff Main/1 Main/2 moved.txt
          checkout,           code checkout Main/1 --to again
          checkout-data,      code checkout Main/2 --to again --with-data
          diff-root,          code diff Main/1 Main/2 . --stat
          error-path,         code diff Main/1 Main/2 Main.jav
          error-folder,       code checkout Main/1 --to target
          """)
  void itSays(String name, String command) throws IOException {
    List<String> words = Arrays.asList(command.split(" ", -1));
    Terminal.Said text = terminal.type(words.toArray(String[]::new));
    expect(name + ".txt", text.out() + text.err());
    List<String> others = words.stream().map(word -> word.replace("again", "again2")).toList();
    Terminal.Said document = terminal.typeWithJson(others);
    assertThat(document.out()).endsWith("\n").hasLineCount(1);
    expect(name + ".json", Json.parse(document.out().strip()).pretty() + "\n");
  }

  @Test
  void aProgramIsNotSaidToBeAFlow() {
    try (Colophon colophon = Colophon.open(terminal.home())) {
      try (TrackedRun run = colophon.start("nightly-train")) {
        run.complete();
      }
    }
    List<String> words = List.of("code", "checkout", "nightly-train/1", "--to", "again");
    Terminal.Said text = terminal.type(words.toArray(String[]::new));
    assertThat(text.out()).contains("a program, no flow").doesNotContain("colophon run");
  }

  private void expect(String name, String found) throws IOException {
    String portable =
        found
            .replace(folder.toString(), "FOLDER")
            .replaceAll("\\b[0-9a-f]{12}([0-9a-f]{52})?\\b", "DIGEST");
    Path file = GOLDEN.resolve(name);
    if ("write".equals(System.getProperty("golden"))) {
      Files.createDirectories(GOLDEN);
      Files.writeString(file, portable);
    }
    assertThat(file).as("golden file").exists();
    assertThat(portable).isEqualTo(Files.readString(file));
  }
}
