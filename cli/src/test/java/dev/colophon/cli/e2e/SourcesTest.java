package dev.colophon.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colophon.cli.e2e.Command.Ended;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a flow's sources may lie, and that what runs is what lies there now. */
class SourcesTest {
  private static final String FLOW =
      """
      import dev.colophon.flow.*;

      @Flow
      class Main {
        @Step
        String said() {
          return Word.SAID + Deep.word();
        }
      }
      """;

  private static final String WORD = "class Word { static final String SAID = \"%s\"; }\n";
  private static final String DEEP = "class Deep { static String word() { return \"%s\"; } }\n";

  @TempDir Path folder;
  private Command colophon;

  @BeforeEach
  void writeTheFlow() throws Exception {
    colophon =
        Command.in(folder)
            .file("Main.java", FLOW)
            .file("Word.java", WORD.formatted("one"))
            .file("Deep.java", DEEP.formatted("two"));
  }

  private void git(String... words) throws Exception {
    List<String> line =
        new ArrayList<>(List.of("git", "-c", "user.name=ana", "-c", "user.email=ana@example.org"));
    line.addAll(List.of(words));
    Process process =
        new ProcessBuilder(line)
            .directory(colophon.work().toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(0);
  }

  /** What the step said, as text. */
  private String said() throws Exception {
    return said("Main.java");
  }

  private String said(String file) throws Exception {
    Ended ended = colophon.run("run", file, "--json");
    assertThat(ended.err()).doesNotContain("error:");
    assertThat(ended.status()).isEqualTo(0);
    return colophon.run("get", ended.text("run") + "/said", "--to", "-").out();
  }

  private String code(String member) throws Exception {
    return colophon.run("trace", "Main/1", "--json").text("code." + member);
  }

  @Test
  void siblingsAreCompiledWithTheFlow() throws Exception {
    assertThat(said()).isEqualTo("onetwo");
  }

  @Test
  void aFlowInAPackageFindsItsSiblings() throws Exception {
    colophon
        .file("src/com/acme/Main.java", "package com.acme;\n" + FLOW)
        .file("src/com/acme/Word.java", "package com.acme;\n" + WORD.formatted("packed"))
        .file("src/com/acme/Deep.java", "package com.acme;\n" + DEEP.formatted("deep"));
    assertThat(said("src/com/acme/Main.java")).isEqualTo("packeddeep");
  }

  @Test
  void anEditedConstantOfASiblingIsRun() throws Exception {
    said();
    colophon.file("Word.java", WORD.formatted("ONE"));
    assertThat(said()).isEqualTo("ONEtwo");
  }

  @Test
  void anEditedMethodOfASiblingIsRun() throws Exception {
    said();
    colophon.file("Deep.java", DEEP.formatted("TWO"));
    assertThat(said()).isEqualTo("oneTWO");
  }

  @Test
  void aSiblingThatIsTakenBackRunsAsItWas() throws Exception {
    said();
    colophon.file("Deep.java", DEEP.formatted("TWO"));
    said();
    colophon.file("Deep.java", DEEP.formatted("two"));
    assertThat(said()).isEqualTo("onetwo");
  }

  @Test
  void aNewSiblingThatShadowsANameIsRun() throws Exception {
    colophon.file(
        "Main.java",
        """
        import dev.colophon.flow.*;

        @Flow
        class Main {
          @Step
          String said() {
            return Integer.toString(7);
          }
        }
        """);
    assertThat(said()).isEqualTo("7");
    colophon.file(
        "Integer.java", "class Integer { static String toString(int n) { return \"mine\"; } }");
    assertThat(said()).isEqualTo("mine");
  }

  @Test
  void aFlowOutsideGitHasItsFolderAsCode() throws Exception {
    said();
    assertThat(code("snapshot")).hasSize(64);
  }

  @Test
  void aRepositoryWithoutACommitIsDirtyAndHasNoCommit() throws Exception {
    git("init", "-b", "main");
    said();
    assertThat(code("dirty")).isEqualTo("true");
    assertThat(code("snapshot")).hasSize(64);
  }

  @Test
  void aDetachedHeadHasACommitAndNoBranch() throws Exception {
    commit();
    git("checkout", "--detach");
    said();
    assertThat(code("commit")).hasSize(40);
    assertThat(code("dirty")).isEqualTo("false");
  }

  @Test
  void anEditOfACommittedSiblingIsAChangedFile() throws Exception {
    commit();
    colophon.file("Deep.java", DEEP.formatted("TWO"));
    said();
    assertThat(code("branch")).isEqualTo("main");
    assertThat(code("dirty")).isEqualTo("true");
    assertThat(code("changedFiles")).isEqualTo("[\"Deep.java\"]");
  }

  @Test
  void aWorktreeHasItsOwnBranch() throws Exception {
    commit();
    git("worktree", "add", "-b", "side", "tree");
    assertThat(said("tree/Main.java")).isEqualTo("onetwo");
    assertThat(code("branch")).isEqualTo("side");
    assertThat(code("dirty")).isEqualTo("false");
  }

  private void commit() throws Exception {
    git("init", "-b", "main");
    git("add", ".");
    git("commit", "-m", "first");
  }
}
