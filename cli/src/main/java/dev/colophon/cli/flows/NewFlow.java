package dev.colophon.cli.flows;

import dev.colophon.core.error.ColophonException.Conflict;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.error.ColophonException.Unavailable;
import dev.colophon.core.error.IoReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.lang.model.SourceVersion;

/**
 * A flow to begin with, and a test of its steps that is a flow itself: both need a JDK and
 * Colophon, and nothing else.
 *
 * @param name of its class
 */
public record NewFlow(String name) {
  private static final String IGNORED = ".colophon/";

  private static final String FLOW =
      """
      import dev.colophon.flow.*;
      import java.util.List;

      /** Which of some prices is the best guess for the next one? */
      @Flow
      public class NAME {
        /** How many prices there are. */
        @Param int days = 5;

        record Guess(double price, double error) {}

        @Step
        List<Double> prices(int days) {
          return java.util.stream.IntStream.range(0, days).mapToObj(day -> 10 + day / 2.0).toList();
        }

        /** One task for each price. */
        @Step
        Guess guess(@Each("prices") double price, List<Double> prices) {
          double error = prices.stream().mapToDouble(each -> Math.abs(each - price)).average().orElse(0);
          return new Guess(price, error);
        }

        @Step
        Guess best(@All List<Guess> guess, TaskContext task) {
          Guess best = guess.stream().min(java.util.Comparator.comparingDouble(Guess::error)).orElseThrow();
          task.metric("error", best.error());
          return best;
        }
      }
      """;

  private static final String TEST =
      """
      import dev.colophon.flow.*;
      import java.nio.file.Path;
      import java.time.Instant;
      import java.util.List;

      /** Calls the steps of NAME with values. Each step here is a test: it fails by throwing. */
      @Flow
      public class NAMETest {
        @Step
        void thePriceInTheMiddleIsNearestToAll() {
          List<Double> prices = List.of(1.0, 2.0, 6.0);
          expect(2.0 - 1.0 / 3, new NAME().guess(2.0, prices).error());
        }

        @Step
        void theBestGuessHasTheLeastErrorAndRecordsIt() {
          TestContext task = new TestContext(Path.of("unused"), Instant.EPOCH);
          List<NAME.Guess> guesses = List.of(new NAME.Guess(1, 0.5), new NAME.Guess(2, 0.25));
          expect(2, new NAME().best(guesses, task).price());
          expect(0.25, task.metric("error"));
        }

        static void expect(double expected, double found) {
          if (Math.abs(expected - found) > 1e-9) {
            throw new AssertionError("expected " + expected + ", found " + found);
          }
        }
      }
      """;

  public NewFlow {
    if (!SourceVersion.isName(name) || name.indexOf('.') >= 0) {
      throw new Invalid(
          "--name \"%s\": expected the name of a Java class, such as FirstFlow".formatted(name));
    }
  }

  /** File of the flow. */
  public String file() {
    return name + ".java";
  }

  /** File of its test. */
  public String testFile() {
    return name + "Test.java";
  }

  /**
   * Writes the sources, and a line into {@code .gitignore} unless it has it; makes the folder if
   * need be.
   *
   * @return names of the files that were made or added to
   * @throws Conflict if one of the sources is there already: then nothing is written
   * @throws Unavailable if the folder can't be written
   */
  public List<String> write(Path folder) {
    Map<String, String> sources =
        new TreeMap<>(
            Map.of(file(), FLOW.replace("NAME", name), testFile(), TEST.replace("NAME", name)));
    for (String file : sources.keySet()) {
      if (Files.exists(folder.resolve(file), LinkOption.NOFOLLOW_LINKS)) {
        throw new Conflict(
            "%s: it is there already and was left as it is; choose another name with --name, or another folder"
                .formatted(folder.resolve(file)));
      }
    }
    List<String> written = new ArrayList<>();
    try {
      Files.createDirectories(folder);
      for (Map.Entry<String, String> source : sources.entrySet()) {
        Files.writeString(
            folder.resolve(source.getKey()), source.getValue(), StandardOpenOption.CREATE_NEW);
        written.add(source.getKey());
      }
      if (ignore(folder.resolve(".gitignore"))) {
        written.add(".gitignore");
      }
    } catch (IOException e) {
      throw new Unavailable(
          "folder %s: can't be written (%s); choose another".formatted(folder, IoReason.of(e)), e);
    }
    return List.copyOf(written);
  }

  private static boolean ignore(Path file) throws IOException {
    String text =
        Files.exists(file) ? new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1) : "";
    if (text.lines().anyMatch(line -> line.strip().matches("/?\\.colophon/?"))) {
      return false;
    }
    String gap = text.isEmpty() || text.endsWith("\n") ? "" : "\n";
    Files.writeString(
        file, gap + IGNORED + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    return true;
  }
}
