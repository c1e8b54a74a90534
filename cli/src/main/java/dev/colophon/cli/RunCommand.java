package dev.colophon.cli;

import dev.colophon.cli.frame.Frame;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.embedded.Branching;
import dev.colophon.embedded.FlowTarget;
import dev.colophon.embedded.Refresh;
import dev.colophon.embedded.RunOptions;
import dev.colophon.embedded.config.ParameterFile;
import dev.colophon.flow.run.ParamValue;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

@Command(
    name = "run",
    header = "Runs a flow: a plain Java file, or a compiled class.",
    description = {
      "The flow's own parameters follow it, as --name value; a bare --name means true. With --help after"
          + " the flow they are listed.",
    },
    footer = {
      "",
      "Examples:",
      "  colophon run examples/flights/FlightDelays.java --months 3 --tag try",
      "  colophon run com.acme.Training --class-path target/classes"
    })
sealed class RunCommand implements Callable<Integer> permits PlanCommand {
  final Frame frame;

  @Parameters(
      index = "0",
      paramLabel = "FLOW",
      description = "A .java file, or the name of a compiled class.")
  private String flow = "";

  @Option(
      names = {"-P", "--param"},
      paramLabel = "NAME=VALUE",
      description =
          "A parameter of the flow; the same as --NAME VALUE, and the only way for one that is named"
              + " like an option.")
  private List<String> parameters = new ArrayList<>();

  @Option(
      names = "--params",
      paramLabel = "FILE",
      description =
          "Parameters from a TOML, JSON or YAML file; those on the command line win over it.")
  private Optional<Path> parameterFile = Optional.empty();

  @Option(names = "--tag", paramLabel = "TAG", description = "Label the run; may be repeated.")
  private List<String> tags = new ArrayList<>();

  @Option(
      names = "--workers",
      paramLabel = "N",
      description =
          "Most tasks that run at once, whether they compute or wait. Default: the number of"
              + " processors.")
  private int workers = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of the steps' random generators. Default: 0.")
  private long seed;

  @Option(
      names = "--as-of",
      paramLabel = "TIME",
      description =
          "What the steps take for now, such as 2026-11-23T15:00:00Z. Default: the run's start.")
  private Optional<String> asOf = Optional.empty();

  @Option(
      names = "--verify-inputs",
      description = "Read every dataset again, even one that looks unchanged.")
  private boolean verifyInputs;

  @Option(names = "--no-cache", description = "Compute everything anew; later runs may reuse it.")
  private boolean noCache;

  @Option(
      names = "--refresh",
      paramLabel = "STEP",
      split = ",",
      description = "Compute this step anew; may be repeated.")
  private List<String> refresh = new ArrayList<>();

  @Mixin BranchChoice branch = new BranchChoice();

  @Option(
      names = {"--class-path", "-cp"},
      paramLabel = "PATH",
      description = "Where a compiled class is found. Default: the Maven project around here.")
  private String classPath = "";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Unmatched private List<String> rest = new ArrayList<>();

  RunCommand(Frame frame) {
    this.frame = frame;
  }

  @Override
  public Integer call() {
    refuseParametersBeforeTheFlow();
    return new RunSupervisor(frame).run(target(), options(branch.branching(frame)));
  }

  /** Their values would be taken for the flow. */
  private void refuseParametersBeforeTheFlow() {
    List<String> words = frame.commandLine();
    Optional<String> early =
        rest.stream()
            .filter(word -> word.startsWith("-") && words.indexOf(word) < words.indexOf(flow))
            .findFirst();
    if (early.isPresent() && frame.loaded().isEmpty()) {
      String meant =
          rest.stream().filter(word -> word.endsWith(".java")).findFirst().orElse("FLOW");
      throw new Invalid(
          "parameter %s stands before the flow, and \"%s\" where the flow should be; the flow's own parameters follow it: colophon run %s %s …"
              .formatted(early.get(), flow, meant, early.get()));
    }
  }

  /** Whether it is known which flow is meant. */
  boolean isFlowNamed() {
    return frame.loaded().isPresent() || !flow.isEmpty();
  }

  /** The flow as it is named on the command line. */
  String flow() {
    return flow;
  }

  /** The flow that is meant. */
  FlowTarget target() {
    return frame
        .loaded()
        .<FlowTarget>map(FlowTarget.LoadedClass::new)
        .orElseGet(() -> NamedFlow.target(flow, classPath, frame.world().workingFolder()));
  }

  /** What the person asks of the run. */
  RunOptions options(Branching branching) {
    return new RunOptions(
        given(),
        TagName.all("--tag", tags),
        workers,
        seed,
        asOf.map(RunCommand::moment),
        verifyInputs,
        new Refresh(noCache, Set.copyOf(refresh)),
        frame.world().person(),
        frame.commandLine(),
        branching);
  }

  private Map<String, ParamValue> given() {
    Map<String, ParamValue> given = new LinkedHashMap<>();
    parameterFile.ifPresent(
        file -> given.putAll(ParameterFile.read(file, frame.world().workingFolder())));
    given.putAll(RunParameters.read(parameters, rest, spec.optionsMap().keySet()));
    return given;
  }

  private static Instant moment(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new Invalid(
          "--as-of \"%s\": expected a moment such as 2026-11-23T15:00:00Z".formatted(text), e);
    }
  }
}
