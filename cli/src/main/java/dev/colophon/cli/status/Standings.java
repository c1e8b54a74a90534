package dev.colophon.cli.status;

import dev.colophon.cli.frame.Answer;
import dev.colophon.cli.frame.Screen;
import dev.colophon.core.Name;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.Subject.VersionId;
import dev.colophon.core.json.Json;
import dev.colophon.core.model.ModelRecord;
import dev.colophon.core.model.VersionRecord;
import dev.colophon.core.run.Output;
import dev.colophon.core.run.RunFilter;
import dev.colophon.core.run.RunRecord;
import dev.colophon.core.run.RunState;
import dev.colophon.embedded.Colophon;
import dev.colophon.embedded.FlowLauncher;
import dev.colophon.embedded.PresentData;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** How models, and the newest completed run of each flow, stand to the newest code and data. */
public final class Standings {
  /** How many stale steps a person is shown by name. */
  private static final int MOST_NAMED = 8;

  private final Colophon colophon;
  private final FlowSources sources;
  private final FlowLauncher launcher;
  private final PresentData present;
  private final Map<RunId, RunStanding> runs = new HashMap<>();
  private final List<Flow> flows = new ArrayList<>();
  private final List<Version> versions = new ArrayList<>();

  private record Flow(RunStanding standing) {
    Json json() {
      return Json.object()
          .put("flow", standing.graph().run().id().flow().text())
          .put("run", standing.graph().run().id().toString())
          .put("current", standing.stale().isEmpty())
          .put("why", Json.of(standing.reasons().stream().map(Reason::json).toList()))
          .put("stale", Json.ofStrings(standing.stale()))
          .build();
    }
  }

  private record Version(VersionRecord record, List<String> aliases, List<Reason> reasons) {
    boolean isCurrent() {
      return reasons.stream().noneMatch(Reason::isStale);
    }

    Json json() {
      return Json.object()
          .put("name", record.id().model().text())
          .put("version", record.id().number())
          .put("aliases", Json.ofStrings(aliases))
          .put("run", record.madeBy().run().toString())
          .put("current", isCurrent())
          .put("why", Json.of(reasons.stream().map(Reason::json).toList()))
          .build();
    }
  }

  private Standings(
      Colophon colophon, FlowSources sources, FlowLauncher launcher, PresentData present) {
    this.colophon = colophon;
    this.sources = sources;
    this.launcher = launcher;
    this.present = present;
  }

  /**
   * Looks at files and sources as they are now.
   *
   * @param model only this one, and the flow that made its newest version
   */
  public static Standings of(
      Optional<ModelRecord> model,
      Colophon colophon,
      FlowLauncher launcher,
      PresentData present,
      Path workingFolder) {
    Standings standings =
        new Standings(colophon, new FlowSources(workingFolder), launcher, present);
    if (model.isPresent()) {
      VersionRecord newest =
          colophon.registry().getVersion(new VersionId(model.get().name(), model.get().latest()));
      standings.addFlow(newest.madeBy().run().flow());
      standings.addModel(model.get());
    } else {
      colophon.runs().newestRuns().forEach(run -> standings.addFlow(run.id().flow()));
      colophon
          .registry()
          .listModels(RunFilter.MOST, Optional.empty())
          .items()
          .forEach(standings::addModel);
    }
    return standings;
  }

  private void addFlow(Name flow) {
    newestCompleted(flow).ifPresent(run -> flows.add(new Flow(standing(run.id()))));
  }

  private Optional<RunRecord> newestCompleted(Name flow) {
    RunFilter filter =
        new RunFilter(
            Optional.of(flow),
            Optional.of(RunState.COMPLETED),
            Optional.empty(),
            1,
            Optional.empty());
    return colophon.runs().listRuns(filter).items().stream().findFirst();
  }

  private RunStanding standing(RunId run) {
    return runs.computeIfAbsent(
        run,
        id -> RunStanding.of(colophon.runs().getGraph(id), colophon, sources, launcher, present));
  }

