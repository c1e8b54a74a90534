package dev.colophon.cli.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.colophon.cli.e2e.Command.Ended;
import dev.colophon.core.json.Json;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that is told to end, by Ctrl-C or by the system. */
class StoppedRunTest {
  @TempDir Path folder;
  private Command colophon;

  @BeforeEach
  void writeTheFlow() throws Exception {
    colophon =
        Command.in(folder)
            .file(
                "Slow.java",
                """
                import dev.colophon.flow.*;
                import java.util.*;

                @Flow
                class Slow {
                  @Param boolean stubborn = false;

                  @Step
                  int first() {
                    return 1;
                  }

                  @Step
                  int second(int first, boolean stubborn) throws Exception {
                    System.out.println("waiting");
                    while (stubborn) {
                      Thread.onSpinWait();
                    }
                    Thread.sleep(3_600_000);
                    return 2;
                  }

                  @Step
                  int third(int second) {
                    return 3;
                  }
                }
                """);
  }

  private Ended stop(String signal, String... more) throws Exception {
    String[] arguments = new String[2 + more.length];
    arguments[0] = "run";
    arguments[1] = "Slow.java";
    System.arraycopy(more, 0, arguments, 2, more.length);
    return colophon.start(arguments).awaitText("waiting").signal(signal).ended();
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void aRunThatIsToldToEndIsCancelled(String signal) throws Exception {
    Ended ended = stop(signal);
    assertThat(ended.status()).isEqualTo(130);
    assertThat(ended.out()).contains("Slow/1 cancelled");
    assertThat(colophon.run("show", "Slow/1", "--json").text("state")).isEqualTo("cancelled");
  }

  @Test
  void whatWasFinishedBeforeTheStopStays() throws Exception {
    stop("INT");
    assertThat(colophon.run("get", "Slow/1/first", "--to", "-").out()).isEqualTo("1");
  }

  @Test
  void aStepThatDoesNotListenCannotKeepTheRunFromEnding() throws Exception {
    Ended ended = stop("INT", "--stubborn");
    assertThat(ended.status()).isEqualTo(130);
    assertThat(colophon.run("show", "Slow/1", "--json").text("state")).isEqualTo("cancelled");
  }

  @Test
  void whoStopsARunIsToldAtOnceWhomItWaitsForAndHowToEndItNow() throws Exception {
    assertThat(stop("INT").out())
        .contains(
            "stopping: waiting up to 10 s for second to return; Ctrl-C again ends at once",
            "second   cancelled");
  }

  @Test
  void aSecondInterruptEndsTheProcessAndTheRunShowsAsLost() throws Exception {
    Ended ended =
        colophon
            .start("run", "Slow.java", "--stubborn")
            .awaitText("waiting")
            .signal("INT")
            .awaitText("Ctrl-C again")
            .signal("INT")
            .ended();
    assertThat(ended.status()).isEqualTo(130);
    assertThat(ended.err())
        .contains("ended at once; unless its end was recorded by then, the run will show as lost");
    assertThat(colophon.run("show", "Slow/1", "--json").text("state")).isEqualTo("lost");
  }

  @Test
  void theAnswerOfARunThatHasEndedIsPrintedWhole() throws Exception {
    colophon.file("Wide.java", WIDE);
    Process process = colophon.startUnread("run", "Wide.java", "--json");
    try {
      while (!colophon.run("runs", "--json").out().contains("\"completed\"")) {
        assertThat(process.isAlive()).isTrue();
      }
      process.toHandle().destroy(); // SIGTERM, while its answer fills the pipe
      Ended ended = new Ended(0, new String(process.getInputStream().readAllBytes(), UTF_8), "");
      assertThat(((Json.Arr) ended.json().get("tasks")).items()).hasSize(2_001);
      assertThat(process.waitFor()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  private static final String WIDE =
      """
      import dev.colophon.flow.*;
      import java.util.*;
      import java.util.stream.*;

      @Flow
      class Wide {
        @Step
        List<Integer> numbers() {
          return IntStream.range(0, 2_000).boxed().toList();
        }

        @Step
        int each(@Each("numbers") int number) {
          return number;
        }
      }
      """;

  @Test
  void aFlowWhoseClassExitsWhileItIsLoadedIsRefusedByName() throws Exception {
    colophon.file(
        "Exits.java",
        """
        import dev.colophon.flow.*;

        @Flow
        class Exits {
          static {
            System.exit(0);
          }

          @Step
          int only() {
            return 1;
          }
        }
        """);
    Ended ended = colophon.run("run", "Exits.java", "--json");
    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.text("error.message"))
        .contains("flow Exits.java: it called System.exit while it was being loaded");
    assertThat(colophon.run("runs", "--json").out()).doesNotContain("Exits");
  }

  @Test
  void aStopBeforeTheRunBeganLeavesNoRun() throws Exception {
    colophon.file(
        "Endless.java",
        """
        import dev.colophon.flow.*;

        @Flow
        class Endless {
          @Param int number = forEver();

          static int forEver() {
            System.out.println("waiting");
            while (true) {
              Thread.onSpinWait();
            }
          }

          @Step
          int only(int number) {
            return number;
          }
        }
        """);
    Ended ended = colophon.start("run", "Endless.java").awaitText("waiting").signal("INT").ended();
    assertThat(ended.status()).isEqualTo(130);
    assertThat(colophon.run("runs", "--json").out()).doesNotContain("Endless");
  }
}
