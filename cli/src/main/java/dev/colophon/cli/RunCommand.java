package dev.colophon.cli;

import dev.colophon.cli.frame.Frame;
import dev.colophon.core.Name;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.embedded.FlowTarget;
import dev.colophon.embedded.RunOptions;
import java.io.File;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Unmatched;

@Command(
    name = "run",
    header = "Runs a flow: a plain Java file, or a compiled class.",
    description = {
      "The flow's own parameters follow it, as --name value. With --help after the flow they are listed.",
    },
    footer = {
      "",
      "Examples:",
      "  colophon run examples/flights/FlightDelays.java --months 3 --tag try",
      "  colophon run com.acme.Training --class-path target/classes"
    })
final class RunCommand implements Callable<Integer> {
  private final Frame frame;

  @Parameters(
      index = "0",
      paramLabel = "FLOW",
      description = "A .java file, or the name of a compiled class.")
  private String flow = "";

  @Option(
      names = {"-P", "--param"},
      paramLabel = "NAME=VALUE",
      description = "A parameter of the flow; the same as --NAME VALUE.")
  private Map<String, String> parameters = new LinkedHashMap<>();

  @Option(names = "--tag", paramLabel = "TAG", description = "Label the run; may be repeated.")
  private List<String> tags = new ArrayList<>();

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "Most steps that compute at once. Default: the number of processors.")
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

  @Option(
      names = {"--class-path", "-cp"},
      paramLabel = "PATH",
      description = "Where a compiled class is found. Default: the Maven project around here.")
  private String classPath = "";

  @Unmatched private List<String> rest = new ArrayList<>();

  RunCommand(Frame frame) {
    this.frame = frame;
  }

  @Override
  public Integer call() {
    return new RunSupervisor(frame).run(target(), options());
  }

  private FlowTarget target() {
    if (frame.loaded().isPresent()) {
      return new FlowTarget.LoadedClass(frame.loaded().get());
    }
    return target(flow, classPath);
  }

  /** What is to be run, as a person names it. */
  static FlowTarget target(String flow, String classPath) {
    return FlowTarget.of(
        flow,
        Arrays.stream(classPath.split(File.pathSeparator, -1))
            .filter(entry -> !entry.isEmpty())
            .map(Path::of)
            .toList());
  }

  private RunOptions options() {
    Map<String, String> given = new LinkedHashMap<>(parameters);
    given.putAll(flowParameters(rest));
    return new RunOptions(
        given,
        tags.stream().map(Name::of).toList(),
        workers,
        seed,
        asOf.map(RunCommand::moment),
        verifyInputs,
        frame.world().person(),
        frame.commandLine());
  }

  private static Instant moment(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new Invalid(
          "--as-of \"%s\": expected a moment such as 2026-11-23T15:00:00Z".formatted(text), e);
    }
  }

  /** Reads {@code --name value}, {@code --name=value} and, for true, {@code --name}. */
  static Map<String, String> flowParameters(List<String> words) {
    Map<String, String> given = new LinkedHashMap<>();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (!word.startsWith("--") || word.length() == 2) {
        throw new Invalid(
            "\"%s\": expected a parameter of the flow, as --name value".formatted(word));
      }
      int equals = word.indexOf('=');
      String name = equals < 0 ? word.substring(2) : word.substring(2, equals);
      boolean next = i + 1 < words.size() && !words.get(i + 1).startsWith("--");
      String value = equals >= 0 ? word.substring(equals + 1) : next ? words.get(++i) : "true";
      if (given.put(name, value) != null) {
        throw new Invalid("parameter \"%s\" is given twice".formatted(name));
      }
    }
    return given;
  }
}
