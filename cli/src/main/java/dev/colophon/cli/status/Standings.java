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
import dev.colophon.core.run.RunPlace;
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

  private static final String CURRENT = "current";
  private static final String STALE = "stale";
  private static final String UNKNOWN = "unknown";

  private record Flow(RunStanding standing) {
    Json json() {
      return Json.object()
          .put("flow", standing.graph().run().id().flow().text())
          .put("run", standing.graph().run().id().toString())
          .put("standing", told(standing.stale().isEmpty(), standing.reasons()))
          .put("why", Json.of(standing.reasons().stream().map(Reason::json).toList()))
          .put("stale", Json.ofStrings(standing.stale()))
          .build();
    }
  }

  private record Version(VersionRecord record, List<String> aliases, List<Reason> reasons) {
    String told() {
      return Standings.told(reasons.stream().noneMatch(Reason::isStale), reasons);
    }

    Json json() {
      return Json.object()
          .put("name", record.id().model().text())
          .put("version", record.id().number())
          .put("aliases", Json.ofStrings(aliases))
          .put("run", record.madeBy().run().toString())
          .put("standing", told())
          .put("why", Json.of(reasons.stream().map(Reason::json).toList()))
          .build();
    }
  }

  /** Nothing looked at yet; files and sources are looked at as they are when asked for. */
  public Standings(
      Colophon colophon, FlowLauncher launcher, PresentData present, Path workingFolder) {
    this.colophon = colophon;
    this.sources = new FlowSources(workingFolder);
    this.launcher = launcher;
    this.present = present;
  }

  /** All flows and models. */
  public Standings addAll() {
    colophon.runs().newestRuns().forEach(run -> add(run.id().flow()));
    colophon
        .registry()
        .listModels(RunFilter.MOST, Optional.empty())
        .items()
        .forEach(this::addModel);
    return this;
  }

  /** A model, and the flow that made its newest version. */
  public Standings add(ModelRecord model) {
    add(
        colophon
            .registry()
            .getVersion(new VersionId(model.name(), model.latest()))
            .madeBy()
            .run()
            .flow());
    addModel(model);
    return this;
  }

  /** A flow; whether a run of it has completed. */
  public boolean add(Name flow) {
    Optional<RunRecord> newest = newestCompleted(flow);
    newest.ifPresent(run -> flows.add(new Flow(standing(run.id()))));
    return newest.isPresent();
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
      later(run).flatMap(newest -> without(version.id(), newest)).ifPresent(reasons::add);
    }
    return reasons;
  }

  /** The newest completed run of the flow if it is a later one, of the same line of work. */
  private Optional<RunRecord> later(RunId run) {
    RunPlace place = colophon.runs().getRun(run).place();
    return newestCompleted(run.flow())
        .filter(newest -> newest.id().number() > run.number())
        .filter(
            newest ->
                newest.place().project().equals(place.project())
                    && (place.project().isEmpty()
                        || newest.place().branch().equals(place.branch())));
  }

  /** What a newer run came to, if that is not this version. */
  private Optional<Reason> without(VersionId version, RunRecord newest) {
    List<VersionId> made =
        colophon.runs().getGraph(newest.id()).tasks().stream()
            .flatMap(task -> task.output().flatMap(Output::version).stream())
            .filter(other -> other.model().equals(version.model()))
            .toList();
    return made.contains(version)
        ? Optional.empty()
        : Optional.of(
            new Reason(
                Reason.Kind.RUN,
                newest.id().toString(),
                Optional.empty(),
                Optional.empty(),
                made.isEmpty()
                    ? "it is a newer run, which made no version of this model"
                    : "it is a newer run, which came to %s".formatted(made.getLast())));
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
      screen.cut(
          head(
              standing.graph().run().id().toString(),
              told(standing.stale().isEmpty(), standing.reasons()),
              screen));
      standing.reasons().forEach(reason -> screen.cut(line(reason)));
      if (!standing.stale().isEmpty()) {
        screen.cut("  would run again: " + named(standing.stale()));
      }
    }
    for (Version version : versions) {
      String aliases =
          version.aliases().isEmpty() ? "" : " (" + String.join(", ", version.aliases()) + ")";
      screen.cut(
          head(version.record().id() + aliases, version.told(), screen)
              + "   of "
              + version.record().madeBy().run());
      version.reasons().forEach(reason -> screen.cut(line(reason)));
    }
  }

  /** Of what is not known to be stale: current, unless its code could not be compared. */
  private static String told(boolean current, List<Reason> reasons) {
    return !current ? STALE : reasons.isEmpty() ? CURRENT : UNKNOWN;
  }

  private static String head(String what, String standing, Screen screen) {
    return screen.bold(what)
        + "   "
        + screen.paint(
            standing,
            switch (standing) {
              case CURRENT -> RunState.COMPLETED;
              case STALE -> RunState.CANCELLED;
              default -> RunState.RUNNING;
            });
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
