package dev.colophon.cli;

import dev.colophon.cli.frame.Frame;
import dev.colophon.cli.frame.World;
import dev.colophon.cli.run.OrderlyEnd;
import dev.colophon.cli.run.RunPrinter;
import dev.colophon.cli.run.TerminalSize;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.error.ErrorCode;
import dev.colophon.core.run.RunState;
import dev.colophon.embedded.Colophon;
import dev.colophon.embedded.FlowLauncher;
import dev.colophon.embedded.FlowPreview;
import dev.colophon.embedded.FlowTarget;
import dev.colophon.embedded.RunOptions;
import dev.colophon.embedded.maven.MavenLibraries;
import dev.colophon.embedded.maven.MavenSettings;
import dev.colophon.flow.code.Secrets;
import dev.colophon.flow.graph.FlowGraph.ParamNode;
import dev.colophon.flow.run.PrintCapture;
import dev.colophon.flow.run.RunOutcome;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Executes one run for a person: shows how it goes, stops it in order when the process is told to
 * end, and answers with what came of it.
 */
final class RunSupervisor {
  /** Exit status of a run that failed. */
  private static final int FAILED = 1;

  private final Frame frame;

  RunSupervisor(Frame frame) {
    this.frame = frame;
  }

  /** Runs, prints the answer, and returns the exit status. */
  int run(FlowTarget target, RunOptions options) {
    return run(target, options, Optional.empty());
  }

  /**
   * The same.
   *
   * @param continued the run that this one continues, if it does
   */
  int run(FlowTarget target, RunOptions options, Optional<RunId> continued) {
    World world = frame.world();
    PrintStream progress = frame.json() ? world.err() : world.out();
    boolean live = !frame.json() && world.terminal().getAsBoolean();
    boolean fresh = !frame.home().exists();
    try (Colophon colophon = frame.open();
        RunPrinter printer =
            new RunPrinter(
                progress, world.clock(), live, TerminalSize.of(world, live), colour(live))) {
      if (fresh) {
        world.err().println("new home for runs and models: " + frame.home());
      }
      continued.ifPresent(printer::continues);
      warnOfSecrets(options);
      FlowLauncher launcher = launcher(colophon);
      frame.whenSaid(OrderlyEnd.of(new Supervised(launcher, printer, target))::said);
      PrintStream out = System.out;
      PrintStream err = System.err;
      PrintCapture capture = PrintCapture.install(out, err, frame.json() ? err : out);
      try {
        RunOutcome outcome =
            launcher.run(
                target, options, printer, warning -> world.err().println("warning: " + warning));
        return frame.answer(RunAnswer.of(outcome, status(outcome.run().state())));
      } finally {
        capture.close();
        world.out().flush();
      }
    }
  }

  /**
   * The command line that is recorded hides them; what the steps are given is recorded as it is.
   */
  private void warnOfSecrets(RunOptions options) {
    List<String> names =
        options.parameters().keySet().stream().filter(Secrets::looksSecret).sorted().toList();
    if (!names.isEmpty()) {
      frame
          .world()
          .err()
          .println(
              "warning: parameters are stored with the run, as they are, for everybody who can read"
                  + " the home: %s; if that is a secret, let the step that needs it ask for it with"
                      .formatted(String.join(", ", names))
                  + " @Secret(\"%s\") instead".formatted(names.getFirst()));
    }
  }

  /** Names of the parameters of a flow that a person names. */
  List<String> parameters(String flow) {
    try (Colophon colophon = frame.ports().reading(frame.home())) {
      FlowTarget target = NamedFlow.target(flow, "", frame.world().workingFolder());
      return launcher(colophon).load(target).program().graph().params().stream()
          .map(ParamNode::name)
          .toList();
    }
  }

  /** The launcher on the ports of a home, with Maven's libraries. */
  FlowLauncher launcher(Colophon colophon) {
    World world = frame.world();
    return new FlowLauncher(
        colophon,
        frame.home(),
        libraries(),
        world.workingFolder(),
        world.clock(),
        List.of(ColophonMain.class),
        frame.configuration());
  }

  /** What says beforehand what a run would do, on the ports of a home that is read. */
  FlowPreview preview(Colophon colophon) {
    World world = frame.world();
    return new FlowPreview(
        colophon,
        frame.home(),
        libraries(),
        world.workingFolder(),
        world.clock(),
        List.of(ColophonMain.class),
        frame.configuration());
  }

  private MavenLibraries libraries() {
    World world = frame.world();
    Optional<Path> maven =
        Optional.ofNullable(world.environment().get("MAVEN_HOME"))
            .or(() -> Optional.ofNullable(world.environment().get("M2_HOME")))
            .map(Path::of);
    return new MavenLibraries(
        frame.home().cache(),
        MavenSettings.of(world.personFolder(), maven),
        line -> world.err().println(line));
  }

  private boolean colour(boolean live) {
    return live && frame.colour();
  }

  private static int status(RunState state) {
    return switch (state) {
      case COMPLETED -> 0;
      case CANCELLED -> OrderlyEnd.CANCELLED;
      case FAILED, LOST, RUNNING -> FAILED;
    };
  }

  /** A run under way, and the person who watches it. */
  private final class Supervised implements OrderlyEnd.Run {
    private final FlowLauncher launcher;
    private final RunPrinter printer;
    private final FlowTarget target;

    Supervised(FlowLauncher launcher, RunPrinter printer, FlowTarget target) {
      this.launcher = launcher;
      this.printer = printer;
      this.target = target;
    }

    @Override
    public boolean shutDown() {
      return launcher.shutDown();
    }

    @Override
    public void nextInterruptEnds() {
      printer.nextInterruptEnds();
    }

    @Override
    public void endedAtOnce() {
      frame
          .world()
          .err()
          .println("ended at once; unless its end was recorded by then, the run will show as lost");
    }

    @Override
    public void endedByFlow() {
      frame.tellError(
          ErrorCode.INVALID.code(),
          "flow %s: it called System.exit while it was being loaded, so nothing was run; take the call out of its initialisers"
              .formatted(name(target)));
      frame.world().out().flush();
    }

    private static String name(FlowTarget target) {
      return switch (target) {
        case FlowTarget.SourceFile(Path file) -> file.toString();
        case FlowTarget.CompiledClass compiled -> compiled.name();
        case FlowTarget.LoadedClass(Class<?> type) -> type.getName();
      };
    }
  }
}
