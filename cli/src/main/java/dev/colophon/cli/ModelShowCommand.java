package dev.colophon.cli;

import dev.colophon.cli.frame.Answer;
import dev.colophon.cli.frame.Frame;
import dev.colophon.cli.frame.Screen;
import dev.colophon.cli.frame.Show;
import dev.colophon.cli.frame.Table;
import dev.colophon.core.Name;
import dev.colophon.core.Subject.VersionId;
import dev.colophon.core.json.Json;
import dev.colophon.core.model.ModelJson;
import dev.colophon.core.model.ModelRecord;
import dev.colophon.core.model.VersionRecord;
import dev.colophon.embedded.Colophon;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "show",
    header = "Shows a model with its newest versions, or one version.",
    footer = {
      "",
      "Examples:",
      "  colophon model show flight-delays",
      "  colophon model show flight-delays@champion"
    })
final class ModelShowCommand implements Callable<Integer> {
  private static final int ALL = 0;

  private final Frame frame;

  @Parameters(
      paramLabel = "NAME[@VERSION|@ALIAS]",
      description = "Such as flight-delays, flight-delays@3 or flight-delays@champion.")
  private String what = "";

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "At most this many versions. Default: ${DEFAULT-VALUE}.")
  private int limit;

  @Option(
      names = "--below",
      paramLabel = "VERSION",
      defaultValue = "0",
      description = "Only versions with a smaller number.")
  private int below;

  ModelShowCommand(Frame frame) {
    this.frame = frame;
  }

  @Override
  public Integer call() {
    Limit.check(limit);
    try (Colophon colophon = frame.reading()) {
      return frame.answer(Name.isValid(what) ? model(colophon) : version(colophon));
    }
  }

  private Answer model(Colophon colophon) {
    ModelRecord model = colophon.registry().getModel(Name.of(what));
    List<VersionRecord> versions =
        colophon
            .registry()
            .listVersions(
                model.name(), limit, below == ALL ? OptionalInt.empty() : OptionalInt.of(below));
    return Answer.of(
        () ->
            ModelJson.members(model)
                .put(
                    "versions",
                    Json.of(
                        versions.stream()
                            .map(version -> ModelJson.toJson(version, aliases(model, version)))
                            .toList()))
                .build(),
        screen -> write(model, versions, screen));
  }

  private Answer version(Colophon colophon) {
    VersionId id = new Address(colophon, frame.world().workingFolder()).version(what);
    VersionRecord version = colophon.registry().getVersion(id);
    ModelRecord model = colophon.registry().getModel(id.model());
    List<Name> aliases = aliases(model, version);
    return Answer.of(
        () -> ModelJson.toJson(version, aliases), screen -> write(version, aliases, screen));
  }

  private static List<Name> aliases(ModelRecord model, VersionRecord version) {
    return model.aliases().entrySet().stream()
        .filter(alias -> alias.getValue() == version.id().number())
        .map(Map.Entry::getKey)
        .toList();
  }

  private void write(ModelRecord model, List<VersionRecord> versions, Screen screen) {
    screen.cut(
        screen.bold(model.name().text())
            + "   latest version "
            + Show.count(model.latest())
            + "   since "
            + screen.time(model.createdAt()));
    Table table = new Table("  ", ">VERSION", "MADE", "BY", "TASK", "ALIASES", "METRICS");
    for (VersionRecord version : versions) {
      table.add(
          Show.count(version.id().number()),
          screen.time(version.createdAt()),
          version.by(),
          version.madeBy().toString(),
          join(aliases(model, version)),
          metrics(version));
    }
    table.write(screen);
    if (!versions.isEmpty() && versions.getLast().id().number() > 1) {
      screen.line(
          screen.dim(
              "older versions: "
                  + frame.again("--below", Integer.toString(versions.getLast().id().number()))));
    }
  }

  private void write(VersionRecord version, List<Name> aliases, Screen screen) {
    screen.cut(
        "%s version %d   %s   by %s"
            .formatted(
                screen.bold(version.id().model().text()),
                version.id().number(),
                screen.time(version.createdAt()),
                version.by()));
    version.description().ifPresent(text -> screen.cut("  " + text));
    if (!aliases.isEmpty()) {
      screen.cut("  aliases   " + join(aliases));
    }
    screen.cut("  made by   " + version.madeBy());
    screen.line("  content   " + version.artifact().digest());
    screen.cut(
        "  written   %s   %s"
            .formatted(Show.bytes(version.artifact().sizeBytes()), version.codec()));
    if (!version.metrics().isEmpty()) {
      screen.cut("  metrics   " + metrics(version));
    }
    version.tags().forEach((name, value) -> screen.cut("  tag       " + name + "=" + value));
    screen.line(screen.dim("how it was made: " + frame.command("trace", version.id().toString())));
  }

  private static String join(List<Name> names) {
    return names.stream().map(Name::text).collect(Collectors.joining(", "));
  }

  private static String metrics(VersionRecord version) {
    return version.metrics().entrySet().stream()
        .map(metric -> metric.getKey() + " " + Show.number(metric.getValue()))
        .collect(Collectors.joining(", "));
  }
}
