package dev.colophon.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs of a run, read by another process while it goes on. */
class FollowedLogsTest {
  private static final String FLOW =
      """
      import dev.colophon.flow.*;
      import java.nio.file.*;

      @Flow
      class Waits {
        @Param String until = "";

        @Step void wait(String until) throws Exception {
          System.out.println("I wait");
          while (!Files.exists(Path.of(until))) {
            Thread.sleep(5);
          }
          System.err.println("I waited");
        }
      }
      """;

  @TempDir private Path folder;
  private Path until = Path.of("");

  @BeforeEach
  void name() {
    until = folder.resolve("until");
  }

  private Command.Started start(Command colophon) throws Exception {
    return colophon.start("run", "Waits.java", "--until", until.toString()).awaitText("I wait");
  }

  @Test
  void aFollowerSeesALineWhileItsStepGoesOnAndEndsWithTheRun() throws Exception {
    Command colophon = Command.in(folder).file("Waits.java", FLOW);
    Command.Started run = start(colophon);
    Command.Started follower =
        colophon.start("logs", "Waits/1", "--follow").awaitText("out wait │ I wait");
    Files.createFile(until);
    Command.Ended ended = follower.ended();
    assertThat(run.ended().status()).isZero();
    assertThat(ended.status()).isZero();
    assertThat(ended.err()).isEmpty();
    assertThat(ended.out()).containsPattern("I wait\n.* err wait │ I waited\n$");
  }

  @Test
  void ofAKilledRunWhatWasSaidBeforeIsKeptAndTheFollowerEnds() throws Exception {
    Command colophon = Command.in(folder).file("Waits.java", FLOW);
    Command.Started run = start(colophon);
    Command.Started follower = colophon.start("logs", "Waits/1", "--follow").awaitText("I wait");
    run.kill().ended();
    assertThat(follower.ended().status()).isZero();
    assertThat(colophon.run("logs", "Waits/1").out()).contains("out wait │ I wait");
  }

  @Test
  void anInterruptedFollowerSaysNothingMore() throws Exception {
    Command colophon = Command.in(folder).file("Waits.java", FLOW);
    Command.Started run = start(colophon);
    Command.Ended ended =
        colophon.start("logs", "Waits/1", "--follow").awaitText("I wait").signal("INT").ended();
    Files.createFile(until);
    assertThat(run.ended().status()).isZero();
    assertThat(ended.err()).isEmpty();
    assertThat(ended.status()).isEqualTo(130);
  }
}
