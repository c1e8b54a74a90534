package dev.colophon.cli;

import dev.colophon.cli.frame.Answer;
import dev.colophon.cli.frame.Frame;
import dev.colophon.cli.frame.Screen;
import dev.colophon.cli.frame.Table;
import dev.colophon.core.Name;
import dev.colophon.core.Subject.InRun;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.json.Json;
import dev.colophon.core.run.RunRecord;
import dev.colophon.core.run.TagChange;
import dev.colophon.core.run.TagMove;
import dev.colophon.embedded.Colophon;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "tag",
    header = "Gives tags to runs and takes them away, at any time.",
    description = {
      "",
      "All of the runs are changed or none, and nothing else of them. What others tag at the same time"
          + " stays. Without --add and --remove it shows the tags, and who changed them when."
    },
    footer = {
      "",
      "Examples:",
      "  colophon tag FlightDelays/12 --add good --remove try",
      "  colophon tag FlightDelays/12"
    })
final class TagCommand implements Callable<Integer> {
  private final Frame frame;

  @Parameters(arity = "1..*", paramLabel = "RUN", description = "Such as FlightDelays/12.")
  private List<String> runs = new ArrayList<>();

  @Option(names = "--add", paramLabel = "TAG", description = "Give this tag; may be repeated.")
  private List<String> add = new ArrayList<>();

  @Option(
      names = "--remove",
      paramLabel = "TAG",
      description = "Take this tag away; may be repeated.")
  private List<String> remove = new ArrayList<>();

  TagCommand(Frame frame) {
    this.frame = frame;
  }

  @Override
  public Integer call() {
    TagChange change =
        new TagChange(
            new TreeSet<>(TagName.all("--add", add)),
            new TreeSet<>(TagName.all("--remove", remove)),
            frame.now(),
            frame.world().person());
    try (Colophon colophon = frame.reading()) {
      Address address = new Address(colophon, frame.world().workingFolder());
      List<RunId> tagged = runs.stream().distinct().map(text -> run(text, address)).toList();
      boolean changes = !change.add().isEmpty() || !change.remove().isEmpty();
      List<RunRecord> now =
          changes
              ? colophon.runs().tag(tagged, change)
              : tagged.stream().map(colophon.runs()::getRun).toList();
      Map<RunRecord, List<TagMove>> moves = new LinkedHashMap<>();
      now.forEach(run -> moves.put(run, colophon.runs().tagHistory(run.id())));
      return frame.answer(Answer.of(() -> json(moves), screen -> write(moves, changes, screen)));
    }
  }

  private static RunId run(String text, Address address) {
    InRun found = address.inRun(text);
    if (found instanceof RunId run) {
      address.colophon().runs().getRun(run);
      return run;
    }
    throw new Invalid("%s: only whole runs bear tags; expected %s".formatted(text, found.run()));
  }

  private static Json json(Map<RunRecord, List<TagMove>> moves) {
    List<Json> runs = new ArrayList<>();
    moves.forEach((run, history) -> runs.add(json(run, history)));
    return Json.object().put("runs", Json.of(runs)).build();
  }

  private static Json json(RunRecord run, List<TagMove> history) {
    return Json.object()
        .put("run", run.id().toString())
        .put("tags", Json.ofStrings(run.tags().stream().map(Name::text).toList()))
        .put("systemTags", Json.ofStrings(systemTags(run)))
        .put("history", Json.of(history.stream().map(TagCommand::json).toList()))
        .build();
  }

  private static Json json(TagMove move) {
    return Json.object()
        .put("tag", move.tag().text())
        .put("change", change(move))
        .put("at", move.at().toString())
        .put("by", move.by())
        .build();
  }

  private static String change(TagMove move) {
    return move.added() ? "added" : "removed";
  }

  /** Those that the run bears by itself. */
  private static List<String> systemTags(RunRecord run) {
    List<String> tags = new ArrayList<>(List.of("user:" + run.by(), "flow:" + run.id().flow()));
    run.place().project().ifPresent(project -> tags.add("project:" + project));
    run.place().branch().ifPresent(branch -> tags.add("branch:" + branch));
    run.place().commit().ifPresent(commit -> tags.add("commit:" + commit.substring(0, 12)));
    return tags;
  }

  private void write(Map<RunRecord, List<TagMove>> moves, boolean changes, Screen screen) {
    Table table = new Table("", "RUN", "TAGS");
    moves.keySet().forEach(run -> table.add(run.id().toString(), tags(run)));
    table.write(screen);
    if (changes) {
      return;
    }
    moves
        .keySet()
        .forEach(
            run -> screen.cut(screen.dim("by itself:  ") + String.join("  ", systemTags(run))));
    Table history = new Table("", "WHEN", "RUN", "CHANGE", "TAG", "BY");
    for (List<TagMove> ofRun : moves.values()) {
      for (TagMove move : ofRun) {
        history.add(
            screen.time(move.at()),
            move.run().toString(),
            change(move),
            move.tag().text(),
            move.by());
      }
    }
    if (moves.values().stream().anyMatch(list -> !list.isEmpty())) {
      screen.line();
      history.write(screen);
    }
  }

  private static String tags(RunRecord run) {
    return run.tags().isEmpty()
        ? "none"
        : run.tags().stream().map(Name::text).collect(Collectors.joining("  "));
  }
}
