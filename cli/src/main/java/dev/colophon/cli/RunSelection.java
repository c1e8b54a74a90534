package dev.colophon.cli;

import dev.colophon.cli.frame.Frame;
import dev.colophon.core.Name;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.query.Field.Column;
import dev.colophon.core.query.Spans;
import dev.colophon.core.query.Value;
import dev.colophon.core.query.Where;
import dev.colophon.core.query.Where.Op;
import dev.colophon.core.query.WhereParser;
import dev.colophon.core.run.RunState;
import dev.colophon.embedded.config.Key;
import dev.colophon.embedded.config.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which runs a person means: options that a command takes as a group. */
final class RunSelection {
  @Option(names = "--flow", paramLabel = "FLOW", description = "Only runs of this flow.")
  private Optional<String> flow = Optional.empty();

  @Option(
      names = "--state",
      paramLabel = "STATE",
      description = "Only runs in this state: running, completed, failed, cancelled or lost.")
  private Optional<String> state = Optional.empty();

  @Option(
      names = "--tag",
      paramLabel = "TAG",
      description =
          "Only runs with this tag, or of this user:…, flow:…, project:…, branch:… or commit:…; may"
              + " be repeated.")
  private List<String> tags = new ArrayList<>();

  @Option(
      names = "--project",
      paramLabel = "NAME",
      description =
          "Only runs of this project; \"\" for those of any. Default: what is set, without --all.")
  private Optional<String> project = Optional.empty();

  @Option(
      names = "--branch",
      paramLabel = "NAME",
      description = "Only runs of this branch of their project, or of Git.")
  private Optional<String> branch = Optional.empty();

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description =
          "Only runs started then or later: 7d, 24h, today, 2026-11-23, 2026-11-23T15:01.")
  private Optional<String> since = Optional.empty();

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "Only runs started then or earlier; a day counts to its end.")
  private Optional<String> until = Optional.empty();

  @Option(
      names = "--where",
      paramLabel = "CONDITION",
      description =
          "Only runs that it holds for, such as \"auc > 0.7 and param.months = 6 and not tag = old\".")
  private List<String> where = new ArrayList<>();

  @Option(names = "--by", paramLabel = "NAME", description = "Only runs of this person.")
  private Optional<String> by = Optional.empty();

  @Option(names = "--all", description = "Runs of everybody. Default: your own.")
  private boolean all;

  /** The condition that the options make up, whoever started the run. */
  Where where(Frame frame) {
    Spans spans = new Spans(frame.world().zone(), frame.now());
    Where condition =
        equal(Column.FLOW, flow)
            .and(state.map(RunSelection::state).orElseGet(Where::everything))
            .and(equal(Column.PROJECT, project(frame)))
            .and(equal(Column.BRANCH, branch))
            .and(equal(Column.BY, by));
    for (String tag : tags) {
      condition = condition.and(tag.contains(":") ? Where.tagged(tag) : tagged(tag));
    }
    if (since.isPresent()) {
      condition = condition.and(started("--since", since.get(), Op.GE, spans));
    }
    if (until.isPresent()) {
      condition = condition.and(started("--until", until.get(), Op.LE, spans));
    }
    for (String part : where) {
      condition = condition.and(WhereParser.parse(part, spans));
    }
    return condition;
  }

  private Optional<String> project(Frame frame) {
    return project
        .or(() -> setProject(frame).map(setting -> setting.value().asString()))
        .filter(name -> !name.isEmpty());
  }

  /** The project that listings are bound to where nothing is said of it. */
  Optional<Setting> setProject(Frame frame) {
    return all || project.isPresent() ? Optional.empty() : frame.configuration().find(Key.PROJECT);
  }

  private static Where equal(Column column, Optional<String> value) {
    return value.map(text -> Where.equal(column, text)).orElseGet(Where::everything);
  }

  private static Where state(String text) {
    return Where.equal(Column.STATE, RunState.parse(text).text());
  }

  private static Where tagged(String tag) {
    Name name = TagName.of("--tag", tag);
    return Where.tagged(name.text());
  }

  private static Where started(String option, String text, Op op, Spans spans) {
    Value.Span span =
        spans
            .find(text)
            .orElseThrow(
                () ->
                    new Invalid(
                        "%s \"%s\": expected a time such as 7d, 24h, today, 2026-11-23 or 2026-11-23T15:01"
                            .formatted(option, text)));
    return new Where.Compare(Column.STARTED, op, span);
  }

  /** Whether only a person's own runs are meant: nothing was said of whose. */
  boolean isOwn(Where condition) {
    if (all && by.isPresent()) {
      throw new Invalid("--all and --by exclude each other; give one of them");
    }
    return !all && !condition.mentions(Column.BY);
  }

  /** Whether anything was said of which. */
  boolean isEverything(Where condition) {
    return condition.equals(Where.everything());
  }
}
