package dev.colophon.flow.run;

import dev.colophon.core.Artifact;
import dev.colophon.core.ArtifactStore;
import dev.colophon.core.Digest;
import dev.colophon.core.IndexPath;
import dev.colophon.core.Name;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.code.CodeVersion;
import dev.colophon.core.code.Environment;
import dev.colophon.core.code.Fingerprint;
import dev.colophon.core.lineage.Why;
import dev.colophon.core.run.Dataset;
import dev.colophon.core.run.Outcomes;
import dev.colophon.core.run.Output;
import dev.colophon.core.run.RunLog;
import dev.colophon.core.run.Runner;
import dev.colophon.core.run.StepRecord.Reuse;
import dev.colophon.core.run.TaskLogs;
import dev.colophon.core.run.TaskRecord;
import dev.colophon.flow.SecretValue;
import dev.colophon.flow.codec.Codecs;
import dev.colophon.flow.codec.Stored;
import dev.colophon.flow.fingerprint.StepPrint;
import dev.colophon.flow.graph.FlowGraph.StepNode;
import dev.colophon.flow.reflect.ReflectedFlow;
import dev.colophon.testkit.MemoryCatalog;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Runs flow classes on given ports and reads back what was stored. */
final class FlowHarness {
  final RunLog runs;
  private final Outcomes outcomes;
  private final Clock clock;
  final ArtifactStore store;
  private final Path folder;
  private final Codecs codecs = new Codecs();
  private final Map<String, String> parameters = new TreeMap<>();
  private final Map<String, SecretValue> secrets = new HashMap<>();
  private final Map<String, List<Dataset>> datasets = new HashMap<>();
  private final List<RunListener> listeners = new ArrayList<>();
  private final Map<Name, StepCode> codes = new HashMap<>();
  final Set<RunId> gone = ConcurrentHashMap.newKeySet();
  private int workers = 2;
  private long seed;
  final LocalRunner runner;

  FlowHarness(RunLog runs, ArtifactStore store, Path folder) {
    this(runs, store, folder, Clock.systemUTC());
  }

  FlowHarness(RunLog runs, ArtifactStore store, Path folder, Clock clock) {
    this(runs, new MemoryCatalog().outcomes(), store, folder, clock);
  }

  /**
   * With outcomes of the same catalog as the run log: those of steps whose code is given are
   * reused.
   */
  FlowHarness(RunLog runs, Outcomes outcomes, ArtifactStore store, Path folder, Clock clock) {
    this(runs, outcomes, TaskLogs.NONE, store, folder, clock);
  }

  /** With logs of the same catalog as well. */
  FlowHarness(
      RunLog runs,
      Outcomes outcomes,
      TaskLogs logs,
      ArtifactStore store,
      Path folder,
      Clock clock) {
    this.runs = runs;
    this.outcomes = outcomes;
    this.clock = clock;
    this.store = store;
    this.folder = folder;
    this.runner =
        new LocalRunner(
            runs,
            outcomes,
            logs,
            store,
            codecs,
            clock,
            new Runner("host", ProcessHandle.current().pid(), Instant.EPOCH),
            run -> gone.contains(run.id()),
            folder);
  }

  FlowHarness secret(String name, String text) {
    secrets.put(name, SecretValue.of(text));
    return this;
  }

  FlowHarness with(String parameter, String text) {
    parameters.put(parameter, text);
    return this;
  }

  /** From now on the step has this code. */
  FlowHarness code(String step, String code, Reuse reuse, Fingerprint.Part... more) {
    List<Fingerprint.Part> parts = new ArrayList<>(List.of(more));
    parts.add(new Fingerprint.Part(Fingerprint.Kind.METHOD, step, Digest.of(code)));
    codes.put(Name.of(step), StepCode.of(StepPrint.of(new Fingerprint(parts)), reuse));
    return this;
  }

  /** From now on the step has this code. */
  FlowHarness code(Name step, StepCode code) {
    codes.put(step, code);
    return this;
  }

  FlowHarness workers(int most) {
    workers = most;
    return this;
  }

  FlowHarness seed(long runSeed) {
    seed = runSeed;
    return this;
  }

