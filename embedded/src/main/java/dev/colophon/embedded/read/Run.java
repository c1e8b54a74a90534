package dev.colophon.embedded.read;

import dev.colophon.core.Name;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.code.CodeVersion;
import dev.colophon.core.code.Environment;
import dev.colophon.core.error.ColophonException.Corrupt;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.error.ColophonException.NotFound;
import dev.colophon.core.json.Json;
import dev.colophon.core.run.Dataset;
import dev.colophon.core.run.Metric;
import dev.colophon.core.run.RunGraph;
import dev.colophon.core.run.RunRecord;
import dev.colophon.core.run.RunState;
import dev.colophon.core.run.StepRecord;
import dev.colophon.core.run.TaskRecord;
import dev.colophon.flow.run.ValueJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Supplier;

/**
 * A run as it was when it was read: what belongs to it is read when first asked for, and stays as
 * it was then. May be used from any thread.
 */
public final class Run {
  private final Reader reader;
  private final RunRecord run;
  private final Supplier<Parts> parts;

  /** What is read together. */
  private record Parts(RunGraph graph, Map<?, List<Metric>> metrics) {}

  Run(Reader reader, RunRecord run) {
    this.reader = reader;
    this.run = run;
    this.parts =
        new Once<>(
            () -> new Parts(reader.runs().getGraph(run.id()), reader.runs().metrics(run.id())));
  }

  public RunId id() {
    return run.id();
  }

  public RunState state() {
    return run.state();
  }

  /** Times, tags, who started it, why it failed. */
  public RunRecord toRecord() {
    return run;
  }

  /** Values of its parameters as JSON, defaults included. */
  public SortedMap<String, Json> parameters() {
    return run.parameters();
  }

  /**
   * Value of a parameter.
   *
   * @param type as the flow declares it, or another that is written alike
   * @throws NotFound if it has no such parameter
   * @throws Invalid if the value is not of this type
   */
  public <T> T parameter(String name, Class<T> type) {
    Json value = run.parameters().get(name);
    if (value == null) {
      throw new NotFound(
          "run %s has no parameter \"%s\"; it has %s"
              .formatted(run.id(), name, String.join(", ", run.parameters().keySet())));
    }
    try {
      return Reader.cast(type, new ValueJson(reader.codecs()).fromJson(type, value));
    } catch (Invalid | Corrupt e) {
      throw new Invalid(
          "parameter %s of run %s is %s, which is no %s: %s"
              .formatted(name, run.id(), value.canonical(), type.getTypeName(), e.text()),
          e);
    }
  }

  /** Its steps, in the order of the graph. */
  public List<Step> steps() {
    return graph().steps().stream().map(this::step).toList();
  }

  /**
   * A step.
   *
   * @throws NotFound if it has none of this name
   */
  public Step step(String name) {
    Name wanted = Name.of(name);
    return graph().steps().stream()
        .filter(step -> step.name().equals(wanted))
        .findFirst()
        .map(this::step)
        .orElseThrow(
            () ->
                new NotFound(
                    "run %s has no step \"%s\"; it has %s"
                        .formatted(
                            run.id(),
                            name,
                            String.join(
                                ", ",
                                graph().steps().stream().map(s -> s.name().text()).toList()))));
  }

  private Step step(StepRecord step) {
    List<TaskRecord> tasks =
        graph().tasks().stream().filter(task -> task.id().step().equals(step.name())).toList();
    return Step.of(reader, run.id().step(step.name()), step, tasks, parts.get().metrics());
  }

  /** Metrics of all of its tasks, in the order of tasks and of measuring. */
  public List<Metric> metrics() {
    return steps().stream()
        .flatMap(step -> step.tasks().stream())
        .flatMap(task -> task.metrics().stream())
        .toList();
  }

  /** The last value of a metric, in the order of {@link #metrics}. */
  public Optional<Double> metric(String name) {
    return metrics().reversed().stream()
        .filter(metric -> metric.name().equals(name))
        .findFirst()
        .map(Metric::value);
  }

  /** Captured inputs from outside. */
  public List<Dataset> datasets() {
    return graph().datasets();
  }

  /** The exact code that it ran. */
  public CodeVersion code() {
    return reader.runs().getCode(run.code());
  }

  /** Where it took place. */
  public Environment environment() {
    return reader.runs().getEnvironment(run.id());
  }

  private RunGraph graph() {
    return parts.get().graph();
  }

  /** Its address. */
  @Override
  public String toString() {
    return run.id().toString();
  }
}
