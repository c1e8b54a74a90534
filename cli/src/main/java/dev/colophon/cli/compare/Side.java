package dev.colophon.cli.compare;

import dev.colophon.core.Artifact;
import dev.colophon.core.Name;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.code.CodeJson;
import dev.colophon.core.code.CodeVersion;
import dev.colophon.core.code.CodeVersion.ClassPathEntry;
import dev.colophon.core.code.CodeVersion.ClassPathKind;
import dev.colophon.core.json.Json;
import dev.colophon.core.model.VersionRecord;
import dev.colophon.core.run.Metric;
import dev.colophon.core.run.Output;
import dev.colophon.core.run.RunGraph;
import dev.colophon.core.run.RunRecord;
import dev.colophon.core.run.TaskRecord;
import dev.colophon.embedded.Colophon;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What two runs are compared by, of one of them.
 *
 * @param name as it was asked for
 * @param version the model version that was asked for, if it was one
 */
record Side(
    String name,
    Optional<VersionRecord> version,
    RunGraph graph,
    CodeVersion code,
    SortedMap<String, Json> environment,
    Map<TaskId, List<Metric>> measured,
    Colophon colophon) {
  static Side of(String name, RunId run, Optional<VersionRecord> version, Colophon colophon) {
    RunGraph graph = colophon.runs().getGraph(run);
    return new Side(
        name,
        version,
        graph,
        colophon.runs().getCode(graph.run().code()),
        flat(CodeJson.toJson(colophon.runs().getEnvironment(run))),
        colophon.runs().metrics(run),
        colophon);
  }

  /** Without the command line, of which the parameters say what matters. */
  private static SortedMap<String, Json> flat(Json environment) {
    SortedMap<String, Json> flat = new TreeMap<>(environment.asObject().members());
    flat.remove("commandLine");
    flat.remove("maxHeapBytes"); // follows the machine's memory of the moment
    Optional.ofNullable(flat.remove("variables"))
        .ifPresent(
            variables ->
                variables.asObject().members().forEach((key, value) -> flat.put("$" + key, value)));
    return flat;
  }

  Json json() {
    Json.Builder json = Json.object().put("run", graph.run().id().toString());
    version.ifPresent(
        record ->
            json.put("name", record.id().model().text()).put("version", record.id().number()));
    return json.build();
  }

  SortedMap<String, Json> run() {
    RunRecord run = graph.run();
    SortedMap<String, Json> facts = new TreeMap<>();
    facts.put("flow", Json.of(run.id().flow().text()));
    facts.put("state", Json.of(run.state().text()));
    facts.put("seed", Json.of(run.seed()));
    return facts;
  }

  SortedMap<String, Json> model() {
    SortedMap<String, Json> facts = new TreeMap<>();
    version.ifPresent(
        record -> {
          facts.put("artifact", digest(record.artifact()));
          facts.put("codec", Json.of(record.codec()));
          record.description().ifPresent(text -> facts.put("description", Json.of(text)));
          record
              .metrics()
              .forEach((metric, value) -> facts.put("metric " + metric, Json.of(value)));
          record.tags().forEach((tag, value) -> facts.put("tag " + tag, Json.of(value)));
        });
    return facts;
  }

  SortedMap<String, Json> commit() {
    SortedMap<String, Json> facts = new TreeMap<>();
    code.git()
        .flatMap(CodeVersion.GitState::commit)
        .ifPresent(id -> facts.put("commit", Json.of(id)));
    code.git()
        .flatMap(CodeVersion.GitState::branch)
        .ifPresent(id -> facts.put("branch", Json.of(id)));
    facts.put("snapshot", digest(code.snapshot()));
    return facts;
  }

  SortedMap<String, Json> libraries() {
    SortedMap<String, Json> facts = new TreeMap<>();
    for (ClassPathEntry entry : code.classPath()) {
      if (entry.kind() == ClassPathKind.LIBRARY) {
        facts.put(entry.name(), digest(entry.content()));
      }
    }
    return facts;
  }

  SortedMap<String, Json> datasets() {
    SortedMap<String, Json> facts = new TreeMap<>();
    graph.datasets().forEach(data -> facts.put(data.name(), digest(data.artifact())));
    return facts;
  }

  /** Of each step and metric the mean, over its tasks, of what each measured last. */
  SortedMap<String, Json> metrics() {
    SortedMap<String, DoubleSummaryStatistics> values = new TreeMap<>();
    measured.forEach(
        (task, metrics) -> {
          SortedMap<String, Double> last = new TreeMap<>();
          metrics.forEach(
              metric ->
                  last.put(
                      metric.name() + metric.unit().map(unit -> " " + unit).orElse(""),
                      metric.value()));
          last.forEach(
              (metric, value) ->
                  values
                      .computeIfAbsent(
                          task.step() + " " + metric, absent -> new DoubleSummaryStatistics())
                      .accept(value));
        });
    SortedMap<String, Json> facts = new TreeMap<>();
    values.forEach((metric, value) -> facts.put(metric, Json.of(value.getAverage())));
    return facts;
  }

  /** Digest of what each task left behind, by step and index. */
  SortedMap<String, Json> artifacts() {
    SortedMap<String, Json> facts = new TreeMap<>();
    for (TaskRecord task : graph.tasks()) {
      Name step = task.id().step();
      String place = task.id().index().isEmpty() ? step.text() : step + "/" + task.id().index();
      task.output().ifPresent(output -> facts.put(place, digest(content(output))));
    }
    return facts;
  }

  /** Of a version its model: the value of the step tells the number, which always differs. */
  private Artifact content(Output output) {
    return output
        .version()
        .map(made -> colophon.registry().getVersion(made).artifact())
        .orElse(output.artifact());
  }

  private static Json digest(Artifact artifact) {
    return Json.of(artifact.digest().hex());
  }
}
