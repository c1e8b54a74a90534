package dev.colophon.cli;

import dev.colophon.cli.flows.FlowFiles;
import dev.colophon.cli.frame.Answer;
import dev.colophon.cli.frame.Frame;
import dev.colophon.cli.frame.Screen;
import dev.colophon.cli.frame.Show;
import dev.colophon.cli.frame.Table;
import dev.colophon.core.json.Json;
import dev.colophon.core.run.RunRecord;
import dev.colophon.embedded.Colophon;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "flows",
    header = "Lists flows: those that ran, and those in the source files of a folder.",
    footer = {"", "Example:", "  colophon flows examples"})
final class FlowsCommand implements Callable<Integer> {
  private final Frame frame;

  @Parameters(
      arity = "0..1",
      paramLabel = "FOLDER",
      description = "Where to look for source files, and below. Default: the working folder.")
  private Optional<Path> folder = Optional.empty();

  FlowsCommand(Frame frame) {
    this.frame = frame;
  }

  /** A flow with its newest run and its sources, shown from the working folder. */
  private record Known(String flow, Optional<RunRecord> newest, List<String> files) {
    Json json() {
      Json.Builder json = Json.object().put("flow", flow);
      newest.ifPresent(
          run ->
              json.put("runs", run.id().number())
                  .put("newest", run.id().toString())
                  .put("state", run.state().text())
                  .put("startedAt", run.startedAt().toString()));
      return json.put("files", Json.ofStrings(files)).build();
    }
  }

  @Override
  public Integer call() {
    try (Colophon colophon = frame.reading()) {
      List<Known> flows = flows(colophon);
      return frame.answer(
          Answer.of(
              () ->
                  Json.object()
                      .put("flows", Json.of(flows.stream().map(Known::json).toList()))
                      .build(),
              screen -> write(flows, screen)));
    }
  }

  private List<Known> flows(Colophon colophon) {
    Path here = frame.world().workingFolder();
    Map<String, Known> flows = new TreeMap<>();
    for (RunRecord run : colophon.runs().newestRuns()) {
      String name = run.id().flow().text();
      flows.put(name, new Known(name, Optional.of(run), List.of()));
    }
    for (FlowFiles.Found found : FlowFiles.below(folder.map(here::resolve).orElse(here))) {
      flows.merge(
          found.flow(),
          new Known(
              found.flow(), Optional.empty(), List.of(here.relativize(found.file()).toString())),
          (known, more) -> {
            List<String> files = new ArrayList<>(known.files());
            files.addAll(more.files());
            return new Known(known.flow(), known.newest(), files);
          });
    }
    return List.copyOf(flows.values());
  }

  private static void write(List<Known> flows, Screen screen) {
    if (flows.isEmpty()) {
      screen.line("no flows yet; \"colophon init\" makes one");
      return;
    }
    Table table = new Table("", "FLOW", ">RUNS", "NEWEST", "STATE", "FILE");
    for (Known known : flows) {
      String file = String.join(", ", known.files());
      if (known.newest().isEmpty()) {
        table.add(known.flow(), "0", "", "", file);
      } else {
        RunRecord run = known.newest().get();
        table.add(
            run.state(),
            known.flow(),
            Show.count(run.id().number()),
            screen.time(run.startedAt()),
            run.state().text(),
            file);
      }
    }
    table.write(screen);
  }
}
