package dev.colophon.cli;

import dev.colophon.flow.graph.Suggestion;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with a command line, and what to type instead. */
final class Misuse {
  private final CommandLine command;
  private final List<String> words;

  /**
   * @param words as typed
   */
  Misuse(CommandLine command, List<String> words) {
    this.command = command;
    this.words = words;
  }

  String message(ParameterException e) {
    return switch (e) {
      case UnmatchedArgumentException unmatched -> unknown(unmatched.getUnmatched().getFirst());
      case MissingParameterException missing -> missing(missing.getMissing());
      case OverwrittenOptionException twice ->
          "%s is given twice; give it once".formatted(name(twice.getOverwritten()));
      case ParameterException other when other.getArgSpec() != null ->
          "%s: \"%s\" is no %s; write %s"
              .formatted(
                  name(other.getArgSpec()),
                  other.getValue(),
                  kind(other.getArgSpec()),
                  usage(other.getArgSpec()));
      case ParameterException other when isGroup() ->
          "a command is missing; expected one of %s, such as \"%s\""
              .formatted(String.join(", ", command.getSubcommands().keySet()), example());
      case ParameterException other ->
          String.valueOf(other.getMessage()).lines().collect(Collectors.joining(" "));
    };
  }

  /** Whether the command only holds others. */
  private boolean isGroup() {
    return !command.getSubcommands().isEmpty();
  }

  private String unknown(String word) {
    boolean option = word.startsWith("-");
    Set<String> known =
        option ? command.getCommandSpec().optionsMap().keySet() : command.getSubcommands().keySet();
    String refusal =
        option
            ? "unknown option \"%s\""
            : known.isEmpty() ? "unexpected word \"%s\"" : "unknown command \"%s\"";
    String name = word.split("=", 2)[0];
    String meant =
        Suggestion.closest(name, known).map(near -> "; did you mean " + near + "?").orElse("");
    return refusal.formatted(word) + meant;
  }

  private String missing(List<ArgSpec> missing) {
    List<String> without =
        missing.stream()
            .filter(OptionSpec.class::isInstance)
            .filter(this::isTyped)
            .map(
                option ->
                    "%s: its value is missing; write %s".formatted(name(option), usage(option)))
            .toList();
    if (!without.isEmpty()) {
      return String.join("; ", without);
    }
    String names = missing.stream().map(Misuse::usage).collect(Collectors.joining(" and "));
    return "%s %s missing; write \"%s\", such as \"%s\""
        .formatted(names, missing.size() == 1 ? "is" : "are", synopsis(), example());
  }

  private boolean isTyped(ArgSpec option) {
    List<String> names = Arrays.asList(((OptionSpec) option).names());
    return words.stream().anyMatch(word -> names.contains(word.split("=", 2)[0]));
  }

  /** The command with all that it can't do without. */
  private String synopsis() {
    Stream<String> positional =
        command.getCommandSpec().positionalParameters().stream().map(Misuse::usage);
    Stream<String> options =
        command.getCommandSpec().options().stream().filter(ArgSpec::required).map(Misuse::usage);
    return Stream.of(Stream.of(command.getCommandSpec().qualifiedName()), positional, options)
        .flatMap(part -> part)
        .collect(Collectors.joining(" "));
  }

  /** The first one of its help. */
  private String example() {
    return Arrays.stream(command.getCommandSpec().usageMessage().footer())
        .filter(line -> line.startsWith("  "))
        .findFirst()
        .map(String::strip)
        .orElseGet(() -> command.getCommandSpec().qualifiedName() + " --help");
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }

  private static String usage(ArgSpec argument) {
    return switch (argument) {
      case OptionSpec option -> option.longestName() + " " + option.paramLabel();
      case PositionalParamSpec positional -> positional.paramLabel();
      default -> argument.paramLabel();
    };
  }

  private static String kind(ArgSpec argument) {
    Class<?> type = argument.type();
    return type == int.class || type == long.class ? "whole number" : type.getSimpleName();
  }
}
