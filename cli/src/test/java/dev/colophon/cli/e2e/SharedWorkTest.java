package dev.colophon.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colophon.cli.e2e.Command.Ended;
import dev.colophon.cli.e2e.Command.Started;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of several processes that need the same, and runs that continue what a kill left. */
class SharedWorkTest {
  private static final List<String> TASKS = List.of("numbers", "part/0", "part/1", "slow", "last");

  /** A step waits until a file appears, and tells in another that it computes. */
  private static final String FLOW =
      """
      import dev.colophon.flow.*;
      import java.nio.file.*;
      import java.util.*;
      import java.util.random.RandomGenerator;

      @Flow
      class Shared {
        @Step List<Integer> numbers() { return List.of(1, 2); }

        @Step int part(@Each("numbers") int number, RandomGenerator random) { return random.nextInt() + number; }

        @Step
        byte[] slow(List<Integer> part) throws Exception {
          Files.writeString(
              Path.of("computed"), "once\\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
          System.out.println("computing");
          while (!Files.exists(Path.of("go"))) {
            Thread.sleep(10);
          }
          byte[] bytes = new byte[50_000];
          new Random(part.get(0)).nextBytes(bytes);
          return bytes;
        }

        @Step int last(byte[] slow) { return Arrays.hashCode(slow); }
      }
      """;

  @TempDir private Path folder;

  private Command colophon(Path where) throws Exception {
    return Command.in(where).file("Shared.java", FLOW);
  }

  private Command colophon;

  @BeforeEach
  void writeTheFlow() throws Exception {
    colophon = colophon(folder);
  }

  private Started computing() throws Exception {
    return colophon.start("run", "Shared.java", "--seed", "7").awaitText("computing");
  }

  private Started waiting() throws Exception {
    return colophon.start("run", "Shared.java", "--seed", "7").awaitText("waiting for Shared/1");
  }

  private void go() throws Exception {
    colophon.file("go", "");
  }

  private List<String> computed() throws Exception {
    return Files.readAllLines(colophon.work().resolve("computed"));
  }

  private static List<String> digests(Command command, String run) throws Exception {
    List<String> digests = new ArrayList<>();
    for (String task : TASKS) {
      digests.add(command.run("show", run + "/" + task, "--json").text("output.digest"));
    }
    return digests;
  }

  @Test
  void twoProcessesThatNeedOneOutcomeComputeItOnce() throws Exception {
    Started first = computing();
    Started second = waiting();
    go();
    assertThat(first.ended().out()).contains("Shared/1 completed");
    assertThat(second.ended().out()).containsPattern("slow +reused +from run 1");
    assertThat(computed()).hasSize(1);
  }

  @Test
  void whenTheFirstIsKilledTheSecondTakesOver() throws Exception {
    Started first = computing();
    Started second = waiting();
    first.kill().ended();
    second.awaitText("Shared/1 ended without it: computing it here");
    go();
    assertThat(second.ended().out()).containsPattern("slow +done").contains("Shared/2 completed");
    assertThat(computed()).hasSize(2);
  }

  @Test
  void aKilledRunIsContinuedFromWhatItHadFinished() throws Exception {
    computing().awaitLines(2, " done ").kill().ended();
    go();
    Ended resumed = colophon.run("resume", "Shared/1");
    assertThat(resumed.out())
        .contains("continues run 1 ", "Shared/2 completed")
        .containsPattern("numbers +reused +from run 1")
        .containsPattern("part +reused +2/2 +from run 1")
        .containsPattern("slow +done");
  }

  @Test
  void whatAContinuedRunLeavesIsWhatAnUndisturbedOneLeaves() throws Exception {
    computing().awaitLines(2, " done ").kill().ended();
    go();
    colophon.run("resume", "Shared/1");
    Command undisturbed = colophon(folder.resolve("undisturbed")).file("go", "");
    undisturbed.run("run", "Shared.java", "--seed", "7");
    assertThat(digests(colophon, "Shared/2")).isEqualTo(digests(undisturbed, "Shared/1"));
  }

  @Test
  void runningAgainAfterAKillReusesWhatWasFinishedToo() throws Exception {
    computing().awaitLines(2, " done ").kill().ended();
    go();
    assertThat(colophon.run("run", "Shared.java", "--seed", "7").out())
        .containsPattern("part +reused +2/2 +from run 1");
  }
}
