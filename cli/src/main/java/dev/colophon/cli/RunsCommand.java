package dev.colophon.cli;

import dev.colophon.cli.frame.Answer;
import dev.colophon.cli.frame.Frame;
import dev.colophon.cli.frame.Screen;
import dev.colophon.cli.frame.Show;
import dev.colophon.cli.frame.Table;
import dev.colophon.core.Page;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.json.Json;
import dev.colophon.core.query.Field.Column;
import dev.colophon.core.query.RunOrder;
import dev.colophon.core.query.RunQuery;
import dev.colophon.core.query.Where;
import dev.colophon.core.run.RunJson;
import dev.colophon.core.run.RunRecord;
import dev.colophon.embedded.Colophon;
import dev.colophon.embedded.config.Setting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "runs",
    header = "Lists runs, newest first: your own, or those asked for.",
    description = {
      "",
      "A condition compares state, flow, project, branch, by, commit, number, seconds, started, ended, tag,"
          + " param.NAME and metrics with = != < <= > >= ~ (contains) or in (…), joined by and, or,"
          + " not and parentheses."
    },
    footer = {
      "",
      "Examples:",
      "  colophon runs --flow FlightDelays --state failed --since 7d",
      "  colophon runs --all --where \"auc > 0.7 and param.months = 6\" --sort auc:desc"
    })
final class RunsCommand implements Callable<Integer> {
  private final Frame frame;

  @Mixin private RunSelection selection = new RunSelection();

  @Option(
      names = "--sort",
      paramLabel = "FIELD",
      defaultValue = "started:desc",
      description =
          "A field of conditions, a metric or param.NAME, with :desc for the largest first. Default:"
              + " ${DEFAULT-VALUE}.")
  private String sort = "";

  @Option(
      names = "--artifact",
      paramLabel = "STEP",
      description =
          "Show also what this step of each run left behind, or a part of it: STEP.COMPONENT, as"
              + " \"colophon get\" takes it.")
  private Optional<String> artifact = Optional.empty();

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "At most this many runs, 1 to 1000. Default: ${DEFAULT-VALUE}.")
  private int limit;

  @Option(
      names = "--after",
      paramLabel = "RUN",
      description = "Go on after this run, the last of a page; the page says how.")
  private Optional<String> after = Optional.empty();

  RunsCommand(Frame frame) {
    this.frame = frame;
  }

  @Override
  public Integer call() {
    Where asked = selection.where(frame);
    boolean own = selection.isOwn(asked);
    Where whose = own ? asked.and(Where.equal(Column.BY, frame.world().person())) : asked;
    RunQuery query = new RunQuery(whose, order(), limit, after);
    try (Colophon colophon = frame.reading()) {
      Page<RunRecord> page = colophon.runs().listRuns(query);
      boolean others = own && page.items().isEmpty() && isThere(asked, colophon);
      Map<RunId, StepValue> values =
          artifact.map(step -> StepValue.of(page.items(), step, colophon)).orElseGet(Map::of);
      int status =
          frame.answer(
              Answer.of(
                  () -> json(page, values),
                  screen -> {
                    if (others) {
                      screen.line(ofOthers());
                    } else {
                      write(page, asked, values, screen);
                    }
                  }));
      hint(page, others);
      return status;
    }
  }

  private RunOrder order() {
    return RunOrder.parse(sort);
  }

  private boolean isThere(Where asked, Colophon colophon) {
    RunQuery anybodys = new RunQuery(asked, RunOrder.NEWEST, 1, Optional.empty());
    return after.isEmpty() && !colophon.runs().listRuns(anybodys).items().isEmpty();
  }

  /** What to type next; beside the answer, so that a pipe gets the runs alone. */
  private void hint(Page<RunRecord> page, boolean others) {
    if (frame.json()) {
      if (others) {
        frame.world().err().println(ofOthers());
      }
      return;
    }
    page.next()
        .ifPresent(
            next -> frame.world().err().println("more runs: " + frame.again("--after", next)));
  }

  private String ofOthers() {
    return "No such runs of yours (%s), but of others: %s"
        .formatted(frame.world().person(), frame.command("runs", "--all"));
  }

  private Json json(Page<RunRecord> page, Map<RunId, StepValue> values) {
    List<Json> runs = new ArrayList<>();
    for (RunRecord run : page.items()) {
      Json.Builder json = RunJson.members(run);
      Optional.ofNullable(values.get(run.id()))
          .ifPresent(value -> json.put("artifact", value.json()));
      runs.add(json.build());
    }
    return Json.object().put("runs", Json.of(runs)).putIfPresent("next", page.next()).build();
  }

  private void write(
      Page<RunRecord> page, Where asked, Map<RunId, StepValue> values, Screen screen) {
    Optional<Setting> set = selection.setProject(frame);
    if (page.items().isEmpty() && set.isPresent()) {
      screen.line(
          "No such runs of project %s, which %s sets; %s lists those of every project."
              .formatted(
                  set.get().value().asString(), set.get().from(), frame.command("runs", "--all")));
      return;
    }
    if (page.items().isEmpty()) {
      screen.line(
          selection.isEverything(asked) && after.isEmpty()
              ? "No runs yet in %s. Start one: colophon run FLOW.java".formatted(frame.home())
              : "No such runs. \"colophon runs\" lists all of yours.");
      return;
    }
    List<String> headings = new ArrayList<>(List.of("RUN", "STATE", "STARTED", ">TOOK"));
    artifact.ifPresent(headings::add);
    headings.add("PARAMETERS");
    Table table = new Table("", headings.toArray(String[]::new));
    for (RunRecord run : page.items()) {
      List<String> cells =
          new ArrayList<>(
              List.of(
                  run.id().toString(),
                  run.state().text(),
                  screen.time(run.startedAt()),
                  Show.took(took(run, frame.now()))));
      artifact.ifPresent(
          step ->
              cells.add(Optional.ofNullable(values.get(run.id())).map(StepValue::text).orElse("")));
      cells.add(about(run));
      table.add(run.state(), cells.toArray(String[]::new));
    }
    table.write(screen);
  }

  /** From its start to its end or, while it runs, to now. */
  static Duration took(RunRecord run, Instant now) {
    Duration took = Duration.between(run.startedAt(), run.endedAt().orElse(now));
    return took.isNegative() ? Duration.ZERO : took;
  }

  private static String about(RunRecord run) {
    String tags = run.tags().stream().map(tag -> "#" + tag + " ").collect(Collectors.joining());
    return tags + Show.parameters(run.parameters());
  }
}