  private void addModel(ModelRecord model) {
    SortedMap<Integer, List<String>> wanted = new TreeMap<>();
    wanted.put(model.latest(), new ArrayList<>());
    model
        .aliases()
        .forEach(
            (alias, number) ->
                wanted.computeIfAbsent(number, absent -> new ArrayList<>()).add(alias.toString()));
    wanted.forEach(
        (number, aliases) -> {
          VersionRecord version =
              colophon.registry().getVersion(new VersionId(model.name(), number));
          versions.add(new Version(version, aliases, reasons(version, model)));
        });
  }

  private List<Reason> reasons(VersionRecord version, ModelRecord model) {
    List<Reason> reasons = new ArrayList<>();
    RunId run = version.madeBy().run();
    RunStanding standing = standing(run);
    if (standing.stale().contains(version.madeBy().step().text())) {
      reasons.addAll(standing.reasons());
    } else {
      standing.reasons().stream().filter(reason -> !reason.isStale()).forEach(reasons::add);
    }
    if (version.id().number() < model.latest()) {
      reasons.add(
          new Reason(
              Reason.Kind.VERSION,
              new VersionId(model.name(), model.latest()).toString(),
              Optional.empty(),
              Optional.empty(),
              "it is a newer version"));
    } else {
      newestCompleted(run.flow())
          .filter(newest -> newest.id().number() > run.number())
          .filter(newest -> !made(newest.id(), version.id()))
          .ifPresent(
              newest ->
                  reasons.add(
                      new Reason(
                          Reason.Kind.RUN,
                          newest.id().toString(),
                          Optional.empty(),
                          Optional.empty(),
                          "it is a newer run, which made no version of this model")));
    }
    return reasons;
  }

  /** Whether a run has this version, as one that it made or reused. */
  private boolean made(RunId run, VersionId version) {
    return colophon.runs().getGraph(run).tasks().stream()
        .flatMap(task -> task.output().flatMap(Output::version).stream())
        .anyMatch(version::equals);
  }

  /** What is stale and why, and what is not. */
  public Answer answer() {
    return Answer.of(this::json, this::write);
  }

  private Json json() {
    return Json.object()
        .put("flows", Json.of(flows.stream().map(Flow::json).toList()))
        .put("models", Json.of(versions.stream().map(Version::json).toList()))
        .build();
  }

  private void write(Screen screen) {
    if (flows.isEmpty() && versions.isEmpty()) {
      screen.line("nothing to look at yet: no run has completed");
      return;
    }
    for (Flow flow : flows) {
      RunStanding standing = flow.standing();
      screen.cut(head(standing.graph().run().id().toString(), standing.stale().isEmpty(), screen));
      standing.reasons().forEach(reason -> screen.cut(line(reason)));
      if (!standing.stale().isEmpty()) {
        screen.cut("  would run again: " + named(standing.stale()));
      }
    }
    for (Version version : versions) {
      String aliases =
          version.aliases().isEmpty() ? "" : " (" + String.join(", ", version.aliases()) + ")";
      screen.cut(
          head(version.record().id() + aliases, version.isCurrent(), screen)
              + "   of "
              + version.record().madeBy().run());
      version.reasons().forEach(reason -> screen.cut(line(reason)));
    }
  }

  private static String head(String what, boolean current, Screen screen) {
    return screen.bold(what)
        + "   "
        + (current
            ? screen.paint("current", RunState.COMPLETED)
            : screen.paint("stale", RunState.CANCELLED));
  }

  private static String line(Reason reason) {
    return "  %s: %s".formatted(reason.name(), reason.text());
  }

  private static String named(List<String> steps) {
    String first = String.join(", ", steps.stream().limit(MOST_NAMED).toList());
    return steps.size() > MOST_NAMED
        ? "%s and %d more".formatted(first, steps.size() - MOST_NAMED)
        : first;
  }
}
