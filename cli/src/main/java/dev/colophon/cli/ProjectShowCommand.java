package dev.colophon.cli;

import dev.colophon.cli.frame.Answer;
import dev.colophon.cli.frame.Frame;
import dev.colophon.cli.frame.Screen;
import dev.colophon.core.Name;
import dev.colophon.core.error.ColophonException.NotFound;
import dev.colophon.core.json.Json;
import dev.colophon.core.query.Field.Column;
import dev.colophon.core.query.RunOrder;
import dev.colophon.core.query.RunQuery;
import dev.colophon.core.query.Where;
import dev.colophon.core.run.RunLog.ProductionToken;
import dev.colophon.core.run.RunRecord;
import dev.colophon.embedded.Colophon;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "show",
    header = "Shows the branches of a project that have run, and who made its token.",
    footer = {"", "Example:", "  colophon project show flights"})
final class ProjectShowCommand implements Callable<Integer> {
  private final Frame frame;

  @Parameters(paramLabel = "NAME", description = "The project.")
  private String name = "";

  ProjectShowCommand(Frame frame) {
    this.frame = frame;
  }

  @Override
  public Integer call() {
    Name project = Name.of(name);
    try (Colophon colophon = frame.reading()) {
      RunQuery newest =
          new RunQuery(
              Where.equal(Column.PROJECT, name), RunOrder.NEWEST, RunQuery.MOST, Optional.empty());
      List<RunRecord> runs = colophon.runs().listRuns(newest).items();
      Optional<ProductionToken> token = colophon.runs().productionToken(project);
      if (runs.isEmpty() && token.isEmpty()) {
        throw none(project);
      }
      List<String> branches =
          List.copyOf(
              new TreeSet<>(runs.stream().flatMap(run -> run.place().branch().stream()).toList()));
      return frame.answer(
          Answer.of(() -> json(branches, token), screen -> write(branches, token, screen)));
    }
  }

  private static NotFound none(Name project) {
    return new NotFound(
        "project %s: no run belongs to it; a flow belongs to one by @Project(\"%s\") above its class"
            .formatted(project, project));
  }

  /**
   * The token of a project that must have one.
   *
   * @throws NotFound if it has none
   */
  static ProductionToken token(Name project, Colophon colophon) {
    return colophon
        .runs()
        .productionToken(project)
        .orElseThrow(
            () ->
                new NotFound(
                    "project %s: it has no token; its first production run makes one"
                        .formatted(project)));
  }

  private Json json(List<String> branches, Optional<ProductionToken> token) {
    Json.Builder json =
        Json.object().put("project", name).put("branches", Json.ofStrings(branches));
    token.ifPresent(
        made ->
            json.put(
                "token",
                Json.object().put("at", made.at().toString()).put("by", made.by()).build()));
    return json.build();
  }

  private void write(List<String> branches, Optional<ProductionToken> token, Screen screen) {
    screen.line(name);
    screen.cut("  branches   " + String.join("  ", branches));
    screen.line(
        "  token      "
            + token
                .map(made -> "made by %s at %s".formatted(made.by(), screen.time(made.at())))
                .orElse("none yet; the first production run makes one"));
  }
}
