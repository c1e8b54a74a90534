package dev.colophon.cli;

import dev.colophon.cli.frame.Ports;
import dev.colophon.cli.frame.World;
import dev.colophon.embedded.config.Configuration;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What the JVM watches to make its start-up cache: the everyday commands, once each, in a folder of
 * their own.
 *
 * <p>The launcher starts it in the background, with a JVM that records (JEP 514). A class that it
 * loads is in the cache; one that it does not is loaded as ever. So it should touch what people
 * wait for, and nothing that it does may be seen or kept. A command that fails is no harm: it is as
 * well rehearsed.
 */
final class Rehearsal {
  private static final String FLOW =
      """
      import dev.colophon.flow.Each;
      import dev.colophon.flow.Flow;
      import dev.colophon.flow.Param;
      import dev.colophon.flow.Step;
      import java.util.List;

      /** As people write them. */
      @Flow
      public class Rehearsed {
        record Row(String name, double value) {}

        @Param int upTo = 3;

        @Step
        List<Row> rows(int upTo) {
          return java.util.stream.IntStream.range(0, upTo).mapToObj(i -> new Row("row" + i, i)).toList();
        }

        @Step
        double twice(@Each("rows") Row row) {
          return 2 * row.value();
        }

        @Step
        double sum(List<Double> twice) {
          return twice.stream().mapToDouble(Double::doubleValue).sum();
        }
      }
      """;

  /** By when what was written a moment ago counts as settled. */
  private static final Duration LATER = Duration.ofHours(1);

  private static final List<List<String>> REPOSITORY =
      List.of(
          List.of("git", "init", "-q", "--template="),
          List.of("git", "add", "Rehearsed.java"),
          List.of(
              "git",
              "-c",
              "user.name=r",
              "-c",
              "user.email=r@r",
              "commit",
              "-q",
              "-m",
              "Rehearse"));

  private static final List<List<String>> COMMANDS =
      List.of(
          List.of("--version"),
          List.of("--help"),
          List.of("run", "Rehearsed.java"),
          List.of("run", "Rehearsed.java", "--upTo", "4"));

  /** What a project sets once. */
  private static final String SETTINGS =
      """
      [defaults]
      workers = 2

      [params.Rehearsed]
      upTo = 3
      """;

  private static final List<List<String>> COMMANDS_AFTER_AN_EDIT =
      List.of(
          List.of("plan", "Rehearsed.java"),
          List.of("run", "Rehearsed.java"),
          List.of("runs"),
          List.of("runs", "--json"),
          List.of("show", "Rehearsed/1"),
          List.of("trace", "Rehearsed/2/sum"),
          List.of("why", "Rehearsed/2/sum"),
          List.of("code", "diff", "Rehearsed/1"),
          List.of("diff", "Rehearsed/1", "Rehearsed/2"),
          List.of("models"));

  private Rehearsal() {}

  /** Runs the commands and exits as a command does. */
  public static void main(String[] arguments) throws IOException {
    var folder = Files.createTempDirectory("colophon-rehearsal");
    try (var nowhere = new PrintStream(OutputStream.nullOutputStream())) {
      var file = folder.resolve("Rehearsed.java");
      Files.writeString(file, FLOW);
      commit(folder);
      var world =
          new World(
              Map.of(),
              folder,
              folder,
              "rehearsal",
              Clock.offset(Clock.systemUTC(), LATER),
              ZoneId.systemDefault(),
              nowhere,
              nowhere,
              () -> false);
      execute(world, COMMANDS);
      Files.writeString(file, FLOW.replace("2 *", "3 *"));
      Files.writeString(folder.resolve(Configuration.FILE), SETTINGS);
      execute(world, COMMANDS_AFTER_AN_EDIT);
    } finally {
      remove(folder);
    }
    System.exit(0); // the exit, too, has classes of its own
  }

  private static void execute(World world, List<List<String>> commands) {
    commands.forEach(
        command -> Main.execute(world, Ports.EMBEDDED, command.toArray(String[]::new)));
  }

  /** Makes the folder a repository, whatever this person's settings of Git; nothing without Git. */
  private static void commit(Path folder) throws IOException {
    for (var command : REPOSITORY) {
      var builder = new ProcessBuilder(command).directory(folder.toFile());
      builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
      builder.redirectError(ProcessBuilder.Redirect.DISCARD);
      builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
      builder
          .environment()
          .putAll(Map.of("GIT_CONFIG_GLOBAL", "/dev/null", "GIT_CONFIG_NOSYSTEM", "1"));
      try {
        builder.start().waitFor();
      } catch (IOException e) {
        return; // no Git: then runs without it are rehearsed
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private static void remove(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
