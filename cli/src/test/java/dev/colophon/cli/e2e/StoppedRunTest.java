package dev.colophon.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colophon.cli.e2e.Command.Ended;
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
