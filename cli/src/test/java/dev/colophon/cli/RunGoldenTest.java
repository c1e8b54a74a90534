package dev.colophon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colophon.core.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the commands that run a flow answer, to the letter ({@link GoldenTest} says how the files
 * are written anew). Digests and Java's version are masked; the clock stands still.
 */
class RunGoldenTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/run");

  private static final String FLOW =
      """
      import dev.colophon.flow.*;
      import java.util.*;

      /**
       * Learns nothing from {@code rows}, but shows all that a run can say. A second sentence.
       */
      @Flow
      public class FlightDelays {
        enum Method { MEAN, MEDIAN }

        record Limits(int low, int high) {}

        record Model(double[] weights) {}

        @Param("How many months to predict, each by a model that saw only the months before it")
        int months = 2;

        /** How to average. Not shown. */
        @Param Method method = Method.MEAN;

        @Param Limits limits = new Limits(0, 9);
        @Param String note = "";
        @Param boolean shrink;
        @Param long seed = 5;
        @Param List<Double> aListWithAVeryLongName = List.of(0.5);
        @Param boolean fail;

        @Step
        List<Integer> folds(int months, TaskContext context) {
          context.log("of " + months);
          return java.util.stream.IntStream.range(0, months).boxed().toList();
        }

        @Step
        double score(@Each("folds") int fold, boolean fail, TaskContext context) {
          if (fail && fold == 1) {
            throw new IllegalStateException("no data for month " + fold);
          }
          context.metric("auc", 0.5 + fold / 8.0);
          return fold;
        }

        @Step
        NewVersion register(List<Double> score) {
          return NewVersion.of("flight-delays", new Model(new double[] {score.size()}));
        }
      }
      """;

  @TempDir private Path folder;
  private Terminal terminal;

  @BeforeEach
  void writeTheFlow() throws IOException {
    terminal = new Terminal(folder);
    Path file = folder.resolve("examples/flights/FlightDelays.java");
    Files.createDirectories(file.getParent());
    Files.writeString(file, FLOW);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      textBlock =
          """
          answer,    run examples/flights/FlightDelays.java --months 3
          failed,    run examples/flights/FlightDelays.java --fail
          help,      run examples/flights/FlightDelays.java --help
          refused,   run examples/flights/FlightDelays.java --months x --mehtod MEAN --limits 3
          demo,      demo
          """)
  void itSays(String name, String command) throws IOException {
    List<String> words = Arrays.asList(command.split(" ", -1));
    Terminal.Said text = terminal.type(words.toArray(String[]::new));
    expect(name + ".txt", text.out() + text.err());
    Terminal.Said document = new Terminal(folder.resolve("again")).at(folder).typeWithJson(words);
    assertThat(document.out()).endsWith("\n").hasLineCount(1);
    expect(name + ".json", Json.parse(document.out().strip()).pretty() + "\n");
  }

  @Test
  void aHelpIsSetInTheWidthOfANarrowTerminal() {
    Terminal.Said said =
        terminal.narrow(60).type(true, "run", "examples/flights/FlightDelays.java", "--help");
    assertThat(said.out().replaceAll("\033\\[[0-9;]*m", "").lines())
        .filteredOn(line -> !line.contains("examples/flights"))
        .allMatch(line -> line.length() <= 60);
  }

  private void expect(String name, String found) throws IOException {
    String portable =
        found
            .replace(folder.toString(), "FOLDER")
            .replaceAll("\\b[0-9a-f]{12}([0-9a-f]{52})?\\b", "DIGEST")
            .replaceAll("\\bjava [0-9]+\\b", "java VERSION")
            .replaceAll("[0-9]+ frames of Colophon", "N frames of Colophon");
    Path file = GOLDEN.resolve(name);
    if ("write".equals(System.getProperty("golden"))) {
      Files.writeString(file, portable);
    }
    assertThat(file).as("golden file").exists();
    assertThat(portable).isEqualTo(Files.readString(file));
  }
}
