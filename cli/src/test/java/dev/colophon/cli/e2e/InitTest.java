package dev.colophon.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colophon.cli.e2e.Command.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first minute of a newcomer. */
class InitTest {
  @TempDir private Path folder;

  private static List<String> commands(Ended init) {
    return init.out()
        .lines()
        .filter(line -> line.startsWith("  colophon "))
        .map(line -> line.substring("  colophon ".length()))
        .toList();
  }

  @Test
  void inAnEmptyFolderAllThatIsPrintedNextWorks() throws Exception {
    Command colophon = Command.in(folder);
    Ended init = colophon.run("init");
    assertThat(init.status()).isZero();
    assertThat(commands(init)).hasSize(3);
    for (String next : commands(init)) {
      Ended ended = colophon.run(next.split(" ", -1));
      assertThat(ended.status()).as(next + ended.out() + ended.err()).isZero();
    }
    assertThat(colophon.run("get", "FirstFlow/1/best.price", "--to", "-").out()).contains("11");
  }

  @Test
  void aTestThatFailsFailsTheCommand() throws Exception {
    Command colophon = Command.in(folder);
    colophon.run("init", "--name", "Guesses");
    Path flow = colophon.work().resolve("Guesses.java");
    Files.writeString(flow, Files.readString(flow).replace("Math.abs(", "Math.exp("));
    assertThat(colophon.run("run", "GuessesTest.java").status()).isEqualTo(1);
  }

  @Test
  void nothingIsOverwritten() throws Exception {
    Command colophon =
        Command.in(folder).file("FirstFlowTest.java", "mine").file(".gitignore", "target/");
    Ended again = colophon.run("init");
    assertThat(again.status()).isEqualTo(5);
    assertThat(again.err()).contains("FirstFlowTest.java", "--name");
    assertThat(colophon.work().resolve("FirstFlow.java")).doesNotExist();
    assertThat(colophon.work().resolve(".gitignore")).hasContent("target/");
  }

  @Test
  void theLineInGitignoreIsAddedOnce() throws Exception {
    Command colophon = Command.in(folder).file("new/.gitignore", "target/");
    colophon.run("init", "new");
    colophon.run("init", "new", "--name", "Other");
    assertThat(colophon.work().resolve("new/.gitignore")).hasContent("target/\n.colophon/\n");
  }
}
