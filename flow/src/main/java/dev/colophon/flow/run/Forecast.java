package dev.colophon.flow.run;

import dev.colophon.core.ArtifactStore;
import dev.colophon.core.Digest;
import dev.colophon.core.Name;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.lineage.Basis;
import dev.colophon.core.lineage.Cause;
import dev.colophon.core.lineage.Why;
import dev.colophon.core.run.Dataset;
import dev.colophon.core.run.Input;
import dev.colophon.core.run.Outcomes;
import dev.colophon.core.run.Outcomes.Outcome;
import dev.colophon.core.run.ProjectBranch;
import dev.colophon.core.run.RunLog;
import dev.colophon.core.run.RunPlace;
import dev.colophon.core.run.RunRecord;
import dev.colophon.core.run.RunState;
import dev.colophon.core.run.Runner;
import dev.colophon.core.run.StepRecord.Reuse;
import dev.colophon.core.run.TaskKey;
import dev.colophon.core.run.TaskLogs;
import dev.colophon.flow.codec.Codecs;
import dev.colophon.flow.codec.Stored;
import dev.colophon.flow.graph.FlowGraph.StepArgument;
import dev.colophon.flow.graph.FlowGraph.StepNode;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Plays a run through as far as recorded outcomes lead: what would be reused, what would run, and
 * what depends on an output that isn't there yet. Executes nothing, records nothing. Tasks are
 * looked up wave by wave: those together whose inputs are known at the same time. Used once, by one
 * thread.
 */
public final class Forecast {
  /** Tasks of a step whose causes are looked for. */
  private static final int MOST_COMPARED = 100;

  /**
   * What the run would be given.
   *
   * @param asOf what the steps would take for now; by default the present
   * @param project the line of work that the run would belong to
   */
  public record Wanted(
      BoundParams parameters,
      long seed,
      Optional<Instant> asOf,
      Map<String, List<Dataset>> datasets,
      Map<Name, StepCode> codes,
      Optional<ProjectBranch> project) {
    public Wanted {
      datasets = Map.copyOf(datasets);
      codes = Map.copyOf(codes);
    }
  }

  /** A task that would run, with its key if it has one. */
  private record Missing(TaskNode node, List<Handover> handovers, Optional<TaskKey> key) {}

  private final RunScope scope;
  private final RunPlan plan;
  private final TaskKeys keys;
  private final OutcomeLookup outcomes;
  private final Why why;
  private final Map<TaskId, TaskId> origins = new HashMap<>();
  private final Map<Name, Integer> reused = new HashMap<>();
  private final Map<Name, List<Missing>> missing = new LinkedHashMap<>();

  /**
   * @param ports where earlier outcomes are found
   * @param scratch a folder for lists of files; made when needed, deleted by the caller
   */
  public Forecast(FlowProgram program, Wanted wanted, Ports ports, Clock clock, Path scratch) {
    Instant now = clock.instant();
    RunRecord imagined =
        new RunRecord(
            new RunId(
                program.graph().flow(), Integer.MAX_VALUE), // later than all that are recorded
            RunState.RUNNING,
            wanted.parameters().recorded(),
            List.of(),
            Digest.of(""),
            wanted.seed(),
            wanted.asOf().orElse(now),
            now,
            now,
            Optional.empty(),
            "",
            new Runner("", 0, now),
            Optional.empty(),
            new RunPlace(
                wanted.project().map(ProjectBranch::project),
                wanted.project().map(line -> line.branch().text()),
                Optional.empty()));
    this.scope =
        new RunScope(
            imagined,
            program,
            wanted.parameters(),
            new RunContents(ports.runs(), ports.store(), ports.codecs()),
            RunListener.SILENT,
            clock,
            scratch,
            files(wanted.datasets()),
            wanted.codes(),
            new LogWriter(imagined.id(), TaskLogs.NONE),
            GivenSecrets.NONE);
    this.plan = new RunPlan(scope);
    this.keys = new TaskKeys(scope);
    this.outcomes =
        new OutcomeLookup(program.graph().flow(), ports.runs(), ports.outcomes(), scope.contents());
    this.why = ports.why();
  }

  /** Where earlier outcomes are found. */
  public record Ports(
      RunLog runs, Outcomes outcomes, ArtifactStore store, Codecs codecs, Why why) {}

  private static Map<String, List<RunScope.CapturedFile>> files(
      Map<String, List<Dataset>> datasets) {
    Map<String, List<RunScope.CapturedFile>> files = new HashMap<>();
    datasets.forEach(
        (pattern, captured) ->
            files.put(
                pattern,
                captured.stream()
                    .map(each -> new RunScope.CapturedFile(each, Path.of(each.location())))
                    .toList()));
    return files;
  }

  /**
   * What would become of each step, in graph order.
   *
   * @param refreshed how the person asked for a step to be computed anew, such as {@code
   *     --no-cache}
   * @throws Invalid if a step would have too many tasks
   */
  public List<StepForecast> steps(Function<Name, String> refreshed) {
    List<TaskNode> wave = expand();
    while (!wave.isEmpty()) {
      wave = follow(wave);
      wave.addAll(expand());
    }
    return plan.steps().stream().map(step -> forecast(step, refreshed)).toList();
  }

  private List<TaskNode> expand() {
    List<TaskNode> ready = new ArrayList<>();
    for (StepTasks step : plan.expandWhatCanBe()) {
      step.tasks().stream().filter(TaskNode::isReady).forEach(ready::add);
    }
    return ready;
  }

