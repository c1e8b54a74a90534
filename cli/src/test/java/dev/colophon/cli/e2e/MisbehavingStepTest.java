package dev.colophon.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colophon.cli.e2e.Command.Ended;
import dev.colophon.core.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Steps that do what they should not: a clear outcome that names the step. */
class MisbehavingStepTest {
  @TempDir Path folder;
  private Command colophon;

  @BeforeEach
  void writeTheFlow() throws Exception {
    colophon =
        Command.in(folder)
            .file(
                "Bad.java",
                """
                import dev.colophon.flow.*;
                import java.util.*;

                @Flow
                class Bad {
                  @Param String how = "well";

                  @Step
                  int before() {
                    return 7;
                  }

                  @Step
                  Integer step(int before, String how) throws Exception {
                    switch (how) {
                      case "exit" -> System.exit(0);
                      case "error" -> throw new AssertionError("two and two");
                      case "memory" -> {
                        List<long[]> all = new ArrayList<>();
                        while (true) {
                          all.add(new long[1 << 17]);
                        }
                      }
                      case "null" -> {
                        return null;
                      }
                      case "print" -> {
                        for (int i = 0; i < 100_000; i++) {
                          System.out.println(i + "x".repeat(1_000));
                        }
                      }
                      default -> {}
                    }
                    return before;
                  }

                  @Step
                  int after(int step) {
                    return step + 1;
                  }
                }
                """);
  }

  private Ended run(String how) throws Exception {
    return colophon.run("run", "Bad.java", "--how", how, "--json");
  }

  @Test
  void aStepThatExitsTheProcessFailsTheRunInstead() throws Exception {
    Ended ended = run("exit");
    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.text("state")).isEqualTo("failed");
    assertThat(ended.text("failure.task")).isEqualTo("Bad/1/step");
    assertThat(ended.text("failure.headline"))
        .isEqualTo(
            "the step called System.exit, which would have ended the whole run; throw an exception instead");
  }

  @Test
  void aStepThatExitsLeavesWhatWasFinishedBeforeIt() throws Exception {
    run("exit");
    assertThat(colophon.run("get", "Bad/1/before", "--to", "-").out()).isEqualTo("7");
  }

  @Test
  void aStepThatThrowsAnErrorFailsTheRun() throws Exception {
    Ended ended = run("error");
    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.text("failure.task")).isEqualTo("Bad/1/step");
    assertThat(ended.text("failure.headline")).isEqualTo("java.lang.AssertionError: two and two");
  }

  @Test
  void aStepThatRunsOutOfMemoryFailsTheRun() throws Exception {
    Ended ended = run("memory");
    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.text("failure.task")).isEqualTo("Bad/1/step");
    assertThat(ended.text("failure.headline")).startsWith("java.lang.OutOfMemoryError");
  }

  @Test
  void aStepThatReturnsNullIsToldWhatToReturn() throws Exception {
    Ended ended = run("null");
    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.text("failure.task")).isEqualTo("Bad/1/step");
    assertThat(ended.text("failure.headline"))
        .isEqualTo("step \"step\" returned null; return an Optional where there may be nothing");
  }

  @Test
  void ofAHundredMegabytesOfPrintTheRecordKeepsHeadAndTail() throws Exception {
    Ended ended = run("print");
    assertThat(ended.status()).isEqualTo(0);
    assertThat(ended.text("state")).isEqualTo("completed");
    String log = colophon.run("show", "Bad/1/step", "--json").out();
    assertThat(log.length()).isLessThan(1_200_000);
    assertThat(log).contains("99999xxxx");
    assertThat(sizeOf(colophon.home())).isLessThan(4_000_000);
  }

  private static long sizeOf(Path folder) throws Exception {
    try (var files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  @Test
  void aFailedElementIsNamedWithTheAuthorsExceptionFirst() throws Exception {
    Ended ended = colophon.file("Fan.java", FAN).run("run", "Fan.java");
    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.out().lines().map(String::strip).toList())
        .containsSubsequence(
            "Fan/1/checked/1 failed:",
            "java.lang.IllegalStateException: bad row 1",
            "at Fan.checked(Fan.java:14)");
  }

  @Test
  void aFailureIsToldOnce() throws Exception {
    Ended ended = colophon.file("Fan.java", FAN).run("run", "Fan.java");
    assertThat(ended.out()).containsOnlyOnce("bad row 1").containsPattern("Fan/1 failed in ");
  }

  @Test
  void siblingsOfAFailedElementFinishAndTheJoinDoesNotRun() throws Exception {
    Ended ended = colophon.file("Fan.java", FAN).run("run", "Fan.java", "--json");
    List<String> tasks =
        ((Json.Arr) ended.json().get("tasks"))
            .items().stream().map(task -> shown((Json.Obj) task)).toList();
    assertThat(tasks)
        .containsExactly(
            "rows [] completed",
            "checked [0] completed",
            "checked [1] failed",
            "checked [2] completed");
  }

  private static String shown(Json.Obj task) {
    return "%s %s %s"
        .formatted(
            ((Json.Str) task.get("step")).value(),
            task.get("index").text(),
            ((Json.Str) task.get("state")).value());
  }

  private static final String FAN =
      """
      import dev.colophon.flow.*;
      import java.util.*;

      @Flow
      class Fan {
        @Step
        List<Integer> rows() {
          return List.of(0, 1, 2);
        }

        @Step
        int checked(@Each("rows") int row) {
          if (row == 1) {
            throw new IllegalStateException("bad row " + row);
          }
          return row;
        }

        @Step
        int joined(@All List<Integer> checked) {
          return checked.size();
        }
      }
      """;
}
