package dev.colophon.cli;

import dev.colophon.cli.frame.Frame;
import dev.colophon.cli.run.SourceComments;
import dev.colophon.core.json.Json;
import dev.colophon.embedded.Colophon;
import dev.colophon.embedded.FlowLauncher;
import dev.colophon.embedded.FlowTarget;
import dev.colophon.embedded.LoadedFlow;
import dev.colophon.flow.graph.FlowGraph.ParamNode;
import dev.colophon.flow.graph.FlowType;
import dev.colophon.flow.run.ParamForm;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The help of {@code colophon run FLOW --help}: the flow's own parameters, then the options. */
final class RunHelp {
  /** Widest column of names; a longer name has a line of its own. */
  private static final int MOST_NAME = 30;

  private final CommandLine command;
  private final Frame frame;
  private final LoadedFlow flow;
  private final String shown;
  private final Map<String, Json> defaults;
  private final SourceComments comments;

  private RunHelp(
      CommandLine command, Frame frame, LoadedFlow flow, String shown, Map<String, Json> defaults) {
    this.command = command;
    this.frame = frame;
    this.flow = flow;
    this.shown = shown;
    this.defaults = defaults;
    this.comments = new SourceComments(source(flow));
  }

  /**
   * Prints it.
   *
   * @param shown the flow as the person named it
   * @throws dev.colophon.core.error.ColophonException if there is no such flow, or it is wrong
   */
  static void print(CommandLine command, Frame frame, FlowTarget target, String shown) {
    try (Colophon colophon = frame.ports().reading(frame.home())) {
      FlowLauncher launcher = new RunSupervisor(frame).launcher(colophon);
      LoadedFlow flow = launcher.load(target);
      Map<String, Json> defaults = launcher.parameters(flow.program()).defaults();
      RunHelp help = new RunHelp(command, frame, flow, shown, defaults);
      if (frame.json()) {
        frame.world().out().println(help.document().text());
      } else {
        help.write();
      }
    }
  }

  private static String source(LoadedFlow flow) {
    try {
      return flow.file().isPresent() ? Files.readString(flow.file().get()) : "";
    } catch (IOException e) {
      return ""; // the help does without
    }
  }

  private Json document() {
    Json.Builder json = Help.document(command).put("flow", name());
    comments.ofClass(flow.program().type().getSimpleName()).ifPresent(s -> json.put("about", s));
    return json.put("parameters", Json.of(params().stream().map(this::document).toList())).build();
  }

  private Json document(ParamNode param) {
    Json.Builder json = Json.object().put("name", param.name()).put("type", param.type().display());
    about(param).ifPresent(text -> json.put("about", text));
    json.put("required", new Json.Bool(!defaults.containsKey(param.name())));
    Optional.ofNullable(defaults.get(param.name())).ifPresent(value -> json.put("default", value));
    List<String> constants = ParamForm.constants(param.type());
    if (!constants.isEmpty()) {
      json.put("oneOf", Json.ofStrings(constants));
    }
    ParamForm.members(param.type()).ifPresent(members -> json.put("members", members));
    return json.build();
  }

  private void write() {
    int width = Help.width(frame);
    UsageMessageSpec usage = command.getCommandSpec().usageMessage();
    String about =
        comments
            .ofClass(flow.program().type().getSimpleName())
            .map(sentence -> name() + ": " + sentence)
            .orElse(name());
    usage.header(escaped(wrapped(about, 0, width)));
    usage.customSynopsis(
        params().isEmpty()
            ? typed() + " [OPTION]..."
            : typed() + " [--PARAMETER VALUE]... [OPTION]...");
    usage.description(escaped(parameters(width)));
    usage.optionListHeading("%nOptions of every run:%n");
    usage.synopsisHeading("%nUsage: ");
    usage.footer(escaped(List.of("", "Example:", "  " + example())));
    command.getHelpSectionMap().remove(UsageMessageSpec.SECTION_KEY_PARAMETER_LIST);
    command.setUsageHelpWidth(width);
    command.usage(command.getOut());
  }