  /** Finds what is recorded of these tasks; returns those that are ready thereby. */
  private List<TaskNode> follow(List<TaskNode> wave) {
    List<Missing> tasks = new ArrayList<>();
    for (TaskNode node : wave) {
      List<Handover> handovers = plan.handovers(node);
      tasks.add(new Missing(node, handovers, keys.key(node, handovers)));
    }
    Map<Digest, Outcome> found =
        outcomes.find(
            tasks.stream()
                .filter(task -> reuse(task.node().step().node()) == Reuse.ON)
                .flatMap(task -> task.key().stream())
                .map(TaskKey::digest)
                .distinct()
                .toList());
    List<TaskNode> ready = new ArrayList<>();
    for (Missing task : tasks) {
      Optional<Outcome> outcome =
          task.key().flatMap(key -> Optional.ofNullable(found.get(key.digest())));
      if (outcome.isPresent()) {
        take(task.node(), outcome.get(), ready);
      } else {
        missing.computeIfAbsent(task.node().id().step(), step -> new ArrayList<>()).add(task);
      }
    }
    return ready;
  }

  private void take(TaskNode node, Outcome outcome, List<TaskNode> ready) {
    origins.put(node.id(), outcome.origin());
    reused.merge(node.id().step(), 1, Integer::sum);
    node.produced(
        outcome
            .output()
            .map(output -> new Stored(output.artifact(), output.codec(), output.fileName())),
        ready);
    node.step().countProduced();
  }

  private Reuse reuse(StepNode step) {
    return Optional.ofNullable(scope.codes().get(step.name()))
        .map(StepCode::reuse)
        .orElse(Reuse.OFF);
  }

  private StepForecast forecast(StepTasks step, Function<Name, String> refreshed) {
    StepNode node = step.node();
    List<Cause> rules = new ArrayList<>(rule(node, refreshed).stream().toList());
    List<Missing> running = missing.getOrDefault(node.name(), List.of());
    Set<Cause> causes = new LinkedHashSet<>(rules);
    if (!running.isEmpty()) {
      causes.addAll(causes(running, rules.isEmpty()));
    }
    OptionalInt tasks =
        step.isExpanded() ? OptionalInt.of(step.tasks().size()) : OptionalInt.empty();
    boolean runs = !running.isEmpty() || (!rules.isEmpty() && !step.isComplete());
    StepForecast.Verdict verdict =
        step.isComplete()
            ? StepForecast.Verdict.REUSE
            : runs ? StepForecast.Verdict.RUN : StepForecast.Verdict.DEPENDS;
    return new StepForecast(
        node.name(),
        verdict,
        verdict == StepForecast.Verdict.DEPENDS
            ? Optional.of(firstUnknown(node))
            : Optional.empty(),
        tasks,
        reused.getOrDefault(node.name(), 0),
        rules.isEmpty() ? running.size() : tasks.orElse(0),
        List.copyOf(causes));
  }

  private Optional<Cause> rule(StepNode step, Function<Name, String> refreshed) {
    Reuse reuse = reuse(step);
    return reuse == Reuse.REFRESH
        ? Optional.of(Cause.of(Cause.Kind.POLICY, refreshed.apply(step.name())))
        : Why.rule(reuse, scope.codes().containsKey(step.name()));
  }

  private List<Cause> causes(List<Missing> running, boolean bound) {
    Map<TaskId, Basis> bases = new LinkedHashMap<>();
    for (Missing task : running) {
      if (task.key().isPresent() && bases.size() < MOST_COMPARED) {
        bases.put(task.node().id(), basis(task, task.key().get()));
      }
    }
    List<Cause> causes = new ArrayList<>();
    for (Why.Difference difference : why.compare(bases).values()) {
      causes.addAll(difference.causes());
      if (bound && difference.causes().isEmpty()) {
        causes.add(difference.earlier().isEmpty() ? Cause.NO_EARLIER : Cause.OUTCOME_GONE);
      }
    }
    return causes;
  }

  private Basis basis(Missing task, TaskKey key) {
    return new Basis(
        key,
        scope.run().seed(),
        () ->
            Optional.ofNullable(scope.codes().get(task.node().id().step()))
                .orElseThrow()
                .print()
                .fingerprint(),
        () -> Handover.inputs(task.handovers()).stream().map(this::fromOrigin).toList());
  }

  /** The imagined run has left nothing behind: what it would read is the origin's. */
  private Input fromOrigin(Input input) {
    return input.source() instanceof Input.FromTask(TaskId task) && origins.containsKey(task)
        ? new Input(
            input.argument(),
            input.digest(),
            new Input.FromTask(Optional.ofNullable(origins.get(task)).orElseThrow()))
        : input;
  }

  /** The first step that this one takes something of that isn't there yet. */
  private Name firstUnknown(StepNode step) {
    Map<Name, StepTasks> steps = new HashMap<>();
    plan.steps().forEach(each -> steps.put(each.node().name(), each));
    return Stream.concat(
            step.dimensions().stream().filter(Name::isValid).map(Name::of),
            step.arguments().stream()
                .filter(StepArgument.class::isInstance)
                .map(argument -> ((StepArgument) argument).step()))
        .filter(name -> steps.containsKey(name) && !steps.get(name).isComplete())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("step " + step.name() + " waits for nothing"));
  }
}
