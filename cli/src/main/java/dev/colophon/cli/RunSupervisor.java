package dev.colophon.cli;

import dev.colophon.cli.frame.Frame;
import dev.colophon.cli.frame.World;
import dev.colophon.cli.run.RunPrinter;
import dev.colophon.core.run.RunState;
import dev.colophon.embedded.Colophon;
import dev.colophon.embedded.FlowLauncher;
import dev.colophon.embedded.FlowTarget;
import dev.colophon.embedded.RunOptions;
import dev.colophon.embedded.maven.MavenLibraries;
import dev.colophon.embedded.maven.MavenSettings;
import dev.colophon.flow.run.PrintCapture;
import dev.colophon.flow.run.RunOutcome;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Executes one run for a person: shows how it goes, stops it in order when the process is told to
 * end, and answers with what came of it.
 */
final class RunSupervisor {
  /** Exit status of a run that failed. */
  private static final int FAILED = 1;

  /** Exit status of a run that was stopped, as shells have it for an interrupt. */
  private static final int CANCELLED = 130;

  /** How long the end of the process waits for the run to end in order. */
  private static final Duration ORDERLY_END = Duration.ofSeconds(20);

  private final Frame frame;

  RunSupervisor(Frame frame) {
    this.frame = frame;
  }

  /** Runs, prints the answer, and returns the exit status. */
  int run(FlowTarget target, RunOptions options) {
    World world = frame.world();
    PrintStream progress = frame.json() ? world.err() : world.out();
    boolean live = !frame.json() && world.terminal().getAsBoolean();
    AtomicInteger status = new AtomicInteger(FAILED);
    try (Colophon colophon = frame.open();
        RunPrinter printer = new RunPrinter(progress, world.clock(), live, columns(world))) {
      FlowLauncher launcher = launcher(colophon);
      Hook hook = stopAtExit(launcher, status);
      PrintStream out = System.out;
      PrintStream err = System.err;
      PrintCapture capture = PrintCapture.install(out, err, frame.json() ? err : out);
      try {
        RunOutcome outcome =
            launcher.run(
                target, options, printer, warning -> world.err().println("warning: " + warning));
        status.set(status(outcome.run().state()));
        frame.answer(RunAnswer.of(outcome, status.get()));
      } finally {
        capture.close();
        world.out().flush();
        letExit(hook);
      }
    }
    return status.get();
  }

  /** The launcher on the ports of a home, with Maven's libraries. */
  FlowLauncher launcher(Colophon colophon) {
    World world = frame.world();
    Optional<Path> maven =
        Optional.ofNullable(world.environment().get("MAVEN_HOME"))
            .or(() -> Optional.ofNullable(world.environment().get("M2_HOME")))
            .map(Path::of);
    MavenLibraries libraries =
        new MavenLibraries(
            frame.home().cache(),
            MavenSettings.of(world.personFolder(), maven),
            line -> world.err().println(line));
    return new FlowLauncher(
        colophon,
        frame.home(),
        libraries,
        world.workingFolder(),
        world.clock(),
        List.of(ColophonMain.class));
  }

  private static int columns(World world) {
    String columns = world.environment().getOrDefault("COLUMNS", "");
    return columns.matches("[1-9][0-9]{1,3}") ? Integer.parseInt(columns) : 100;
  }

  private static int status(RunState state) {
    return switch (state) {
      case COMPLETED -> 0;
      case CANCELLED -> CANCELLED;
      case FAILED, LOST, RUNNING -> FAILED;
    };
  }

  /** An exit hook that a run's end takes off again. */
  private static final class Hook extends Thread {
    private final CountDownLatch answered = new CountDownLatch(1);
    private final FlowLauncher launcher;
    private final AtomicInteger status;

    Hook(FlowLauncher launcher, AtomicInteger status) {
      super("colophon-exit");
      this.launcher = launcher;
      this.status = status;
    }

    @Override
    public void run() {
      if (!launcher.shutDown()) {
        Runtime.getRuntime().halt(CANCELLED); // nothing was begun, so there is nothing to end
      }
      try {
        if (answered.await(ORDERLY_END.toMillis(), TimeUnit.MILLISECONDS)) {
          Runtime.getRuntime().halt(status.get()); // a step's own exit status says nothing
        }
      } catch (InterruptedException e) {
        interrupt();
      }
    }
  }

  private static Hook stopAtExit(FlowLauncher launcher, AtomicInteger status) {
    Hook hook = new Hook(launcher, status);
    Runtime.getRuntime().addShutdownHook(hook);
    return hook;
  }

  private static void letExit(Hook hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      hook.answered.countDown(); // the process is ending, and waits for this
    }
  }
}