  /** A command line that works: with all that is required, or with one parameter. */
  private String example() {
    List<ParamNode> required =
        params().stream().filter(param -> !defaults.containsKey(param.name())).toList();
    return Stream.concat(
            Stream.of(typed()),
            (required.isEmpty() ? params().stream().limit(1) : required.stream()).map(this::given))
        .collect(Collectors.joining(" "));
  }

  private String given(ParamNode param) {
    return isLikeAnOption(param)
        ? "-P " + param.name() + "=" + value(param)
        : "--" + param.name() + " " + value(param);
  }

  private boolean isLikeAnOption(ParamNode param) {
    return command.getCommandSpec().optionsMap().containsKey("--" + param.name());
  }

  private String value(ParamNode param) {
    String text =
        Optional.ofNullable(defaults.get(param.name()))
            .map(ParamForm::typed)
            .or(() -> ParamForm.example(param.type()))
            .orElse("VALUE");
    return text.matches("[\\w.:/-]+") ? text : "'" + text + "'";
  }

  private String typed() {
    return "colophon " + command.getCommandName() + " " + shown;
  }

  private String name() {
    return flow.program().graph().flow().text();
  }

  private List<ParamNode> params() {
    return flow.program().graph().params();
  }

  private List<String> parameters(int width) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(
        params().isEmpty() ? name() + " has no parameters." : "Parameters of " + name() + ":");
    int column =
        params().stream()
                .mapToInt(param -> usage(param).length())
                .filter(length -> length <= MOST_NAME)
                .max()
                .orElse(MOST_NAME)
            + 4;
    for (ParamNode param : params()) {
      String named = "  " + usage(param);
      List<String> told = wrapped(told(param), column, width);
      if (named.length() + 2 > column) {
        lines.add(named);
        lines.addAll(told);
      } else {
        lines.add(named + told.getFirst().substring(named.length()));
        lines.addAll(told.subList(1, told.size()));
      }
    }
    return lines;
  }

  /** How it is given; the long way if an option of the command has its name. */
  private String usage(ParamNode param) {
    String type = param.type().display();
    if (isLikeAnOption(param)) {
      return "-P " + param.name() + "=" + type;
    }
    return isTruth(param.type())
        ? "--" + param.name() + " [true|false]"
        : "--" + param.name() + " " + type;
  }

  private static boolean isTruth(FlowType type) {
    return type.shape() instanceof FlowType.Primitive(String name) && name.equals("boolean");
  }

  private String told(ParamNode param) {
    List<String> constants = ParamForm.constants(param.type());
    Stream<Optional<String>> sentences =
        Stream.of(
            about(param).map(RunHelp::ended),
            constants.isEmpty()
                ? Optional.empty()
                : Optional.of("One of " + String.join(", ", constants) + "."),
            ParamForm.members(param.type()).map(members -> "JSON: " + members + "."),
            isTruth(param.type()) ? Optional.of("Bare, it means true.") : Optional.empty(),
            Optional.of(
                Optional.ofNullable(defaults.get(param.name()))
                    .map(value -> "Default: " + shown(value) + ".")
                    .orElse("Required.")));
    return String.join(" ", sentences.flatMap(Optional::stream).toList());
  }

  private static String shown(Json value) {
    String text = ParamForm.typed(value);
    return value instanceof Json.Null ? "none" : text.isEmpty() ? "\"\"" : text;
  }

  private Optional<String> about(ParamNode param) {
    return Optional.of(param.help())
        .filter(text -> !text.isEmpty())
        .or(() -> comments.ofField(param.name()));
  }

  private static String ended(String sentence) {
    return sentence.matches("(?s).*[.?!]") ? sentence : sentence + ".";
  }

  /** The text in lines of a width, each behind an indent. */
  private static List<String> wrapped(String text, int indent, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" +", -1)) {
      if (!line.isEmpty() && indent + line.length() + 1 + word.length() > width - 1) {
        lines.add(" ".repeat(indent) + line);
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(" ".repeat(indent) + line);
    return lines;
  }

  /** The help's text is a format. */
  private static String[] escaped(List<String> lines) {
    return lines.stream().map(line -> line.replace("%", "%%")).toArray(String[]::new);
  }
}
