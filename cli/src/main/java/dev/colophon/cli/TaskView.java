package dev.colophon.cli;

import dev.colophon.cli.Elements.Element;
import dev.colophon.cli.frame.Screen;
import dev.colophon.cli.frame.Show;
import dev.colophon.cli.frame.Table;
import dev.colophon.cli.logs.LogExcerpt;
import dev.colophon.core.Artifact;
import dev.colophon.core.json.Json;
import dev.colophon.core.run.Input;
import dev.colophon.core.run.Metric;
import dev.colophon.core.run.Output;
import dev.colophon.core.run.RunJson;
import dev.colophon.core.run.TaskRecord;
import dev.colophon.embedded.Colophon;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * A task for a person and for a program.
 *
 * @param elements of the lists that its step is fanned out over
 * @param parameters that its step names
 * @param value what it left behind, if that is JSON or text of at most {@value #PREVIEW_BYTES}
 *     bytes
 * @param log the end of what it said
 */
record TaskView(
    TaskRecord task,
    List<Element> elements,
    SortedMap<String, Json> parameters,
    List<Metric> metrics,
    Optional<Json> value,
    Optional<LogExcerpt> log) {
  /** Largest value that is shown, in bytes. */
  static final int PREVIEW_BYTES = 2048;

  private static final Set<String> JSON_CODECS = Set.of("json", "version");

  static TaskView of(TaskRecord task, Elements elements, Colophon colophon) {
    return new TaskView(
        task,
        elements.of(task.id()),
        elements.parameters(task.id().step()),
        colophon.runs().metrics(task.id().run()).getOrDefault(task.id(), List.of()),
        task.output().flatMap(output -> preview(output, colophon)),
        LogExcerpt.of(task, colophon));
  }

  private static Optional<Json> preview(Output output, Colophon colophon) {
    Artifact artifact = output.artifact();
    if (artifact.sizeBytes() > PREVIEW_BYTES || artifact instanceof Artifact.Tree) {
      return Optional.empty();
    }
    if (JSON_CODECS.contains(output.codec())) {
      return Optional.of(Json.parse(colophon.artifacts().bytes(artifact.digest())));
    }
    return output.codec().equals("text")
        ? Optional.of(Json.of(text(colophon.artifacts().bytes(artifact.digest()))))
        : Optional.empty();
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }

  Json json() {
    Json.Builder json = Json.object().put("kind", "task");
    RunJson.toJson(task).asObject().members().forEach(json::put);
    json.put("elements", Json.of(elements.stream().map(Element::json).toList()))
        .put("parameters", RunJson.parameters(parameters));
    value.ifPresent(shown -> json.put("value", shown));
    json.put("metrics", Json.of(metrics.stream().map(RunJson::toJson).toList()));
    log.filter(said -> task.log().isEmpty())
        .ifPresent(
            said ->
                json.put("log", Json.object().put("writtenBytes", said.writtenBytes()).build()));
    return json.putIfPresent("logText", log.map(LogExcerpt::text)).build();
  }

  void write(Screen screen) {
    screen.cut(
        "%s   %s   %s%s%s"
            .formatted(
                screen.bold(task.id().toString()),
                screen.state(task.state()),
                screen.time(task.startedAt()),
                task.took().map(took -> "   " + Show.took(took)).orElse(""),
                task.attempt() == 1 ? "" : "   attempt " + task.attempt()));
    task.origin().ifPresent(origin -> screen.cut("  reused from " + origin));
    writeRead(screen);
    task.output().ifPresent(output -> write(output, screen));
    writeMetrics(screen);
    task.failure().ifPresent(failure -> screen.line("\n" + failure.trace().stripTrailing()));
    log.filter(said -> !said.text().isEmpty()).ifPresent(said -> writeLog(said, screen));
  }

  /** What it was given. */
  private void writeRead(Screen screen) {
    Table table = new Table("  ", "", "", "");
    elements.forEach(element -> table.add(fact("each", element.place()), element.text(), ""));
    parameters.forEach((name, shown) -> table.add(fact("param", name), Show.value(shown), ""));
    for (Input input : task.inputs()) {
      table.add(fact("in", input.argument()), Show.digest(input.digest()), source(input));
    }
    table.write(screen);
  }

  private static String fact(String kind, String name) {
    return Show.pad(kind, 8) + name;
  }

  private static String source(Input input) {
    return switch (input.source()) {
      case Input.FromTask from -> from.task().toString();
      case Input.FromDataset from -> from.name();
    };
  }

  private void writeMetrics(Screen screen) {
    Table table = new Table("  ", "", ">", "");
    for (MetricSummary metric : MetricSummary.of(Map.of(task.id(), metrics))) {
      table.add(fact("metric", metric.name()), metric.value(), metric.note());
    }
    table.write(screen);
  }

  private void write(Output output, Screen screen) {
    screen.cut(
        "  out     %s   %s   %s%s%s"
            .formatted(
                Show.digest(output.artifact().digest()),
                Show.bytes(output.artifact().sizeBytes()),
                output.codec(),
                output.fileName().map(name -> "   " + name).orElse(""),
                output.version().map(version -> "   model " + version).orElse("")));
    value.ifPresent(
        shown ->
            (shown instanceof Json.Str(String text) ? text : shown.pretty())
                .lines()
                .forEach(line -> screen.cut("          " + line)));
  }

  private static void writeLog(LogExcerpt log, Screen screen) {
    screen.line();
    screen.line(screen.dim("log, " + Show.bytes(log.writtenBytes())));
    screen.line(log.text().stripTrailing());
  }
}
