package dev.colophon.cli.complete;

import dev.colophon.cli.frame.Frame;
import dev.colophon.core.Name;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.model.ModelRecord;
import dev.colophon.core.run.RunFilter;
import dev.colophon.core.run.RunRecord;
import dev.colophon.core.run.RunState;
import dev.colophon.embedded.Colophon;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The words that may stand at one place of a command line; none where a file may. */
final class Candidates {
  /** Runs, and models, that are offered. */
  private static final int MOST = 200;

  private final Frame frame;
  private final Function<String, List<String>> parameters;
  private final List<String> positional = new ArrayList<>();
  private CommandLine command;
  private String option = "";

  Candidates(Frame frame, CommandLine command, Function<String, List<String>> parameters) {
    this.frame = frame;
    this.command = command;
    this.parameters = parameters;
  }

  /** Those that begin with the last word, which follows the others. */
  List<String> after(List<String> words, String last) {
    words.forEach(this::walk);
    return all(last).filter(word -> word.startsWith(last)).distinct().sorted().toList();
  }

  private void walk(String word) {
    if (!option.isEmpty()) {
      option = "";
    } else if (word.startsWith("-")) {
      option = takesValue(word) ? word : "";
    } else if (positional.isEmpty() && command.getSubcommands().containsKey(word)) {
      command = command.getSubcommands().get(word);
    } else {
      positional.add(word);
    }
  }

  private boolean takesValue(String word) {
    OptionSpec known = command.getCommandSpec().optionsMap().get(word);
    boolean parameter = known == null && isRun() && !positional.isEmpty();
    return !word.contains("=") && (parameter || (known != null && known.arity().max() > 0));
  }

  private boolean isRun() {
    return command.getCommandSpec().positionalParameters().stream()
        .anyMatch(parameter -> parameter.paramLabel().equals("FLOW"));
  }

  private Stream<String> all(String last) {
    if (!option.isEmpty()) {
      OptionSpec known = command.getCommandSpec().optionsMap().get(option);
      return known == null ? Stream.empty() : values(known.paramLabel(), last);
    }
    if (last.startsWith("-")) {
      return Stream.concat(options(), flowParameters());
    }
    if (!command.getSubcommands().isEmpty()) {
      return command.getSubcommands().entrySet().stream()
          .filter(sub -> !sub.getValue().getCommandSpec().usageMessage().hidden())
          .map(sub -> sub.getKey());
    }
    return command.getCommandSpec().positionalParameters().stream()
        .filter(parameter -> parameter.index().contains(positional.size()))
        .map(PositionalParamSpec::paramLabel)
        .flatMap(label -> values(label, last));
  }

  private Stream<String> options() {
    return command.getCommandSpec().options().stream()
        .filter(one -> !one.hidden())
        .flatMap(one -> Arrays.stream(one.names()))
        .filter(name -> name.startsWith("--"));
  }

  private Stream<String> flowParameters() {
    return isRun() && !positional.isEmpty()
        ? parameters.apply(positional.getFirst()).stream().map(name -> "--" + name)
        : Stream.empty();
  }

  /** Values of an option or an argument, by its label in the help. */
  private Stream<String> values(String label, String last) {
    return switch (label) {
      case "STATE" -> Arrays.stream(RunState.values()).map(RunState::text);
      case "SHELL" -> Stream.of("bash", "zsh");
      case "FLOW" -> option.isEmpty() ? Stream.empty() : flows();
      case "TAG" -> runs().stream().flatMap(run -> run.tags().stream()).map(Name::text);
      case "WHAT" -> Stream.concat(addresses(last), versions(last));
      case "NAME" -> models().stream().map(model -> model.name().text());
      case String model when model.startsWith("NAME[@") || model.startsWith("MODEL") ->
          Stream.concat(models().stream().map(one -> one.name().text()), versions(last));
      case String run when run.contains("RUN") -> addresses(last);
      default -> Stream.empty();
    };
  }

  private Stream<String> flows() {
    return runs().stream().map(run -> run.id().flow().text());
  }

  private List<RunRecord> runs() {
    try (Colophon colophon = frame.ports().reading(frame.home())) {
      RunFilter all = RunFilter.ALL;
      return colophon
          .runs()
          .listRuns(new RunFilter(all.flow(), all.state(), all.tag(), MOST, all.after()))
          .items();
    }
  }

  private List<ModelRecord> models() {
    try (Colophon colophon = frame.ports().reading(frame.home())) {
      return colophon.registry().listModels(MOST, Optional.empty()).items();
    }
  }

  /** Runs and, once a run is named, its steps. */
  private Stream<String> addresses(String last) {
    String[] parts = last.split("/", -1);
    if (parts.length < 3) {
      return runs().stream().map(run -> run.id().toString());
    }
    try (Colophon colophon = frame.ports().reading(frame.home())) {
      RunId run = RunId.parse(parts[0] + "/" + parts[1]);
      return colophon.runs().getGraph(run).steps().stream()
          .map(step -> run + "/" + step.name())
          .toList()
          .stream();
    }
  }

  /** Once a model is named: its aliases, and its newest version. */
  private Stream<String> versions(String last) {
    int at = last.indexOf('@');
    return models().stream()
        .filter(model -> at < 0 || model.name().text().equals(last.substring(0, at)))
        .flatMap(
            model ->
                Stream.concat(
                        model.aliases().keySet().stream().map(Object::toString),
                        Stream.of(Integer.toString(model.latest())))
                    .map(version -> model.name() + "@" + version));
  }
}
