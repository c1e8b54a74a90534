package dev.colophon.embedded;

import dev.colophon.embedded.track.TrackedRun;
import dev.colophon.flow.run.RunListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What tests do with a home in processes of their own. */
final class OtherProcess {
  private OtherProcess() {}

  /** Starts {@link #main} in a process whose output and errors are one stream. */
  static Process start(String... arguments) throws IOException {
    return start(List.of(), arguments);
  }

  /** The same, started by another program. */
  static Process start(List<String> by, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(by);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED", "-cp"));
    command.add(System.getProperty("java.class.path", ""));
    command.add(OtherProcess.class.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  /** A process that has a scratch folder and keeps it until its input ends. */
  static Process holding(Path parent) throws IOException {
    Process process = start("hold", parent.toString());
    if (process.inputReader().readLine() == null) {
      throw new IOException("no scratch folder was taken");
    }
    return process;
  }

  public static void main(String[] arguments) throws IOException {
    Path parent = Path.of(arguments[1]);
    switch (arguments[0]) {
      case "hold" -> hold(parent);
      case "track" -> track(parent);
      case "again" -> takeAgain(parent, Integer.parseInt(arguments[2]));
      case "run" -> runFlow(parent.resolve("home"), Path.of(arguments[2]));
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  /** Tracks itself until its input ends or it does; tells when something is on record. */
  private static void track(Path folder) throws IOException {
    Colophon colophon = Colophon.open(folder.resolve("home"));
    TrackedRun run = colophon.start("nightly-train");
    run.artifact("score", new TrackingTest.Score(0.7));
    run.register("delays", new TrackingTest.Score(0.7));
    System.out.println("tracking");
    while (System.in.read() >= 0) {}
  }

  private static void hold(Path parent) throws IOException {
    try (ScratchFolder scratch = ScratchFolder.take(parent, UUID.randomUUID())) {
      Files.writeString(Files.createDirectory(scratch.path().resolve("sub")).resolve("x"), "x");
      System.out.println("held");
      while (System.in.read() >= 0) {}
    }
  }

  /** Takes folders one after the other and looks that nobody touches them. */
  private static void takeAgain(Path parent, int times) throws IOException {
    for (int i = 0; i < times; i++) {
      try (ScratchFolder scratch = ScratchFolder.take(parent, UUID.randomUUID())) {
        Path mine = Files.writeString(scratch.path().resolve("mine"), "x");
        ScratchFolder.take(parent, UUID.randomUUID()).close();
        if (!Files.exists(mine)) {
          System.out.println("lost " + mine);
        }
      }
    }
  }

  private static void runFlow(Path folder, Path source) {
    Home home = new Home(folder);
    try (Colophon colophon = Colophon.open(home)) {
      FlowLauncher launcher =
          new FlowLauncher(
              colophon,
              home,
              coordinates -> List.of(),
              folder,
              Clock.systemUTC(),
              List.of(),
              dev.colophon.embedded.config.Configuration.NONE);
      RunOptions options =
          new RunOptions(
              Map.of(),
              List.of(),
              1,
              0,
              Optional.empty(),
              false,
              Refresh.NOTHING,
              "ana",
              List.of("run"));
      launcher.run(
          FlowTarget.of(source.toString(), List.of()), options, RunListener.SILENT, w -> {});
    }
  }
}
