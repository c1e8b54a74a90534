package dev.colophon.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colophon.cli.e2e.Command.Ended;
import dev.colophon.core.Name;
import dev.colophon.core.json.Json;
import dev.colophon.core.run.RunFilter;
import dev.colophon.core.run.RunRecord;
import dev.colophon.core.run.RunState;
import dev.colophon.embedded.Colophon;
import dev.colophon.embedded.Home;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sixteen processes that run flows on one new home at the same time. */
class ManyProcessesTest {
  private static final int PROCESSES = 16;
  private static final int VERSIONS_EACH = 5;

  private static final String FLOW =
      """
      import dev.colophon.flow.*;
      import java.util.*;

      @Flow
      class Crowd {
        record Weights(int who, int round, byte[] bytes) {}

        @Param int who = 0;

        @Step List<Integer> rounds() { return List.of(0, 1, 2, 3, 4); }
        @Step Weights fit(@Each("rounds") int round, int who) { return new Weights(who, round, new byte[30_000]); }
        @Step NewVersion register(Weights fit) { return NewVersion.of("crowd", fit).tag("who", "" + fit.who()); }
      }
      """;

  @TempDir private static Path folder;
  private static final List<Ended> ENDED = new ArrayList<>();
  private static Optional<Colophon> opened = Optional.empty();

  @BeforeAll
  static void runAllAtOnce() throws Exception {
    Command colophon = Command.in(folder).heap("64m").file("Crowd.java", FLOW);
    List<Command.Started> started = new ArrayList<>();
    for (int who = 0; who < PROCESSES; who++) {
      started.add(colophon.start("run", "Crowd.java", "--json", "--who", Integer.toString(who)));
    }
    for (Command.Started process : started) {
      ENDED.add(process.ended());
    }
    opened = Optional.of(Colophon.reading(new Home(colophon.home())));
  }

  @AfterAll
  static void close() {
    opened.ifPresent(Colophon::close);
  }

  private static List<RunRecord> runs() {
    return opened.orElseThrow().runs().listRuns(RunFilter.ALL).items();
  }

  @Test
  void noneOfThemMeetsAnError() {
    assertThat(ENDED).allSatisfy(ended -> assertThat(ended.err()).doesNotContain("error"));
    assertThat(ENDED).extracting(Ended::status).containsOnly(0);
  }

  @Test
  void runNumbersAreUniqueAndHaveNoGap() {
    assertThat(ENDED)
        .extracting(ended -> Integer.valueOf(ended.text("number")))
        .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, PROCESSES).boxed().toList());
  }

  @Test
  void noRecordIsLost() {
    assertThat(runs()).hasSize(PROCESSES).allMatch(run -> run.state() == RunState.COMPLETED);
    assertThat(runs())
        .allSatisfy(
            run ->
                assertThat(opened.orElseThrow().runs().getGraph(run.id()).tasks())
                    .hasSize(1 + 2 * VERSIONS_EACH));
    assertThat(runs())
        .extracting(run -> new Json.Obj(run.parameters()).get("who").text())
        .doesNotHaveDuplicates();
  }

  @Test
  void versionsOfTheirOneModelAreNumberedWithoutGap() {
    List<Integer> numbers =
        opened
            .orElseThrow()
            .registry()
            .listVersions(Name.of("crowd"), 1_000, OptionalInt.empty())
            .stream()
            .map(version -> version.id().number())
            .sorted()
            .toList();
    assertThat(numbers)
        .isEqualTo(IntStream.rangeClosed(1, PROCESSES * VERSIONS_EACH).boxed().toList());
  }
}