  FlowHarness listener(RunListener listener) {
    listeners.add(listener);
    return this;
  }

  FlowHarness dataset(String pattern, Path file) throws IOException {
    datasets.put(
        pattern,
        List.of(new Dataset(pattern, store.putFile(file), file.toString(), Instant.EPOCH)));
    return this;
  }

  /** What {@link #run} would do. */
  List<StepForecast> forecast(Class<?> flow) {
    FlowProgram program = new FlowProgram(flow, ReflectedFlow.graph(flow));
    Forecast.Wanted wanted =
        new Forecast.Wanted(
            new ParamBinder(program, new ValueJson(codecs)).bind(ParamValue.typed(parameters)),
            seed,
            Optional.empty(),
            datasets,
            codes,
            Optional.empty());
    Why why = new Why(runs, outcomes, this::content);
    return new Forecast(
            program,
            wanted,
            new Forecast.Ports(runs, outcomes, store, codecs, why),
            clock,
            folder.resolve("forecast"))
        .steps(step -> "--refresh " + step);
  }

  private byte[] content(Digest digest) {
    return runs.findInline(digest).orElseThrow();
  }

  RunOutcome run(Class<?> flow) throws InterruptedException {
    FlowProgram program = new FlowProgram(flow, ReflectedFlow.graph(flow));
    BoundParams bound =
        new ParamBinder(program, new ValueJson(codecs)).bind(ParamValue.typed(parameters));
    Artifact.Tree nothing = new Artifact.Tree(Digest.of(""), 0);
    RunRequest request =
        new RunRequest(
            bound,
            List.of(),
            workers,
            seed,
            Optional.empty(),
            "ana",
            new CodeVersion(nothing, Optional.empty(), flow.getName(), Optional.empty(), List.of()),
            new Environment(
                "test",
                "25",
                "os",
                2,
                1,
                "en",
                "UTC",
                "UTF-8",
                "ana",
                "host",
                "/",
                new TreeMap<>(),
                List.of()),
            datasets,
            codes,
            Optional.empty(),
            new GivenSecrets(secrets));
    RunListener listener = listeners.isEmpty() ? RunListener.SILENT : listeners.getFirst();
    return runner.run(program, request, listener);
  }

  /** The stored value of a step's task, read as the step declared it. */
  Object value(Class<?> flow, RunId run, String step, int... index) throws IOException {
    StepNode node =
        ReflectedFlow.graph(flow).steps().stream()
            .filter(candidate -> candidate.name().text().equals(step))
            .findFirst()
            .orElseThrow();
    Output output = task(run, step, index).output().orElseThrow();
    RunContents contents = new RunContents(runs, store, codecs);
    return contents.read(
        task(run, step, index).id(),
        Types.of(node.result()),
        new Stored(output.artifact(), output.codec(), output.fileName()),
        folder.resolve("read"));
  }

  /** The stored values of all tasks of a run, read as their steps declared them. */
  Map<TaskId, Object> values(Class<?> flow, RunId run) throws IOException {
    Map<Name, Type> types = new HashMap<>();
    ReflectedFlow.graph(flow)
        .steps()
        .forEach(step -> types.put(step.name(), Types.of(step.result())));
    RunContents contents = new RunContents(runs, store, codecs);
    Map<TaskId, Object> values = new HashMap<>();
    for (TaskRecord task : runs.getGraph(run).tasks()) {
      Output output = task.output().orElseThrow();
      Type type = Optional.ofNullable(types.get(task.id().step())).orElseThrow();
      values.put(
          task.id(),
          contents.read(
              task.id(),
              type,
              new Stored(output.artifact(), output.codec(), output.fileName()),
              folder.resolve("read")));
    }
    return values;
  }

  TaskRecord task(RunId run, String step, int... index) {
    IndexPath path = new IndexPath(java.util.Arrays.stream(index).boxed().toList());
    return runs.getGraph(run).tasks().stream()
        .filter(task -> task.id().step().equals(Name.of(step)) && task.id().index().equals(path))
        .findFirst()
        .orElseThrow();
  }
}
