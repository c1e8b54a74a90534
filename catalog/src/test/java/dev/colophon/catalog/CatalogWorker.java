package dev.colophon.catalog;

import static dev.colophon.testkit.SampleRecords.FIT;
import static dev.colophon.testkit.SampleRecords.REGISTER;
import static dev.colophon.testkit.SampleRecords.START;
import static dev.colophon.testkit.SampleRecords.completed;
import static dev.colophon.testkit.SampleRecords.registered;
import static dev.colophon.testkit.SampleRecords.run;
import static dev.colophon.testkit.SampleRecords.task;

import dev.colophon.core.Subject.RunId;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.Subject.VersionId;
import dev.colophon.core.run.Output;
import dev.colophon.core.run.RunLog;
import dev.colophon.core.run.RunLog.Begun;
import dev.colophon.core.run.RunState;
import dev.colophon.core.run.TaskEnd;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A process of its own that works on a catalog and prints each thing that was acknowledged: {@code
 * run Flow/1}, {@code task Flow/1/fit/0}, {@code version m@1}, {@code end Flow/1}.
 */
final class CatalogWorker {
  private CatalogWorker() {}

  /** Starts one, its errors going to ours. */
  static Process fork(Path file, int runs, int versionsEach) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx64m",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            CatalogWorker.class.getName(),
            file.toString(),
            Integer.toString(runs),
            Integer.toString(versionsEach))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** Arguments: the file, how many runs, how many versions of the model each run makes. */
  public static void main(String[] arguments) {
    int runs = Integer.parseInt(arguments[1]);
    int versions = Integer.parseInt(arguments[2]);
    try (SqlCatalog catalog = SqlCatalog.at(Path.of(arguments[0]))) {
      for (int i = 0; i < runs; i++) {
        work(catalog.runLog(), versions);
      }
    }
  }

  private static void work(RunLog log, int versions) {
    RunId run = log.start(run("Flow")).id();
    say("run " + run);
    TaskId fit = task(run, FIT, 0);
    log.beat(run, START, List.of(new Begun(fit, 1, START)));
    log.commit(run, List.of(completed(fit, "weights of " + run)));
    say("task " + fit);
    for (int version = 0; version < versions; version++) {
      TaskId made = task(run, REGISTER, version);
      TaskEnd end = registered(made, "m", "bytes");
      Optional<VersionId> id = log.commit(run, List.of(end)).getFirst().flatMap(Output::version);
      say("task " + made);
      say("version " + id.orElseThrow());
    }
    log.end(run, RunState.COMPLETED, START.plusSeconds(9), Optional.empty());
    say("end " + run);
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }

  /** Those of the lines that begin with this word, without it. */
  static List<String> acknowledged(String word, List<String> lines) {
    List<String> found = new ArrayList<>();
    for (String line : lines) {
      if (line.startsWith(word + " ")) {
        found.add(line.substring(word.length() + 1));
      }
    }
    return found;
  }
}
