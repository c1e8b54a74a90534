package dev.colophon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusTest {
  private static final String FLOW =
      """
      import dev.colophon.flow.*;
      import java.nio.file.*;

      @Flow
      public class Sales {
        @Param int factor = 1;

        @Step
        long total(@Input("sales.csv") Path sales) throws java.io.IOException {
          return Files.size(sales);
        }

        @Step
        int months(@Input("months/*.csv") java.util.List<Path> files) {
          return files.size();
        }

        @Step
        String other() {
          return "apart";
        }

        @Step
        NewVersion register(long total, int factor) {
          return NewVersion.of("sales", new Mean(total * factor));
        }

        record Mean(long value) {}
      }
      """;

  @TempDir private Path folder;
  private Terminal terminal;

  @BeforeEach
  void aRunThatMadeAModel() throws IOException {
    terminal = new Terminal(folder);
    Files.writeString(folder.resolve("Sales.java"), FLOW);
    Files.writeString(folder.resolve("sales.csv"), "1,2\n");
    Files.createDirectory(folder.resolve("months"));
    Files.writeString(folder.resolve("months/may.csv"), "5\n");
    assertThat(terminal.type("run", "Sales.java").status()).isZero();
  }

  private String status(String... subject) {
    String[] words = new String[subject.length + 1];
    words[0] = "status";
    System.arraycopy(subject, 0, words, 1, subject.length);
    Terminal.Said said = terminal.type(words);
    assertThat(said.status()).as(said.err()).isZero();
    return said.out();
  }

  private void edit(String file, String from, String to) throws IOException {
    String text = Files.readString(folder.resolve(file));
    assertThat(text).contains(from);
    Files.writeString(folder.resolve(file), text.replace(from, to));
  }

  @Test
  void nothingIsStaleAfterARun() {
    assertThat(status())
        .contains("Sales/1   current", "sales@1   current")
        .doesNotContain("stale", "unknown");
  }

  @Test
  void anEditedStepMakesItsModelStaleAndNamesIt() throws IOException {
    edit("Sales.java", "Files.size(sales)", "Files.size(sales) + 1");
    assertThat(status()).contains("sales@1   stale", "total: its code changed");
  }

  @Test
  void anEditedStepThatTheModelDoesNotDependOnLeavesItCurrent() throws IOException {
    edit("Sales.java", "apart", "far apart");
    assertThat(status()).contains("Sales/1   stale", "sales@1   current");
  }

  @Test
  void aChangedDatasetMakesItsModelStale() throws IOException {
    edit("sales.csv", "1,2", "1,2,3");
    assertThat(status("sales")).contains("sales@1   stale", "sales.csv: its content changed");
  }

  @Test
  void aNewFileThatAGlobFindsMakesItsStepStale() throws IOException {
    Files.writeString(folder.resolve("months/june.csv"), "6\n");
    assertThat(status())
        .contains("Sales/1   stale", "months/june.csv: it is new", "would run again: months")
        .contains("sales@1   current");
  }

  @Test
  void aFileThatIsGoneMakesItsStepStale() throws IOException {
    Files.delete(folder.resolve("sales.csv"));
    assertThat(status()).contains("sales@1   stale", "sales.csv: it is gone");
  }

  @Test
  void aCosmeticEditChangesNothing() throws IOException {
    edit("Sales.java", "@Flow\n", "/** Sales. */\n@Flow\n");
    assertThat(status("Sales")).contains("Sales/1   current").doesNotContain("sales@1");
  }

  @Test
  void aNewerRunThatCameToAnOlderVersionIsNamedWithIt() {
    assertThat(terminal.type("run", "Sales.java", "--factor", "2").status()).isZero();
    assertThat(terminal.type("run", "Sales.java").status()).isZero();
    assertThat(status("sales")).contains("Sales/3: it is a newer run, which came to sales@1");
  }

  @Test
  void aSourceThatIsGoneLeavesItOpen() throws IOException {
    Files.delete(folder.resolve("Sales.java"));
    assertThat(status()).contains("Sales/1   unknown", "it is not found");
  }

  @Test
  void aRunOnAnotherBranchMakesNothingStale() throws IOException {
    edit("Sales.java", "@Flow\n", "@Flow @Project(\"shop\")\n");
    assertThat(terminal.type("run", "Sales.java", "--branch", "a", "--factor", "3").status())
        .isZero();
    assertThat(terminal.type("run", "Sales.java", "--branch", "b", "--factor", "4").status())
        .isZero();
    assertThat(status("sales.a")).doesNotContain("newer run");
  }

  @Test
  void aNameOfNothingIsRefused() {
    Terminal.Said said = terminal.type("status", "slaes");
    assertThat(said.status()).isEqualTo(4);
    assertThat(said.err()).contains("\"slaes\"", "did you mean Sales?");
  }
}
