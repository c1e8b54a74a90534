package dev.colophon.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colophon.cli.e2e.Command.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of two runs, or of a run and the work tree, compared as Git compares. */
class CodeDiffTest {
  private static final String FLOW =
      """
      import dev.colophon.flow.*;

      @Flow
      class Main {
        @Step
        int one() {
          return %d;
        }
      }
      """;

  @TempDir Path folder;
  private Command colophon;

  @BeforeEach
  void twoRuns() throws Exception {
    colophon =
        Command.in(folder)
            .file("Main.java", FLOW.formatted(1))
            .file("same.txt", "same\n")
            .file("old name.txt", "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n")
            .file("moved.txt", "moved\n")
            .file("gone.txt", "gone")
            .file("tool.sh", "echo\n")
            .file("long.txt", "a\n".repeat(5) + "b\n" + "a\n".repeat(20) + "c\n")
            .file("data.bin", "\0one");
    done(colophon.run("run", "Main.java"));
    colophon
        .file("Main.java", FLOW.formatted(2))
        .file("new name.txt", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n10")
        .file("deep/moved.txt", "moved\n")
        .file("added \"quoted\".txt", "größer\n")
        .file("long.txt", "a\n".repeat(5) + "B\n" + "a\n".repeat(20))
        .file("data.bin", "\0two");
    for (String name : List.of("old name.txt", "moved.txt", "gone.txt")) {
      Files.delete(colophon.work().resolve(name));
    }
    assertThat(colophon.work().resolve("tool.sh").toFile().setExecutable(true)).isTrue();
  }

  private static Ended done(Ended ended) {
    assertThat(ended.err()).doesNotContain("error:");
    assertThat(ended.status()).isEqualTo(0);
    return ended;
  }

  @Test
  void allKindsOfChangeAreToldAgainstTheWorkTree() throws Exception {
    assertThat(done(colophon.run("code", "diff", "Main/1", "--stat")).out())
        .isEqualTo(
            """
             modified   Main.java   +1 -1
             added   added "quoted".txt   +1 -0
             modified   data.bin   binary
             renamed   moved.txt => deep/moved.txt   +0 -0
             deleted   gone.txt   +0 -1
             modified   long.txt   +1 -2
             renamed   old name.txt => new name.txt   +2 -2
             modified   tool.sh   +0 -0   mode 100755
            8 files changed, 5 added and 6 removed lines
            """);
  }

  /** The judge is Git itself: what it makes of the patch has to be the second tree. */
  @Test
  void gitAppliesWhatIsPrinted() throws Exception {
    done(colophon.run("run", "Main.java"));
    Files.delete(colophon.work().resolve("data.bin"));
    Path first = folder.resolve("checked-out");
    done(colophon.run("code", "checkout", "Main/1", "--to", first.toString()));
    Files.delete(first.resolve("data.bin"));
    String diff = done(colophon.run("code", "diff", "Main/1", "Main/2")).out();
    String text = diff.replaceFirst("(?s)diff --git a/data.bin.*?differ\n", "");
    Path patch = Files.writeString(folder.resolve("all.patch"), text);
    Process git =
        new ProcessBuilder("git", "apply", "--whitespace=nowarn", patch.toString())
            .directory(first.toFile())
            .inheritIO()
            .start();
    assertThat(git.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(git.exitValue()).isEqualTo(0);
    done(colophon.run("run", first.resolve("Main.java").toString()));
    Path second = folder.resolve("second");
    done(colophon.run("code", "checkout", "Main/2", "--to", second.toString()));
    Files.delete(second.resolve("data.bin"));
    done(colophon.run("run", second.resolve("Main.java").toString()));
    assertThat(done(colophon.run("code", "diff", "Main/3", "Main/4", "--json")).text("files"))
        .isEqualTo("[]");
  }

  @Test
  void pathsLimitWhatIsCompared() throws Exception {
    Ended one = done(colophon.run("code", "diff", "Main/1", "Main.java", "--json"));
    assertThat(one.json().get("files").asList()).hasSize(1);
    assertThat(one.text("files"))
        .contains("-    return 1;\\n+    return 2;\\n")
        .contains("@@ -4,6 +4,6 @@\\n");
  }

  @Test
  void aPathThatNobodyHasIsRefusedWithWhatIsMeant() throws Exception {
    Ended refused = colophon.run("code", "diff", "Main/1", "Mian.java");
    assertThat(refused.status()).isEqualTo(4);
    assertThat(refused.err()).contains("did you mean Main.java?");
  }

  @Test
  void anUnchangedWorkTreeDiffersInNothing() throws Exception {
    done(colophon.run("run", "Main.java"));
    assertThat(done(colophon.run("code", "diff", "Main/2")).out()).isEmpty();
  }

  @Test
  void aCapturedFileIsPrintedToTheByte() throws Exception {
    assertThat(done(colophon.run("code", "show", "Main/1", "gone.txt")).out()).isEqualTo("gone");
  }
}
