package dev.colophon.cli;

import dev.colophon.cli.frame.Answer;
import dev.colophon.cli.frame.Frame;
import dev.colophon.cli.frame.Screen;
import dev.colophon.core.Subject.InRun;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.error.ColophonException.Conflict;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.error.ColophonException.NotFound;
import dev.colophon.core.json.Json;
import dev.colophon.core.run.RunRecord;
import dev.colophon.core.run.RunState;
import dev.colophon.embedded.Colophon;
import dev.colophon.embedded.FlowOfRun;
import dev.colophon.embedded.FlowTarget;
import dev.colophon.embedded.Refresh;
import dev.colophon.embedded.RunOptions;
import dev.colophon.embedded.track.Tracking;
import dev.colophon.flow.run.ParamValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "resume",
    header = "Runs the flow of an unfinished run again, reusing what it finished.",
    description = {
      "A new run with the parameters, tags, seed and moment of that one, and the code as it is now:"
          + " what was edited since runs again, with all that it changes."
    },
    footer = {"", "Example:", "  colophon resume FlightDelays/12"})
final class ResumeCommand implements Callable<Integer> {
  private final Frame frame;

  @Parameters(index = "0", paramLabel = "RUN", description = "Such as FlightDelays/12.")
  private String run = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "FLOW",
      description = "Where the flow is now, if it was moved.")
  private Optional<String> flow = Optional.empty();

  @Option(
      names = "--workers",
      paramLabel = "N",
      description =
          "Most tasks that run at once, whether they compute or wait. Default: the number of"
              + " processors.")
  private int workers = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--verify-inputs",
      description = "Read every dataset again, even one that looks unchanged.")
  private boolean verifyInputs;

  @Option(
      names = "--refresh",
      paramLabel = "STEP",
      split = ",",
      description = "Compute this step anew; may be repeated.")
  private List<String> refresh = new ArrayList<>();

  @Mixin private BranchChoice branch = new BranchChoice();

  @Option(
      names = {"--class-path", "-cp"},
      paramLabel = "PATH",
      description = "Where a compiled class is found. Default: where it was.")
  private String classPath = "";

  /** What is known before the new run begins. */
  private record Continued(RunRecord run, FlowTarget target) {}

  ResumeCommand(Frame frame) {
    this.frame = frame;
  }

  @Override
  public Integer call() {
    Continued continued;
    try (Colophon colophon = frame.reading()) {
      RunRecord earlier = colophon.runs().getRun(named(colophon));
      refuseIfTracked(earlier, colophon);
      refuseIfRunning(earlier);
      if (earlier.state() == RunState.COMPLETED) {
        return frame.answer(completed(earlier, colophon));
      }
      continued = new Continued(earlier, target(earlier.id(), colophon));
    }
    return new RunSupervisor(frame)
        .run(continued.target(), options(continued.run()), Optional.of(continued.run().id()));
  }

  private RunId named(Colophon colophon) {
    InRun named = new Address(colophon, frame.world().workingFolder()).inRun(run);
    if (named instanceof RunId id) {
      return id;
    }
    throw new Invalid(
        "\"%s\": a run is continued as a whole; type colophon resume %s, or colophon run with --refresh %s"
            .formatted(run, named.run(), stepOf(named)));
  }

  private static String stepOf(InRun subject) {
    return subject.toString().split("/", -1)[2];
  }

  private static void refuseIfTracked(RunRecord earlier, Colophon colophon) {
    if (Tracking.isTracked(colophon.runs().getGraph(earlier.id()).steps())) {
      throw new Invalid(
          "run %s is of a program that tracks itself, which can't be continued, expected a run of a flow; start the program again"
              .formatted(earlier.id()));
    }
  }

  private static void refuseIfRunning(RunRecord earlier) {
    if (earlier.state() == RunState.RUNNING) {
      throw new Conflict(
          "run %s: it is still running, as process %d on %s; wait for its end, or end that process"
              .formatted(earlier.id(), earlier.runner().pid(), earlier.runner().host()));
    }
  }

  private FlowTarget target(RunId earlier, Colophon colophon) {
    Path folder = frame.world().workingFolder();
    return flow.map(text -> NamedFlow.target(text, classPath, folder))
        .orElseGet(
            () ->
                switch (new FlowOfRun(colophon.runs(), folder).find(earlier)) {
                  case FlowTarget.CompiledClass found when !classPath.isEmpty() ->
                      NamedFlow.target(found.name(), classPath, folder);
                  case FlowTarget found -> found;
                });
  }

  private RunOptions options(RunRecord earlier) {
    Map<String, ParamValue> parameters = new LinkedHashMap<>();
    earlier
        .parameters()
        .forEach(
            (name, value) ->
                parameters.put(name, new ParamValue.Inherited(value, "run " + earlier.id())));
    return new RunOptions(
        parameters,
        earlier.tags(),
        workers,
        earlier.seed(),
        Optional.of(earlier.asOf()),
        verifyInputs,
        new Refresh(false, Set.copyOf(refresh)),
        frame.world().person(),
        frame.commandLine(),
        branch.branchingLike(earlier.place(), frame));
  }

  private Answer completed(RunRecord earlier, Colophon colophon) {
    Optional<String> named = name(earlier.id(), colophon);
    return Answer.of(
        () ->
            Json.object()
                .put("run", earlier.id().toString())
                .put("state", earlier.state().text())
                .build(),
        screen -> write(earlier, named, screen));
  }

  /** The flow as it is typed; empty if it is not there any more. */
  private Optional<String> name(RunId earlier, Colophon colophon) {
    try {
      return Optional.of(
          switch (target(earlier, colophon)) {
            case FlowTarget.SourceFile(Path file) -> file.toString();
            case FlowTarget.CompiledClass compiled -> compiled.name();
            case FlowTarget.LoadedClass(Class<?> type) -> type.getName();
          });
    } catch (NotFound e) {
      return Optional.empty();
    }
  }

  private void write(RunRecord earlier, Optional<String> flowName, Screen screen) {
    screen.line("%s completed: nothing is left to continue".formatted(earlier.id()));
    flowName.ifPresent(
        name ->
            screen.line(screen.dim("what a new run would do:  ") + frame.command("plan", name)));
    screen.line(screen.dim("more:  ") + frame.command("show", earlier.id().toString()));
  }
}
